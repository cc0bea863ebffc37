import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import type { Content, Line } from './blocks.ts'
import { address } from './facts.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. */
export const facts = z.object({
  lines: z
    .array(
      z.object({
        vendor: z.string(),
        /** Members that wait for it, and their notices. */
        members: z.int().positive(),
        notices: z.int().positive(),
        /** Whole days since the oldest was served. */
        days: z.int().nonnegative(),
        url: address,
      }),
    )
    .min(1),
  /** Vendors in all, of which the first are told. */
  total: z.int().positive(),
  url: address,
  unsubscribeUrl: address,
})
type Facts = z.infer<typeof facts>

/** The subject line. */
export function subject({ lines, total }: Facts): string {
  const [first] = lines
  return total === 1 && first ? waiting(first) : m.reports_week_title({ n: total, count: formatNumber(total) })
}

/** The body, for both parts. */
export function content(given: Facts): Content {
  const { lines, total, url, unsubscribeUrl } = given
  const rest = total - lines.length
  return {
    kicker: m.reports_week_kicker(),
    title: subject(given),
    preview: m.reports_week_lead(),
    blocks: [
      { kind: 'line', line: [m.reports_week_lead()] },
      { kind: 'bullets', items: lines.map((line) => lineOf(line)) },
      ...(rest > 0
        ? [{ kind: 'line', line: [m.reports_week_more({ n: rest, count: formatNumber(rest) })] } as const]
        : []),
      { kind: 'act', label: m.reports_week_open(), href: url },
    ],
    foot: [[{ text: m.clocks_mail_unsubscribe(), href: unsubscribeUrl }]],
  }
}

function lineOf(line: Facts['lines'][number]): Line {
  return [
    { text: waiting(line), href: line.url },
    ' ',
    m.reports_week_notices({ n: line.notices, count: formatNumber(line.notices) }),
  ]
}

function waiting({ vendor, members, days }: Facts['lines'][number]): string {
  return m.reports_week_line({
    n: members,
    members: formatNumber(members),
    vendor,
    d: days,
    days: formatNumber(days),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
