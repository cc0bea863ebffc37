import { m } from '#app/generated/messages/messages.js'
import { account } from './account.ts'
import type { Content } from './blocks.ts'
import { closingFacts, closingWords, type ClosingFacts } from './closing-facts.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. */
export const facts = closingFacts

/** The subject line. */
export const subject = (given: ClosingFacts): string => m.closing_mail_asked_subject(closingWords(given))

/** The body, for both parts. */
export function content(given: ClosingFacts): Content {
  const said = closingWords(given)
  return account({
    name: given.name,
    url: given.url,
    title: subject(given),
    preview: m.closing_mail_asked_text(said),
    text: [m.closing_mail_asked_text(said), m.closing_mail_until()],
    act: m.closing_mail_act(),
    note: m.closing_mail_note(),
    foot: m.closing_mail_foot(said),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
