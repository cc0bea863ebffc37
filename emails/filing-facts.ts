import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import type { Block, Content } from './blocks.ts'
import { actFacts, address } from './facts.ts'
import { actRows, worksOf } from './wording.ts'

/** What every mail about a whole filing says, to people of the organisation that files. */
export const filingFacts = z.object({
  filing: z.string(),
  kind: z.enum(['exclusion', 'cease_and_desist', 'takedown']),
  holder: z.string(),
  /** The first of them. */
  vendors: z.array(z.string()),
  notices: z.int().nonnegative(),
  works: z.int().nonnegative(),
  url: address,
  act: actFacts,
})
type Facts = z.infer<typeof filingFacts>

/** `3 notices`, 3通. */
export function noticesOf({ notices }: Facts): string {
  return m.approvals_mail_notices({ count: formatNumber(notices), n: notices })
}

/** The frame of a mail about a filing: what happened, what it is, one button. */
export function filingMail(
  facts: Facts,
  { title, preview, blocks, act }: { title: string; preview: string; blocks: readonly Block[]; act: string },
): Content {
  const { filing, vendors, notices, works, url } = facts
  const more = notices - vendors.length
  const named = vendors.join(m.filing_list_comma())
  return {
    kicker: m.approvals_mail_kicker(),
    reference: filing,
    title,
    preview,
    blocks: [
      { kind: 'line', line: [preview] },
      ...blocks,
      {
        kind: 'facts',
        rows: [
          {
            label: m.approvals_vendors(),
            line: [more > 0 ? m.approvals_vendors_more({ vendors: named, count: formatNumber(more) }) : named],
          },
          { label: m.approvals_works(), line: [worksOf(works)] },
          ...actRows(facts.act),
        ],
      },
      { kind: 'act', label: act, href: url },
    ],
    foot: [[m.mails_account_check({ host: new URL(url).host })]],
  }
}
