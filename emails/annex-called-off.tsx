import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { nameIn } from '#app/ui/language-of.ts'
import type { Content } from './blocks.ts'
import { address } from './facts.ts'
import { Layout } from './layout.tsx'
import { withReference, worksOf } from './wording.ts'

const names = z.object({ name: z.string(), nameOther: z.string().nullable() })

/** What the mail that tells a member of a collective filing that was called off needs to know. */
export const facts = z.object({
  name: z.string(),
  filing: z.string(),
  association: names,
  member: names,
  works: z.int().nonnegative(),
  reason: z.string(),
  /** Some of the member's notices were on their way before. */
  partly: z.boolean(),
  url: address,
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export const subject = ({ association, filing }: Facts): string =>
  withReference(m.collective_mail_called_off_subject({ association: named(association) }), filing)

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { name, filing, association, member, works, reason, partly, url } = given
  const title = m.collective_mail_called_off_title({ association: named(association), member: named(member) })
  return {
    kicker: m.collective_mail_kicker(),
    reference: filing,
    title,
    preview: title,
    blocks: [
      { kind: 'line', line: [m.mails_hello({ name })] },
      { kind: 'line', line: [partly ? m.collective_mail_called_off_partly() : m.collective_mail_called_off_text()] },
      {
        kind: 'facts',
        rows: [
          { label: m.approvals_works(), line: [worksOf(works)] },
          ...(reason === '' ? [] : [{ label: m.collective_reason(), line: [reason] }]),
        ],
      },
      { kind: 'act', label: m.collective_mail_called_off_act(), href: url },
    ],
    foot: [[m.mails_account_check({ host: new URL(url).host })]],
  }
}

function named({ name, nameOther }: Facts['association']): string {
  return nameIn(getLocale() === 'ja' ? 'ja' : 'en', name, nameOther)
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
