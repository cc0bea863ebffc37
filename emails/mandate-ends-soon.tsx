import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'
import { Layout } from './layout.tsx'
import { aboutMandate, allowed, mandateFacts, sidesOf, type MandateFacts } from './mandate-facts.ts'

/** What this mail needs to know. */
export const facts = mandateFacts

/** The subject line. */
export const subject = (given: MandateFacts): string =>
  m.mandates_mail_ends_soon_subject({ other: sidesOf(given).other })

/** The body, for both parts. */
export function content(given: MandateFacts): Content {
  return aboutMandate(given, {
    title: subject(given),
    said: [m.mandates_mail_ends_soon_text(sidesOf(given)), allowed(given), m.mandates_mail_ends_soon_next()],
    act: m.mandates_mail_act_open(),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
