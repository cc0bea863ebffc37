import { m } from '#app/generated/messages/messages.js'
import { letterFrame } from '#app/notices/legal-bases/letter-frames.ts'
import type { LetterLocale } from '#app/notices/legal-bases/basis.ts'
import {
  bothScripts,
  counted,
  dayInWords,
  dayThere,
  fill,
  instantInWords,
  named,
} from '#app/notices/letter-template.ts'
import { linesOf, oneLine } from '#app/notices/letter-words.ts'
import { letterText, type Block, type Letter } from '#app/notices/letter.ts'
import { nameIn } from '#app/ui/language-of.ts'

interface Names {
  readonly name: string
  readonly nameOther: string | null
}

/** What the letter that covers all notices to one vendor says. */
export interface CoverFacts {
  readonly locale: LetterLocale
  /** Of the filing. */
  readonly reference: string
  readonly matterNumber: string
  readonly association: Names & { readonly address: string; readonly telephone: string | null }
  readonly vendor: Names & { readonly legalEntity: string | null }
  /** The association's own words. */
  readonly text: string
  readonly notices: readonly { readonly reference: string | null; readonly member: Names; readonly works: number }[]
  /** The file that lists them, where they are too many to be named one by one. */
  readonly schedule: { readonly file: string; readonly sha256: string } | null
  /** Null while nobody has signed: a bracketed gap. */
  readonly signatory: {
    readonly name: string
    readonly capacity: string
    readonly signedAt: string
    readonly timeZone: string
  } | null
}

/** The association's letter to one vendor: its own words, the notices it covers, who signed. */
export function composeCover(facts: CoverFacts): { readonly letter: Letter; readonly text: string } {
  const letter: Letter = { locale: facts.locale, blocks: [...head(facts), ...body(facts), ...signature(facts)] }
  return { letter, text: letterText(letter) }
}

function head({ locale, reference, matterNumber, association, vendor, signatory }: CoverFacts): Block[] {
  const { labels, addressee } = letterFrame(1, locale)
  const colon = locale === 'ja' ? '：' : ': '
  const telephone = oneLine(association.telephone ?? '')
  const entity = oneLine(vendor.legalEntity ?? '')
  const addressed = bothScripts(vendor, locale)
  const to = entity === '' ? addressed : entity
  const day = signatory && dayInWords(dayThere(signatory.signedAt, signatory.timeZone), locale)
  return [
    {
      type: 'address',
      lines: [
        [named(bothScripts(association, locale))],
        ...linesOf(association.address).map((line) => [named(line)]),
        ...(telephone === '' ? [] : [[{ text: `${labels.telephone}${colon}` }, named(telephone)]]),
      ],
    },
    {
      type: 'address',
      lines: [
        fill(addressee, { vendor: named(to, 'chosen') }),
        ...(to === addressed ? [] : [[named(addressed, 'chosen')]]),
      ],
    },
    {
      type: 'facts',
      rows: [
        ...(day === null ? [] : [{ label: labels.date, value: [{ text: day }] }]),
        { label: labels.reference, value: [{ text: reference }] },
        ...(oneLine(matterNumber) === '' ? [] : [{ label: labels.matter, value: [named(matterNumber, 'chosen')] }]),
      ],
    },
    { type: 'title', lines: [[{ text: m.collective_cover_title({}, { locale }) }]] },
  ]
}

function body({ locale, text, notices, schedule }: CoverFacts): Block[] {
  const paragraphs = text
    .split(/\n{2,}/u)
    .map((part) => linesOf(part))
    .filter((lines) => lines.length > 0)
  const own = paragraphs.map((lines): Block => ({
    type: 'paragraph',
    lines: lines.map((line) => [named(line, 'chosen')]),
  }))
  const count = counted(notices.length)
  const each: Block = { type: 'paragraph', lines: [[{ text: m.collective_cover_each({}, { locale }) }]] }
  if (schedule !== null) {
    const listed = m.collective_cover_schedule({ count, ...schedule }, { locale })
    return [...own, { type: 'paragraph', lines: [[{ text: listed }]] }, each]
  }
  const items = notices.map(({ reference, member, works }) => [
    { text: `${reference ?? m.collective_cover_no_reference({}, { locale })}${locale === 'ja' ? '　' : ' '}` },
    named(nameIn(locale, member.name, member.nameOther), 'chosen'),
    { text: m.collective_cover_works({ count: counted(works), n: works }, { locale }) },
  ])
  return [
    ...own,
    { type: 'paragraph', lines: [[{ text: m.collective_cover_notices({ count, n: notices.length }, { locale }) }]] },
    { type: 'list', ordered: true, items },
    each,
  ]
}

function signature({ locale, association, signatory }: CoverFacts): Block[] {
  const { notSigned, signedAt } = letterFrame(1, locale)
  if (signatory === null) return [{ type: 'signature', lines: [[{ text: notSigned }]] }]
  const at = { text: instantInWords(signatory.signedAt, signatory.timeZone, locale) }
  return [
    {
      type: 'signature',
      lines: [
        [named(signatory.name, 'chosen')],
        [named(signatory.capacity, 'chosen')],
        [named(bothScripts(association, locale))],
        fill(signedAt, { signedAt: at }),
      ],
    },
  ]
}
