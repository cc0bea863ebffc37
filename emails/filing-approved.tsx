import type { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'
import { instantInZones } from './dates.ts'
import { instant } from './facts.ts'
import { filingFacts, filingMail, noticesOf } from './filing-facts.ts'
import { Layout } from './layout.tsx'
import { withReference } from './wording.ts'

/** What this mail needs to know. */
export const facts = filingFacts.extend({ sendAt: instant })
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = (given: Facts): string =>
  withReference(m.approvals_mail_approved_subject({ notices: noticesOf(given) }), given.filing)

/** The body, for both parts. */
export function content(given: Facts): Content {
  return filingMail(given, {
    title: m.approvals_mail_approved_title({ notices: noticesOf(given) }),
    preview: m.approvals_mail_approved_text({
      name: given.act.by ?? given.holder,
      at: instantInZones(given.sendAt, given.act.zones),
    }),
    blocks: [],
    act: m.approvals_mail_open(),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
