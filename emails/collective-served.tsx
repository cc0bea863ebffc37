import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatDayInFull, formatNumber, sentenceGap } from '#app/ui/format.ts'
import type { Attachment, Block, Content, Line } from './blocks.ts'
import { cityHere, instantInZones } from './dates.ts'
import { address, day, instant, locale } from './facts.ts'
import { Layout } from './layout.tsx'
import { withReference, worksOf } from './wording.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** What the one mail that serves all notices of a collective filing to a vendor needs to know. */
export const facts = z.object({
  filing: z.string(),
  kind: z.enum(['exclusion', 'cease_and_desist']),
  association: z.string(),
  vendor: z.string(),
  measures: z.array(z.object({ title: z.string(), text: z.string() })).min(1),
  /** True for the contact, who answers without an account. */
  byLink: z.boolean(),
  /** The list of all its notices, for this reader. */
  url: address,
  notices: z
    .array(
      z.object({
        reference: z.string(),
        holder: z.string(),
        works: z.int().nonnegative(),
        /** Checks the notice by hand. */
        code: z.string(),
        url: address,
        worksUrl: address,
        /** Of the member's letter. */
        sha256: hash,
      }),
    )
    .min(1),
  cover: z.object({ locale, text: z.string(), sha256: hash }),
  /** The list of the notices as a file, where they are too many for the mail itself. */
  schedule: z.object({ name: z.string(), text: z.string() }).nullable(),
  /** The members' letters, in the order of the notices. */
  annexes: z.array(z.string()),
  signedBy: z.object({ name: z.string(), capacity: z.string() }),
  acknowledgeDays: z.int().positive(),
  decideDays: z.int().positive(),
  /** Counted as if the mail arrived when it was written. */
  acknowledgeBy: day,
  decideBy: day,
  vendorZone: z.string(),
  verifyAddress: z.string(),
  issuedAt: instant,
  zones: z.array(z.string()).min(1).max(2),
  replyTo: z.string(),
})
type Facts = z.infer<typeof facts>

const subjects = {
  exclusion: m.collective_mail_served_subject_exclusion,
  cease_and_desist: m.collective_mail_served_subject_cease_and_desist,
} as const satisfies Record<Facts['kind'], unknown>

/** The subject line. */
export const subject = ({ kind, association, notices, filing }: Facts): string =>
  withReference(subjects[kind]({ association, notices: noticesOf(notices.length) }), filing)

function noticesOf(count: number): string {
  return m.approvals_mail_notices({ count: formatNumber(count), n: count })
}

/** The body, for both parts: every notice with its own reference, link and works, then the letter that covers them. */
export function content(given: Facts): Content {
  const { filing, association, vendor, measures, notices, cover, url, issuedAt, zones, replyTo } = given
  const count = noticesOf(notices.length)
  return {
    kicker: m.collective_mail_served_kicker(),
    reference: filing,
    title: m.collective_mail_served_title({ association, vendor, notices: count }),
    preview: m.mails_due_acknowledge({ on: formatDayInFull(given.acknowledgeBy) }),
    blocks: [
      { kind: 'line', line: [m.collective_mail_served_lead({ vendor })] },
      due(given),
      {
        kind: 'act',
        label: m.collective_mail_served_open({ notices: count }),
        href: url,
        note: given.byLink ? m.mails_act_note() : m.mails_act_note_member(),
      },
      { kind: 'line', quiet: true, line: [m.collective_mail_served_reply({ address: replyTo })] },
      { kind: 'section', title: m.mails_what_is_asked() },
      { kind: 'numbered', items: measures },
      { kind: 'line', line: [m.mails_each_measure()] },
      { kind: 'section', title: m.collective_mail_served_notices() },
      given.schedule === null
        ? { kind: 'bullets', items: notices.map((notice) => lineOf(notice)) }
        : {
            kind: 'line',
            line: [
              m.collective_mail_served_schedule({ count: formatNumber(notices.length), file: given.schedule.name }),
            ],
          },
      { kind: 'section', title: m.collective_mail_served_letter() },
      { kind: 'letter', lang: cover.locale, paragraphs: cover.text.split(/\n{2,}/u).map((each) => each.trim()) },
    ],
    foot: [
      [m.collective_mail_served_check({ address: given.verifyAddress })],
      [m.mails_letter_hash({ file: coverName(given) }), { text: cover.sha256, mono: true }],
      [m.collective_mail_served_annexes({ file: annexesName(given) })],
      [m.mails_issued({ at: instantInZones(issuedAt, zones) })],
    ],
  }
}

function lineOf({ reference, holder, works, url, worksUrl, code }: Facts['notices'][number]): Line {
  return [
    { text: reference, href: url },
    ` ${m.collective_mail_served_line({ holder, code })} `,
    { text: worksOf(works), href: worksUrl },
  ]
}

function due({ acknowledgeBy, decideBy, acknowledgeDays, decideDays, vendorZone }: Facts): Block {
  const rest = m.mails_due_rest({
    on: formatDayInFull(decideBy),
    city: cityHere(vendorZone),
    acknowledgeDays: formatNumber(acknowledgeDays),
    decideDays: formatNumber(decideDays),
  })
  return {
    kind: 'due',
    line: [
      { text: m.mails_due_acknowledge({ on: formatDayInFull(acknowledgeBy) }), strong: true },
      sentenceGap(),
      rest,
    ],
  }
}

function coverName({ filing, cover }: Facts): string {
  return `${filing}-letter-${cover.locale}.txt`
}

function annexesName({ filing, cover }: Facts): string {
  return `${filing}-annexes-${cover.locale}.txt`
}

/** The letter byte for byte as it was hashed, and the members' letters one after another, each under its hash. */
export function attachments(given: Facts): Attachment[] {
  const { cover, notices, annexes, schedule } = given
  const all = notices.map(({ reference, sha256 }, index) => `${reference} SHA-256 ${sha256}\n\n${annexes[index] ?? ''}`)
  return [
    { filename: coverName(given), text: cover.text },
    ...(schedule === null ? [] : [{ filename: schedule.name, text: schedule.text }]),
    { filename: annexesName(given), text: all.join(`\n${'-'.repeat(72)}\n\n`) },
  ]
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
