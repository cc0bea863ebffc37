import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { formatNumber } from '#app/ui/format.ts'
import type { Content, Line } from './blocks.ts'
import { address } from './facts.ts'
import { Layout } from './layout.tsx'
import { withReference } from './wording.ts'

/** What the mail that tells an association of answers to its collective filing needs to know. */
export const facts = z.object({
  filing: z.string(),
  lines: z
    .array(
      z.object({
        vendor: z.string(),
        answer: z.enum(['acknowledged', 'decided']),
        notices: z.int().positive(),
        /** The first of the members whose notices these are. */
        members: z.array(z.string()),
        url: address,
      }),
    )
    .min(1),
  url: address,
})
type Facts = z.infer<typeof facts>

const answers = {
  acknowledged: m.collective_mail_acknowledged,
  decided: m.collective_mail_decided,
} as const satisfies Record<Facts['lines'][number]['answer'], unknown>

/** The subject line. */
export function subject({ lines, filing }: Facts): string {
  const [first] = lines
  return withReference(lines.length === 1 && first ? said(first) : m.collective_mail_answers(), filing)
}

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { filing, lines, url } = given
  const title = lines.length === 1 && lines[0] ? said(lines[0]) : m.collective_mail_answers()
  return {
    kicker: m.collective_mail_kicker(),
    reference: filing,
    title,
    preview: title,
    blocks: [
      { kind: 'bullets', items: lines.map((line) => lineOf(line)) },
      { kind: 'act', label: m.collective_mail_open(), href: url },
    ],
    foot: [[m.mails_account_check({ host: new URL(url).host })]],
  }
}

function lineOf(line: Facts['lines'][number]): Line {
  const { members, notices, url } = line
  const listed = members.join(m.filing_list_comma())
  const more = notices - members.length
  const named = more > 0 ? m.approvals_vendors_more({ vendors: listed, count: formatNumber(more) }) : listed
  return [{ text: said(line), href: url }, getLocale() === 'ja' ? `（${named}）` : ` (${named})`]
}

function said({ vendor, answer, notices }: Facts['lines'][number]): string {
  return answers[answer]({ vendor, n: notices, count: formatNumber(notices) })
}

/** The HTML part, of what `content` says. */
export default function Mail(words: Content) {
  return <Layout {...words} />
}
