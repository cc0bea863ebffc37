import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import type { Content } from './blocks.ts'
import { actFacts, address } from './facts.ts'
import { Layout } from './layout.tsx'
import { actRows, withReference, worksOf } from './wording.ts'

/** What the mail that tells an association of a member's answer needs to know. */
export const facts = z.object({
  filing: z.string(),
  member: z.string(),
  answer: z.enum(['changed', 'stepped_out']),
  works: z.int().nonnegative(),
  reason: z.string(),
  url: address,
  act: actFacts,
})
type Facts = z.infer<typeof facts>

const titles = {
  changed: m.collective_mail_changed,
  stepped_out: m.collective_mail_stepped_out,
} as const satisfies Record<Facts['answer'], unknown>

/** The subject line. */
export const subject = ({ answer, member, filing }: Facts): string => withReference(titles[answer]({ member }), filing)

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { filing, member, answer, works, reason, url, act } = given
  const title = titles[answer]({ member })
  return {
    kicker: m.collective_mail_kicker(),
    reference: filing,
    title,
    preview: title,
    blocks: [
      {
        kind: 'facts',
        rows: [
          ...(answer === 'changed' ? [{ label: m.approvals_works(), line: [worksOf(works)] }] : []),
          ...(reason === '' ? [] : [{ label: m.collective_reason(), line: [reason] }]),
          ...actRows(act),
        ],
      },
      { kind: 'act', label: m.collective_mail_open(), href: url },
    ],
    foot: [[m.mails_account_check({ host: new URL(url).host })]],
  }
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
