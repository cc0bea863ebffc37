import type { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { formatDayInFull, formatNumber, sentenceGap } from '#app/ui/format.ts'
import type { Attachment, Block, Content, Line } from './blocks.ts'
import { cityHere, instantInZones } from './dates.ts'
import { Layout } from './layout.tsx'
import { servedFacts } from './served-facts.ts'
import { checkByHand, howVerified, whoAsksWhat, withReference, worksOf } from './wording.ts'

/** What the notice itself needs to know. */
export const facts = servedFacts
type Facts = z.infer<typeof facts>

const subjects = {
  exclusion: m.mails_notice_served_subject_exclusion,
  cease_and_desist: m.mails_notice_served_subject_cease_and_desist,
  takedown: m.mails_notice_served_subject_takedown,
} as const satisfies Record<Facts['kind'], unknown>

/** The subject line. */
export const subject = ({ kind, holder, works, reference }: Facts): string =>
  withReference(subjects[kind]({ holder: holder.name, works: worksOf(works) }), reference)

function answers({ url, replyTo, byLink }: Facts): Block[] {
  const answering = replyTo === null ? m.mails_you_may_reply_here() : m.mails_you_may_reply({ address: replyTo })
  const reply = { kind: 'line', quiet: true, line: [answering] } as const
  if (!byLink) return [{ kind: 'act', label: m.mails_open_notice(), href: url, note: m.mails_act_note_member() }, reply]
  return [
    { kind: 'act', label: m.mails_we_received_this(), href: url, note: m.mails_act_note() },
    {
      kind: 'links',
      links: [
        { lead: m.mails_not_the_right_person(), label: m.mails_forward(), href: `${url}#forward` },
        { label: m.mails_already_answered(), href: `${url}#answered` },
        { label: m.mails_not_our_service(), href: `${url}#not-ours` },
      ],
    },
    reply,
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

function theWorks({ samples, works: total, worksUrl }: Facts): Block[] {
  const titles = samples.map(({ title, lang, year }): Line => [
    lang === null ? title : { text: title, lang },
    year === null ? '' : getLocale() === 'ja' ? `（${year}年）` : ` (${year})`,
  ])
  const more = total - samples.length
  const csv = { text: m.mails_all_works_csv({ works: worksOf(total) }), href: worksUrl }
  const rest: Line = more > 0 ? [m.mails_and_more({ count: formatNumber(more) }), csv] : [csv]
  return [
    { kind: 'section', title: m.mails_the_works() },
    { kind: 'bullets', items: [...titles, rest] },
  ]
}

function whoAsks({ holder, signedBy }: Facts): Block[] {
  const place = holder.place === null ? holder.name : m.mails_name_in_place({ name: holder.name, place: holder.place })
  return [
    { kind: 'section', title: m.mails_who_asks() },
    { kind: 'line', line: [m.mails_who_asks_text({ holder: place, ...signedBy })] },
    { kind: 'line', line: [howVerified(holder)] },
  ]
}

/** The body, for both parts: whoever reads the text alone has read the whole notice. */
export function content(given: Facts): Content {
  const { reference, vendor, measures, letters, issuedAt, zones } = given
  const [letter] = letters
  const hashes = letters.map((each): Line => [
    m.mails_letter_hash({ file: letterName(reference, each.locale) }),
    { text: each.sha256, mono: true },
  ])
  return {
    kicker: m.mails_kicker_notice(),
    reference,
    title: whoAsksWhat(given),
    preview: m.mails_due_acknowledge({ on: formatDayInFull(given.acknowledgeBy) }),
    blocks: [
      { kind: 'line', line: [m.mails_to_the_person_responsible({ vendor: vendor.name })] },
      due(given),
      ...answers(given),
      { kind: 'section', title: m.mails_what_is_asked() },
      { kind: 'numbered', items: measures },
      { kind: 'line', line: [m.mails_each_measure()] },
      ...theWorks(given),
      ...whoAsks(given),
      { kind: 'section', title: m.mails_the_letter() },
      { kind: 'letter', lang: letter.locale, paragraphs: letter.text.split(/\n{2,}/u).map((each) => each.trim()) },
    ],
    foot: [
      ...checkByHand(given).slice(0, 1),
      ...hashes,
      [m.mails_issued({ at: instantInZones(issuedAt, zones) })],
      otherLanguage(given),
    ],
  }
}

/** A line in the other language, for the reader who shares the mailbox. */
function otherLanguage({ letters }: Facts): Line {
  if (letters.length < 2) return []
  const other = getLocale() === 'ja' ? 'en' : 'ja'
  return [{ text: m.mails_letter_in_this_language({}, { locale: other }), lang: other }]
}

function letterName(reference: string, locale: 'en' | 'ja'): string {
  return `${reference}-letter-${locale}.txt`
}

/** The letter in each of its languages, byte for byte the text that was hashed. */
export function attachments({ reference, letters }: Facts): Attachment[] {
  return letters.map(({ locale, text }) => ({ filename: letterName(reference, locale), text }))
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
