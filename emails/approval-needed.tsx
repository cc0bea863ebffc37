import type { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'
import { filingFacts, filingMail, noticesOf } from './filing-facts.ts'
import { Layout } from './layout.tsx'
import { withReference } from './wording.ts'

/** What this mail needs to know. */
export const facts = filingFacts
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = (given: Facts): string =>
  withReference(m.approvals_mail_needed_subject({ notices: noticesOf(given), holder: given.holder }), given.filing)

/** The body, for both parts. */
export function content(given: Facts): Content {
  return filingMail(given, {
    title: m.approvals_mail_needed_title({ notices: noticesOf(given) }),
    preview: m.approvals_mail_needed_text({ name: given.act.by ?? given.holder }),
    blocks: [],
    act: m.approvals_mail_needed_act(),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
