import { kindNeeds, lacksOf, type Measure } from '#app/notices/measures.ts'
import type { LetterFacts } from '#app/notices/letter-facts.ts'
import { linesOf, oneLine } from '#app/notices/letter-words.ts'
import type { ElementId, Level } from './basis.ts'
import { basesFor, packOf } from './packs.ts'

/** What completeness is judged by: the facts of the letters, and what no letter says. */
export interface ElementFacts extends Omit<
  LetterFacts,
  'kind' | 'vendor' | 'reference' | 'locale' | 'acknowledgeDays' | 'decideDays'
> {
  readonly kind: LetterFacts['kind'] | null
  readonly vendors: number
  /** Works with neither identifier nor location. */
  readonly unfindable: number
  /** The day it is for the holder, YYYY-MM-DD. */
  readonly today: string
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
  vendors: ({ vendors }) => vendors > 0,
  works: ({ works }) => works !== null && works.count > 0,
  works_findable: ({ unfindable }) => unfindable === 0,
  measures: (facts) => facts.kind !== null && !lacks(facts).includes('measure'),
  filter_example: ({ measures }) =>
    measures.every(({ measure, detail }) => measure !== 'FILTER_OUTPUTS' || filled(detail)),
  output_locations: (facts) =>
    !lacks(facts).includes('locations-or-evidence') && (!asks(facts, 'REMOVE_OUTPUT_URLS') || hasLocations(facts)),
  stance: ({ stance }) => stance !== null,
  basis: ({ bases, kind }) =>
    bases.length > 0 && kind !== null && bases.every((basis) => packOf(basis).fits.kinds.includes(kind)),
  acts: ({ particulars }) => particulars.acts.length > 0,
  models: ({ particulars }) => filled(particulars.models),
  evidence: ({ particulars }) => linesOf(particulars.evidence).length > 0,
  rights_relied_on: ({ particulars }) => filled(particulars.rights),
  deadline: ({ deadlineOn, today }) => deadlineOn !== null && deadlineOn > today,
  preservation: (facts) => asks(facts, 'PRESERVE_EVIDENCE'),
  undertaking: (facts) => asks(facts, 'WRITTEN_UNDERTAKING'),
  japan_grounds: ({ particulars }) => particulars.japanGrounds.length > 0,
  japan_facts: ({ particulars }) => linesOf(particulars.japanFacts).length > 0,
  japan_rights: ({ particulars }) => particulars.japanRights.length > 0,
  statements: ({ statementsSigned }) => statementsSigned,
  signature: ({ signatory }) => signatory !== null && filled(signatory.name) && filled(signatory.capacity),
} as const satisfies Record<ElementId, (facts: ElementFacts) => boolean>

// Elements that count only where something calls for them.
const callsFor: Partial<Record<ElementId, (facts: ElementFacts) => boolean>> = {
  filter_example: (facts) => asks(facts, 'FILTER_OUTPUTS'),
  output_locations: (facts) => facts.kind === 'takedown' || asks(facts, 'REMOVE_OUTPUT_URLS'),
  statements: ({ signedLater }) => !signedLater,
  signature: ({ signedLater }) => !signedLater,
}

/** Whether an element is there. */
export function hasElement(element: ElementId, facts: ElementFacts): boolean {
  return elementRules[element](facts)
}

/** Whether outputs are complained of, which makes evidence and model indispensable. */
export function complainsOfOutputs({ kind, particulars }: Pick<ElementFacts, 'kind' | 'particulars'>): boolean {
  return kind === 'takedown' || particulars.acts.includes('output')
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
  return particulars.locations.some((location) => filled(location))
}

function lacks(facts: ElementFacts): ReturnType<typeof lacksOf> {
  const kind: keyof typeof kindNeeds = facts.kind ?? 'exclusion'
  return lacksOf(kind, {
    measures: facts.measures.map(({ measure }) => measure),
    hasLocations: hasLocations(facts),
    hasEvidence: linesOf(facts.particulars.evidence).length > 0,
    hasDeadline: facts.deadlineOn !== null,
  })
}
