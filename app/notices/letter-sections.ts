import type { Pack } from './legal-bases/basis.ts'
import type { Frame } from './legal-bases/letter-frame.ts'
import type { LetterFacts } from './letter-facts.ts'
import { fill, named } from './letter-template.ts'
import { linesOf, oneLine, paragraphsOf } from './letter-words.ts'
import type { Block, Run } from './letter.ts'

/** One paragraph of one line. */
export function paragraph(runs: Run[]): Block {
  return { type: 'paragraph', lines: [runs] }
}

/** A list whose items end in semicolons and whose last ends the sentence. */
export function sentences(items: readonly Run[][], ordered: boolean): Block {
  const last = items.length - 1
  return {
    type: 'list',
    ordered,
    items: items.map((item, index) => (index === last ? endOfSentence(item) : item)),
  }
}

function endOfSentence(item: Run[]): Run[] {
  const last = item.at(-1)
  return last ? [...item.slice(0, -1), { ...last, text: last.text.replace(/;$/u, '.') }] : item
}

/** What the filer wrote, paragraph by paragraph, marked as his or her own. */
export function ownWords(text: string): Block[] {
  return paragraphsOf(text).map((lines) => ({
    type: 'paragraph',
    lines: lines.map((line) => [named(line, 'chosen')]),
  }))
}

/** The section that a basis adds to the letter; none where it has no heading. */
export function basisSection(pack: Pack, facts: LetterFacts, frame: Frame): Block[] {
  const { heading, ground } = pack.words[facts.locale]
  if (heading === null) return []
  return [
    { type: 'heading', lines: [[{ text: heading }]] },
    ...ground.map((sentence) => paragraph([{ text: sentence }])),
    ...(pack.id === 'JP_CA_30_4' ? japanSection(facts, frame) : actsSection(facts, frame)),
  ]
}

function actsSection({ particulars, locale }: LetterFacts, frame: Frame): Block[] {
  const line = (sentence: string, word: string, text: string): Block[] =>
    oneLine(text) === '' ? [] : [paragraph(fill(sentence, { [word]: named(text, 'chosen') }))]
  const locations = particulars.locations.map((location) => oneLine(location)).filter((location) => location !== '')
  return [
    ...listOf(
      frame.actsIntro,
      particulars.acts.map((act) => frame.acts[act]),
      locale,
    ),
    ...line(frame.models, 'models', particulars.models),
    ...line(frame.rights, 'rights', particulars.rights),
    ...(linesOf(particulars.evidence).length === 0
      ? []
      : [paragraph([{ text: frame.evidence }]), ...ownWords(particulars.evidence)]),
    ...(locations.length === 0
      ? []
      : [
          paragraph([{ text: frame.locations }]),
          { type: 'list' as const, ordered: false, items: locations.map((location) => [named(location, 'chosen')]) },
        ]),
  ]
}

function japanSection({ particulars, locale }: LetterFacts, frame: Frame): Block[] {
  const rights = particulars.japanRights.map((right) => frame.japanRights[right]).join(locale === 'ja' ? '、' : ', ')
  return [
    ...listOf(
      null,
      particulars.japanGrounds.map((ground) => frame.japanGrounds[ground]),
      locale,
    ),
    ...(rights === ''
      ? []
      : [paragraph(fill(frame.japanRightsIntro, { rights: { text: rights, chosen: true as const } }))]),
    ...(linesOf(particulars.japanFacts).length === 0
      ? []
      : [paragraph([{ text: frame.japanFacts }]), ...ownWords(particulars.japanFacts)]),
  ]
}

function listOf(intro: string | null, items: readonly string[], locale: LetterFacts['locale']): Block[] {
  if (items.length === 0) return []
  const runs = items.map((text): Run[] => [{ text, chosen: true }])
  const list: Block = locale === 'ja' ? { type: 'list', ordered: false, items: runs } : sentences(runs, false)
  return intro === null ? [list] : [paragraph([{ text: intro }]), list]
}
