import { constantFrom, integer, nat, oneof, record, type Arbitrary } from 'fast-check'
import type { Measure } from '#app/notices/measures.ts'
import type { Outcome } from '#app/notices/outcomes.ts'

/** The people, and the portal, that act on the notices of a race. */
export const racers = [
  'holder owner',
  'holder editor',
  'holder viewer',
  'vendor owner',
  'vendor editor',
  'vendor viewer',
  'bearer',
  'confirmed bearer',
  'portal',
] as const

/** One of `racers`. */
export type Racer = (typeof racers)[number]

/** What a notice of a race demands. */
export const racedMeasures = ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'] as const satisfies readonly Measure[]

/** The answers that a race knows: an agreement, another one, and a refusal. */
export const racedOutcomes = ['accepted_removed', 'not_used', 'refused'] as const satisfies readonly Outcome[]
type RacedOutcome = (typeof racedOutcomes)[number]

/** How many works each notice of a race cites. */
export const racedWorks = 3

/** One thing that somebody does to one notice. `key` makes the same form sent again recognisable. */
export type RacedAct =
  | {
      readonly does:
        | 'acknowledge'
        | 'start review'
        | 'read'
        | 'accept decision'
        | 'withdraw'
        | 'end escalation'
        | 'mail accepted'
        | 'mail delivered'
        | 'mail bounced'
    }
  | { readonly does: 'give reference'; readonly reference: string }
  | { readonly does: 'answer all'; readonly measure: Measure; readonly outcome: RacedOutcome; readonly clear: boolean }
  | { readonly does: 'answer some'; readonly measure: Measure; readonly outcome: RacedOutcome; readonly work: number }
  | { readonly does: 'declare'; readonly outcome: RacedOutcome }
  | { readonly does: 'challenge' }
  | { readonly does: 'ask' | 'send back' | 'write'; readonly key: number }
  | { readonly does: 'answer question' | 'close question'; readonly number: number }
  | { readonly does: 'withdraw works'; readonly work: number }
  | { readonly does: 'escalate'; readonly told: boolean }

/** An act with who does it and to which notice; or the portal's rounds over all notices, and days that pass. */
export type Raced =
  | { readonly racer: Racer; readonly notice: number; readonly twice: boolean; readonly act: RacedAct }
  | { readonly round: 'lapse' | 'remind' | 'weeks pass' }

const work = nat(racedWorks - 1)
const outcome = constantFrom(...racedOutcomes)
const measure = constantFrom(...racedMeasures)
const plain = <Does extends RacedAct['does']>(...does: readonly Does[]) => record({ does: constantFrom(...does) })

const vendorActs: Arbitrary<RacedAct> = oneof(
  { weight: 5, arbitrary: plain('acknowledge', 'start review', 'read') },
  {
    weight: 2,
    arbitrary: record({ does: constantFrom('give reference' as const), reference: constantFrom('A-1', 'B-2') }),
  },
  {
    weight: 5,
    arbitrary: record({
      does: constantFrom('answer all' as const),
      measure,
      outcome,
      clear: constantFrom(true, false),
    }),
  },
  { weight: 3, arbitrary: record({ does: constantFrom('answer some' as const), measure, outcome, work }) },
  { weight: 3, arbitrary: record({ does: constantFrom('declare' as const), outcome }) },
  { weight: 4, arbitrary: record({ does: constantFrom('ask' as const, 'send back' as const), key: nat(2) }) },
  {
    weight: 2,
    arbitrary: record({ does: constantFrom('close question' as const), number: integer({ min: 1, max: 3 }) }),
  },
)

const holderActs: Arbitrary<RacedAct> = oneof(
  { weight: 3, arbitrary: plain('accept decision') },
  { weight: 1, arbitrary: plain('withdraw', 'end escalation') },
  { weight: 4, arbitrary: plain('challenge') },
  {
    weight: 4,
    arbitrary: record({ does: constantFrom('answer question' as const), number: integer({ min: 1, max: 3 }) }),
  },
  { weight: 2, arbitrary: record({ does: constantFrom('withdraw works' as const), work }) },
  { weight: 1, arbitrary: record({ does: constantFrom('escalate' as const), told: constantFrom(true, false) }) },
  { weight: 2, arbitrary: record({ does: constantFrom('write' as const), key: nat(2) }) },
)

const portalActs: Arbitrary<RacedAct> = plain('mail accepted', 'mail delivered', 'mail bounced')

/** Something that happens in a race of so many notices. Now and then somebody tries what is the other side's to do. */
export function aRaced(notices: number): Arbitrary<Raced> {
  const notice = nat(notices - 1)
  const twice = oneof({ weight: 3, arbitrary: constantFrom(false) }, { weight: 1, arbitrary: constantFrom(true) })
  const by = (who: readonly Racer[], act: Arbitrary<RacedAct>): Arbitrary<Raced> =>
    record({ racer: constantFrom(...who), notice, twice, act })
  return oneof(
    { weight: 8, arbitrary: by(['vendor owner', 'vendor editor', 'bearer', 'confirmed bearer'], vendorActs) },
    { weight: 5, arbitrary: by(['holder owner', 'holder editor'], holderActs) },
    { weight: 2, arbitrary: by(['portal'], portalActs) },
    { weight: 1, arbitrary: by(['holder viewer', 'vendor viewer', 'holder owner'], vendorActs) },
    { weight: 1, arbitrary: by(['vendor editor', 'bearer', 'holder viewer'], holderActs) },
    {
      weight: 1,
      arbitrary: record({ round: constantFrom('lapse' as const, 'remind' as const, 'weeks pass' as const) }),
    },
  )
}
