import type { BasisId, Pack } from './legal-bases/basis.ts'
import type { Frame } from './legal-bases/letter-frame.ts'
import type { LetterFacts, LetterLocation } from './letter-facts.ts'
import { chosen, dayInWords, fill, instantInWords, named } from './letter-template.ts'
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
    ...particularsOf[pack.id](facts, frame),
  ]
}

type Section = (facts: LetterFacts, frame: Frame) => Block[]
const nothing: Section = () => []

const particularsOf = {
  EXCLUSION_REQUEST: nothing,
  CEASE_DESIST: actsSection,
  EU_CDSM_4_3: reservationSection,
  EU_GPAI_1_5: complaintOfCode,
  EU_DSA_16: illegalitySection,
  US_DMCA_512C: fairUseSection,
  JP_CA_30_4: japanSection,
  JP_CA_112: japanRightsOnly,
  UK_CDPA_16: ukSection,
} as const satisfies Record<BasisId, Section>

/** What is complained of, said once whatever the bases: since the second common letter. */
export function complaintSection(facts: LetterFacts, frame: Frame): Block[] {
  if (!frame.complaint || facts.kind === 'exclusion') return []
  const blocks = actsSection(facts, frame)
  if (blocks.length === 0) return []
  return [{ type: 'heading', lines: [[{ text: frame.complaint.heading }]] }, ...blocks]
}

function actsSection({ particulars, locale }: LetterFacts, frame: Frame): Block[] {
  const line = (sentence: string, word: string, text: string): Block[] =>
    oneLine(text) === '' ? [] : [paragraph(fill(sentence, { [word]: named(text, 'chosen') }))]
  const locations = particulars.locations.filter(({ url }) => oneLine(url) !== '')
  const { captured } = particulars
  return [
    ...listOf(
      frame.actsIntro,
      particulars.acts.map((act) => frame.acts[act]),
      locale,
    ),
    ...line(frame.models, 'models', particulars.models),
    ...line(frame.rights, 'rights', particulars.rights),
    ...told(frame.evidence, particulars.evidence),
    ...(captured === null || !frame.complaint
      ? []
      : [
          paragraph(
            fill(frame.complaint.captured, { at: chosen(instantInWords(captured.at, captured.timeZone, locale)) }),
          ),
        ]),
    ...(locations.length === 0
      ? []
      : [
          paragraph([{ text: frame.locations }]),
          { type: 'list' as const, ordered: false, items: locations.map((location) => locationItem(location, frame)) },
        ]),
  ]
}

function locationItem({ url, work }: LetterLocation, { complaint }: Frame): Run[] {
  const location = named(url, 'chosen')
  return work === null || !complaint
    ? [location]
    : fill(complaint.locationOf, { location, work: named(work, 'chosen') })
}

function reservationSection({ particulars, locale }: LetterFacts, { complaint }: Frame): Block[] {
  if (!complaint) return []
  const { signals, signalUrls, signalSince } = particulars
  const urls = signalUrls.filter((url) => oneLine(url) !== '')
  return [
    ...listOf(
      complaint.signalsIntro,
      signals.map((signal) => complaint.signals[signal]),
      locale,
    ),
    ...(urls.length === 0
      ? []
      : [
          paragraph([{ text: complaint.signalsWhere }]),
          { type: 'list' as const, ordered: false, items: urls.map((url) => [named(url, 'chosen')]) },
        ]),
    ...(signalSince === null
      ? []
      : [paragraph(fill(complaint.signalsSince, { since: chosen(dayInWords(signalSince, locale)) }))]),
  ]
}

function complaintOfCode({ particulars, locale }: LetterFacts, { complaint }: Frame): Block[] {
  if (!complaint) return []
  const { points, complaintFacts, repeated } = particulars
  return [
    ...listOf(
      complaint.pointsIntro,
      points.map((point) => complaint.points[point]),
      locale,
    ),
    ...told(complaint.complaintFacts, complaintFacts),
    ...(repeated ? [paragraph([chosen(complaint.repeated)])] : []),
  ]
}

function illegalitySection({ particulars }: LetterFacts, { complaint }: Frame): Block[] {
  return complaint ? told(complaint.illegality, particulars.illegality) : []
}

function fairUseSection({ particulars }: LetterFacts, { complaint }: Frame): Block[] {
  return complaint && particulars.fairUse ? [paragraph([chosen(complaint.fairUse)])] : []
}

function ukSection({ particulars }: LetterFacts, { complaint }: Frame): Block[] {
  return complaint ? told(complaint.ukConnection, particulars.ukConnection) : []
}

function japanRightsOnly({ particulars, locale }: LetterFacts, frame: Frame): Block[] {
  const rights = particulars.japanRights.map((right) => frame.japanRights[right]).join(locale === 'ja' ? '、' : ', ')
  if (rights === '') return []
  return [paragraph(fill(frame.japanRightsIntro, { rights: chosen(rights) }))]
}

function japanSection(facts: LetterFacts, frame: Frame): Block[] {
  const { particulars, locale } = facts
  return [
    ...listOf(
      null,
      particulars.japanGrounds.map((ground) => frame.japanGrounds[ground]),
      locale,
    ),
    ...japanRightsOnly(facts, frame),
    ...told(frame.japanFacts, particulars.japanFacts),
  ]
}

// An opening sentence and the filer's own words; neither where nothing was written.
function told(intro: string, text: string): Block[] {
  return linesOf(text).length === 0 ? [] : [paragraph([{ text: intro }]), ...ownWords(text)]
}

function listOf(intro: string | null, items: readonly string[], locale: LetterFacts['locale']): Block[] {
  if (items.length === 0) return []
  const runs = items.map((text): Run[] => [{ text, chosen: true }])
  const list: Block = locale === 'ja' ? { type: 'list', ordered: false, items: runs } : sentences(runs, false)
  return intro === null ? [list] : [paragraph([{ text: intro }]), list]
}
