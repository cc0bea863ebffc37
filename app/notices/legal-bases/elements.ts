import { kindNeeds, lacksOf, type Measure } from '#app/notices/measures.ts'
import type { LetterFacts } from '#app/notices/letter-facts.ts'
import { linesOf, oneLine } from '#app/notices/letter-words.ts'
import { dayThere } from '#app/notices/letter-template.ts'
import type { ElementId, Level, Signal } from './basis.ts'
import { isTrainingUnderHosting } from './hosted-only.ts'
import { basesFor, packOf } from './packs.ts'

/** What completeness is judged by: the facts of the letters, and what no letter says. */
export interface ElementFacts extends Omit<
  LetterFacts,
  'kind' | 'vendor' | 'reference' | 'locale' | 'acknowledgeDays' | 'decideDays'
> {
  readonly kind: LetterFacts['kind'] | null
  readonly vendors: number
  /** Chosen vendors without a contact of their own for takedowns. */
  readonly withoutAgent: number
  /** Works with neither identifier nor location. */
  readonly unfindable: number
  /** Pieces of evidence of the outputs: locations, and a description that says what was captured. */
  readonly evidenceCount: number
  /** Locations said to concern a work that the filing does not hold. */
  readonly locationsAstray: number
  /** The day it is for the holder, YYYY-MM-DD. */
  readonly today: string
  /** The day on which it leaves as it is planned, there too. */
  readonly sentOn: string
  /** An approver will sign: the submitter does not. */
  readonly signedLater: boolean
  /** Every statement that the chosen bases want is signed. */
  readonly statementsSigned: boolean
}

/** When each element is there. What does not apply counts as there. */
const elementRules = {
  holder_name: ({ holder }) => filled(holder.name),
  holder_other_script: ({ holder }) => filled(holder.nameOther),
  holder_address: ({ holder }) => linesOf(holder.address).length > 0,
  holder_telephone: ({ holder }) => filled(holder.telephone),
  contact_email: ({ particulars }) => filled(particulars.contactEmail),
  vendors: ({ vendors }) => vendors > 0,
  designated_agent: ({ withoutAgent }) => withoutAgent === 0,
  works: ({ works }) => works !== null && works.count > 0,
  works_findable: ({ unfindable }) => unfindable === 0,
  measures: (facts) => facts.kind !== null && !lacks(facts).includes('measure'),
  filter_example: ({ measures }) =>
    measures.every(({ measure, detail }) => measure !== 'FILTER_OUTPUTS' || filled(detail)),
  output_locations: (facts) => (asks(facts, 'REMOVE_OUTPUT_URLS') ? hasLocations(facts) : facts.evidenceCount > 0),
  material_locations: (facts) => hasLocations(facts),
  location_works: ({ locationsAstray }) => locationsAstray === 0,
  stance: ({ stance }) => stance !== null,
  basis: ({ bases, kind }) =>
    bases.length > 0 && kind !== null && bases.every((basis) => packOf(basis).fits.kinds.includes(kind)),
  hosted_material: ({ bases, kind, measures, particulars }) =>
    !isTrainingUnderHosting({ bases: bases.map(({ basis }) => basis), kind, measures, particulars }),
  acts: ({ particulars }) => particulars.acts.length > 0,
  models: ({ particulars }) => filled(particulars.models),
  evidence: ({ evidenceCount }) => evidenceCount > 0,
  captured: ({ particulars: { captured }, today }) =>
    captured !== null && dayThere(captured.at, captured.timeZone) <= today,
  rights_relied_on: ({ particulars }) => filled(particulars.rights),
  deadline: ({ deadlineOn, sentOn }) => deadlineOn !== null && deadlineOn > sentOn,
  preservation: (facts) => asks(facts, 'PRESERVE_EVIDENCE'),
  undertaking: (facts) => asks(facts, 'WRITTEN_UNDERTAKING'),
  japan_grounds: ({ particulars }) => particulars.japanGrounds.length > 0,
  japan_facts: ({ particulars }) => linesOf(particulars.japanFacts).length > 0,
  japan_rights: ({ particulars }) => particulars.japanRights.length > 0,
  signal_means: ({ particulars }) => particulars.signals.length > 0,
  signal_urls: ({ particulars }) => particulars.signalUrls.some((url) => filled(url)),
  signal_since: ({ particulars: { signalSince }, today }) => signalSince !== null && signalSince <= today,
  signal_readable: ({ particulars: { signals } }) => signals.some((signal) => signal !== 'words_only'),
  commitment_points: ({ particulars }) => particulars.points.length > 0,
  complaint_facts: ({ particulars }) => filled(particulars.complaintFacts),
  first_complaint: ({ particulars }) => !particulars.repeated,
  illegality: ({ particulars }) => filled(particulars.illegality),
  fair_use: ({ particulars }) => particulars.fairUse,
  uk_connection: ({ particulars }) => filled(particulars.ukConnection),
  statements: ({ statementsSigned }) => statementsSigned,
  signature: ({ signatory }) => signatory !== null && filled(signatory.name) && filled(signatory.capacity),
} as const satisfies Record<ElementId, (facts: ElementFacts) => boolean>

// Elements that count only where something calls for them.
const callsFor: Partial<Record<ElementId, (facts: ElementFacts) => boolean>> = {
  filter_example: (facts) => asks(facts, 'FILTER_OUTPUTS'),
  // Where outputs are complained of, a takedown without anything to show for it lacks its evidence: said once.
  output_locations: (facts) =>
    asks(facts, 'REMOVE_OUTPUT_URLS') || (facts.kind === 'takedown' && !complainsOfOutputs(facts)),
  models: isComplaint,
  evidence: isComplaint,
  location_works: isComplaint,
  statements: ({ signedLater }) => !signedLater,
  signature: ({ signedLater }) => !signedLater,
  captured: (facts) => isComplaint(facts) && linesOf(facts.particulars.evidence).length > 0,
  signal_urls: ({ particulars: { signals } }) => !onlyInWords(signals),
  signal_readable: ({ particulars: { signals } }) => onlyInWords(signals),
}

// An exclusion request complains of nothing; its page has no fields for it.
function isComplaint({ kind }: ElementFacts): boolean {
  return kind !== 'exclusion'
}

function onlyInWords(signals: readonly Signal[]): boolean {
  return signals.length > 0 && signals.every((signal) => signal === 'words_only')
}

/** Whether an element is there. */
export function hasElement(element: ElementId, facts: ElementFacts): boolean {
  return elementRules[element](facts)
}

/**
 * Whether outputs are complained of, which makes evidence and model indispensable: those of a takedown are, unless it says
 * that something else is meant, such as a dataset.
 */
export function complainsOfOutputs({ kind, particulars }: Pick<ElementFacts, 'kind' | 'particulars'>): boolean {
  if (kind === 'exclusion') return false
  return particulars.acts.includes('output') || (kind === 'takedown' && particulars.acts.length === 0)
}

/** What the chosen bases want, each element once and as strictly as the strictest wants it. Before a choice: the first that fits. */
export function wantedElements(facts: ElementFacts): readonly { element: ElementId; level: 'R' | 'W' }[] {
  const chosen = facts.bases.map((basis) => packOf(basis))
  const packs = chosen.length > 0 ? chosen : basesFor(facts.kind ?? 'exclusion').slice(0, 1)
  const wanted = new Map<ElementId, 'R' | 'W'>()
  for (const { element, level } of packs.flatMap((pack) => pack.elements)) {
    if (callsFor[element]?.(facts) === false) continue
    const now = levelNow(level, facts)
    if (wanted.get(element) !== 'R') wanted.set(element, now)
  }
  // Exact locations contain what is asked of locations elsewhere: one lack is said once.
  if (wanted.has('material_locations')) wanted.delete('output_locations')
  return [...wanted].map(([element, level]) => ({ element, level }))
}

function levelNow(level: Level, facts: ElementFacts): 'R' | 'W' {
  if (level !== 'R_outputs') return level
  return complainsOfOutputs(facts) ? 'R' : 'W'
}

function filled(text: string | null): boolean {
  return oneLine(text ?? '') !== ''
}

function asks({ measures }: ElementFacts, wanted: Measure): boolean {
  return measures.some(({ measure }) => measure === wanted)
}

function hasLocations({ particulars }: ElementFacts): boolean {
  return particulars.locations.some(({ url }) => filled(url))
}

function lacks(facts: ElementFacts): ReturnType<typeof lacksOf> {
  const kind: keyof typeof kindNeeds = facts.kind ?? 'exclusion'
  return lacksOf(kind, {
    measures: facts.measures.map(({ measure }) => measure),
    hasLocations: hasLocations(facts),
    hasEvidence: facts.evidenceCount > 0,
    hasDeadline: facts.deadlineOn !== null,
  })
}
