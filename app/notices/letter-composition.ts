import type { Frame } from './legal-bases/letter-frame.ts'
import { letterFrame } from './legal-bases/letter-frames.ts'
import type { Pack, StatementId } from './legal-bases/basis.ts'
import { packOf } from './legal-bases/packs.ts'
import type { LetterFacts, LetterWork, LetterWorks } from './letter-facts.ts'
import { evidenceSection } from './letter-evidence.ts'
import { basisSection, complaintSection, ownWords, paragraph, sentences } from './letter-sections.ts'
import {
  bothScripts,
  chosen,
  counted,
  dayInWords,
  dayThere,
  fill,
  instantInWords,
  named,
  oneScript,
  workingDays,
} from './letter-template.ts'
import { linesOf, oneLine } from './letter-words.ts'
import type { Block, Letter, Run } from './letter.ts'

const shownWorks = 5

/** The letter to one vendor. Unfinished facts leave a bracketed gap, never a wrong word. */
export function composeLetter(facts: LetterFacts): Letter {
  const packs = facts.bases.map((basis) => packOf(basis))
  const frame = letterFrame(Math.max(1, ...packs.map((pack) => pack.frame)), facts.locale)
  return {
    locale: facts.locale,
    blocks: [
      ...head(facts, frame),
      ...opening(facts, frame),
      ...complaintSection(facts, frame),
      ...packs.flatMap((pack) => basisSection(pack, facts, frame)),
      ...evidenceSection(facts),
      ...demands(facts, frame),
      ...ownWords(facts.paragraph),
      ...packs.flatMap((pack) => pack.words[facts.locale].closing.map((sentence) => paragraph([{ text: sentence }]))),
      ...ending(facts, frame, packs),
    ],
  }
}

/** The statements of some packs, each once, in the order in which they are signed. */
export function statementsOf(packs: readonly Pack[]): Pack['statements'] {
  const seen = new Map(packs.flatMap((pack) => pack.statements).map((statement) => [statement.id, statement]))
  return [...seen.values()]
}

/** A statement in the words of the letter, as the signatory reads it before ticking it. */
export function statementText(
  packs: readonly Pack[],
  id: StatementId,
  facts: Pick<LetterFacts, 'locale' | 'holder'>,
): string {
  const found = statementsOf(packs).find((statement) => statement.id === id)
  if (!found) throw new Error(`no basis asks for the statement ${id}`)
  return fill(found[facts.locale], { holder: named(oneScript(facts.holder, facts.locale)) })
    .map(({ text }) => text)
    .join('')
}

function head(facts: LetterFacts, { labels, addressee, title, complaint }: Frame): Block[] {
  const { holder, vendor, locale, matterNumber, signatory } = facts
  const colon = locale === 'ja' ? '：' : ': '
  const labelled = (label: string, text: string): Run[][] =>
    oneLine(text) === '' ? [] : [[{ text: `${label}${colon}` }, named(text)]]
  const addressed = bothScripts(vendor, locale)
  const entity = oneLine(vendor.legalEntity ?? '')
  const day = signatory ? dayInWords(dayThere(signatory.signedAt, signatory.timeZone), locale) : null
  return [
    {
      type: 'address',
      lines: [
        [named(bothScripts(holder, locale))],
        ...linesOf(holder.address).map((line) => [named(line)]),
        ...labelled(labels.telephone, holder.telephone ?? ''),
        ...(complaint ? labelled(complaint.email, facts.particulars.contactEmail) : []),
      ],
    },
    {
      type: 'address',
      lines: [
        fill(addressee, { vendor: named(entity === '' || entity === addressed ? addressed : entity, 'chosen') }),
        ...(entity === '' || entity === addressed ? [] : [[named(addressed, 'chosen')]]),
      ],
    },
    {
      type: 'facts',
      rows: [
        ...(day === null ? [] : [{ label: labels.date, value: [{ text: day }] }]),
        { label: labels.reference, value: [{ text: facts.reference ?? labels.noReference }] },
        ...(oneLine(matterNumber) === '' ? [] : [{ label: labels.matter, value: [named(matterNumber, 'chosen')] }]),
      ],
    },
    { type: 'title', lines: [[{ text: title[facts.kind] }]] },
  ]
}

function opening(facts: LetterFacts, frame: Frame): Block[] {
  const { works, locale, stance, kind } = facts
  const holder = named(oneScript(facts.holder, locale))
  const sentence =
    works === null
      ? fill(frame.opening.none, { holder })
      : fill(works.whole ? frame.opening.all : frame.opening.listed, { holder, ...worksWords(works, frame) })
  return [
    ...(frame.salutation === null ? [] : [paragraph([{ text: frame.salutation }])]),
    paragraph(sentence),
    ...(works === null ? [] : examples(works, frame, locale)),
    ...(stance === null ? [] : [paragraph([chosen(frame.stance[kind][stance])])]),
    ...(facts.priorPermission ? [paragraph([chosen(frame.priorPermission)])] : []),
  ]
}

function worksWords(works: LetterWorks, frame: Frame): { works: Run; catalogue: Run; version: Run } {
  return {
    works: chosen(worksCount(works.count, frame)),
    catalogue: named(works.catalogue, 'chosen'),
    version: chosen(String(works.version)),
  }
}

function worksCount(count: number, frame: Frame): string {
  return (count === 1 ? frame.works.one : frame.works.other).replace('{count}', counted(count))
}

function examples({ examples: given, count }: LetterWorks, frame: Frame, locale: LetterFacts['locale']): Block[] {
  const shown = given.slice(0, shownWorks)
  if (shown.length === 0) return []
  const more = count - shown.length
  const words = frame.examples
  return [
    paragraph([{ text: more > 0 ? words.some : words.complete }]),
    {
      type: 'list',
      ordered: false,
      items: [
        ...shown.map((work) => [named(workInWords(work, locale), 'chosen')]),
        ...(more > 0 ? [fill(words.more, { more: { text: counted(more) } })] : []),
      ],
    },
  ]
}

function workInWords({ title, year }: LetterWork, locale: LetterFacts['locale']): string {
  if (year === null) return title
  return locale === 'ja' ? `${title}（${year}年）` : `${title} (${year})`
}

function demands(facts: LetterFacts, frame: Frame): Block[] {
  const { locale, measures, stance, kind } = facts
  const items = measures.map(({ measure, detail }) => {
    const { plain, detailed } = frame.measures[measure]
    // The sentence of the letter ends it, whatever the words ended with.
    const words = oneLine(detail).replace(/(?<![.;。．；\s])[.;。．；\s]+$/u, '')
    const text = words === '' ? plain : detailed.replace('{detail}', () => words)
    return [chosen(text)]
  })
  const intro = stance === 'demand' || kind !== 'exclusion' ? frame.demand : frame.ask
  const days = {
    acknowledge: { text: workingDays(facts.acknowledgeDays, locale) },
    decide: chosen(workingDays(facts.decideDays, locale)),
  }
  return [
    paragraph([{ text: items.length === 0 ? frame.noMeasures : intro }]),
    ...(items.length === 0 ? [] : [sentences(items, true)]),
    ...(facts.deadlineOn === null
      ? []
      : [paragraph(fill(frame.ownDeadline, { deadline: chosen(dayInWords(facts.deadlineOn, locale)) }))]),
    paragraph([...fill(frame.deadlines, days), { text: locale === 'ja' ? '' : ' ' }, { text: frame.eachWork }]),
    paragraph([{ text: frame.howToAnswer }]),
  ]
}

function ending(facts: LetterFacts, frame: Frame, packs: readonly Pack[]): Block[] {
  const { signatory, locale, works } = facts
  const holder = named(oneScript(facts.holder, locale))
  const stated = statementsOf(packs).filter(({ id }) => facts.statements.includes(id))
  const signature: Run[][] =
    signatory === null
      ? [[{ text: frame.notSigned }]]
      : [
          [named(signatory.name, 'chosen')],
          [named(signatory.capacity, 'chosen')],
          fill(frame.signedFor, { holder }),
          fill(frame.signedAt, { signedAt: { text: instantInWords(signatory.signedAt, signatory.timeZone, locale) } }),
        ]
  return [
    ...(stated.length === 0
      ? []
      : [
          paragraph([{ text: frame.statements }]),
          {
            type: 'list' as const,
            ordered: true,
            items: stated.map((statement) => fill(statement[locale], { holder })),
          },
        ]),
    paragraph([{ text: frame.end }]),
    { type: 'signature', lines: signature },
    ...(works === null ? [] : [paragraph(fill(frame.annex, worksWords(works, frame)))]),
    ...locationsAnnex(facts, frame),
  ]
}

function locationsAnnex({ kind, particulars }: LetterFacts, { complaint }: Frame): Block[] {
  const count = particulars.locations.filter(({ url }) => oneLine(url) !== '').length
  if (!complaint || kind === 'exclusion' || count === 0) return []
  const words = count === 1 ? complaint.annex.one : complaint.annex.other
  return [paragraph(fill(words, { count: chosen(counted(count)) }))]
}
