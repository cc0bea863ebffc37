import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'
import type { Block, Content, Line } from './blocks.ts'
import { instantInZones } from './dates.ts'
import { address, instant } from './facts.ts'
import { withReference, worksOf } from './wording.ts'

/** What a notice in a gathered mail is about, in the order in which a mail says it. */
const abouts = [
  'unresponsive',
  'acknowledge_overdue',
  'decision_very_overdue',
  'decision_overdue',
  'acknowledge_soon',
  'decide_soon',
  'notice-sent',
  'notice-delivered',
  'review-started',
] as const
type About = (typeof abouts)[number]

/** What a mail that gathers notices needs to know. */
export const gatheredFacts = z.object({
  vendor: z.string(),
  lines: z
    .array(
      z.object({
        reference: z.string(),
        kind: z.enum(['exclusion', 'cease_and_desist', 'takedown']),
        works: z.int().nonnegative(),
        about: z.enum(abouts),
        dueAt: instant.nullable(),
        /** The reader's zone first. */
        zones: z.array(z.string()).min(1).max(2),
        /** The other side. */
        party: z.string(),
        url: address,
      }),
    )
    .min(1),
  /** With those that are not told one by one. */
  total: z.int().positive(),
  /** The reader's list of all notices. */
  url: address,
  signedIn: z.boolean(),
  unsubscribeUrl: address.optional(),
})

/** The same as a type. */
export type GatheredFacts = z.infer<typeof gatheredFacts>
type GatheredLine = GatheredFacts['lines'][number]

const sections = {
  unresponsive: m.clocks_mail_unresponsive,
  acknowledge_overdue: m.clocks_mail_acknowledge_overdue,
  decision_very_overdue: m.clocks_mail_decision_very_overdue,
  decision_overdue: m.clocks_mail_decision_overdue,
  acknowledge_soon: m.clocks_mail_acknowledge_soon,
  decide_soon: m.clocks_mail_decide_soon,
  'notice-sent': m.notices_stage_sent,
  'notice-delivered': m.notices_stage_delivered,
  'review-started': m.notices_stage_in_review,
} as const satisfies Record<About, unknown>

const kinds = {
  exclusion: m.notices_kind_exclusion,
  cease_and_desist: m.notices_kind_cease_and_desist,
  takedown: m.notices_kind_takedown,
} as const satisfies Record<GatheredLine['kind'], unknown>

/** One notice is named in the subject; of several it says how many. */
export function gatheredSubject({ lines, total }: GatheredFacts, many: string): string {
  const [first] = lines
  if (total !== 1 || !first) return many
  return withReference(m.clocks_mail_one({ what: sections[first.about](), party: first.party }), first.reference)
}

/** The line that says how to check what the mail says. */
export function checkEach({ url }: GatheredFacts): Line {
  return [m.clocks_mail_check({ address: `${new URL(url).host}/verify` })]
}

/** The line that ends a digest; the page behind it asks once more. */
export function unsubscribeLine({ unsubscribeUrl }: GatheredFacts): Line {
  return unsubscribeUrl === undefined ? [] : [{ text: m.clocks_mail_unsubscribe(), href: unsubscribeUrl }]
}

/** The frame of a mail that gathers notices: each under what is to be said of it, with its own link. */
export function gathered(
  facts: GatheredFacts,
  { kicker, title, lead, foot }: { kicker: string; title: string; lead: string; foot: readonly Line[] },
): Content {
  const { lines, total, url, signedIn } = facts
  const [first] = lines
  const rest = total - lines.length
  return {
    kicker,
    ...(total === 1 && first ? { reference: first.reference } : {}),
    title,
    preview: lead,
    blocks: [
      { kind: 'line', line: [lead] },
      ...abouts.flatMap((about) => sectionOf(about, lines)),
      ...(rest > 0
        ? [{ kind: 'line', line: [m.clocks_mail_more({ n: rest, count: formatNumber(rest) })] } as const]
        : []),
      ...(total === 1 && first ? [{ kind: 'act', label: m.mails_open_notice(), href: first.url } as const] : []),
      ...(total > 1 && signedIn ? [{ kind: 'act', label: m.clocks_mail_open_all(), href: url } as const] : []),
    ],
    foot,
  }
}

function sectionOf(about: About, lines: readonly GatheredLine[]): readonly Block[] {
  const some = lines.filter((line) => line.about === about)
  if (some.length === 0) return []
  return [
    { kind: 'section', title: sections[about]() },
    { kind: 'bullets', items: some.map((line) => lineOf(line)) },
  ]
}

function lineOf({ reference, kind, party, works, dueAt, zones, url }: GatheredLine): Line {
  const said = m.clocks_mail_line({ kind: kinds[kind](), party, works: worksOf(works) })
  const due = dueAt === null ? [] : [sentenceGap(), m.clocks_mail_line_due({ date: instantInZones(dueAt, zones) })]
  return [{ text: reference, href: url }, ' ', said, ...due]
}
