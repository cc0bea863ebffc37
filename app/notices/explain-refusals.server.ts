import type { Transaction } from '#app/platform/db.server.ts'
import type { Refusal, Step } from './lifecycle.ts'
import type { Standpoint } from './stages.ts'
import { askerOf, type Sides, type Taker } from './taker.server.ts'

/** A notice that did not take a step. */
export interface Untaken {
  readonly noticeId: string
  readonly because: Refusal | 'unknown'
  /** Null for a notice that the asker may not see, or that does not exist: the two are not told apart. */
  readonly reference: string | null
  readonly stage: Standpoint | null
  /** What was done instead, by whom and when: of two people at once, the second sees the first. */
  readonly last?: LastStep
}

/** The step that came before, as its line and the facts about the person tell it. */
export interface LastStep {
  readonly step: Step
  readonly at: Date
  readonly actor: string
  /** Null where it was the portal itself, and after an erasure. */
  readonly name: string | null
}

/** A refusal of the judge. */
export interface Refused {
  readonly noticeId: string
  readonly reference: string
  readonly because: Refusal
  readonly stage: Standpoint
}

/** Says of every notice that took no step why, and who came first. */
export async function explainRefusals(
  tx: Transaction,
  asked: {
    readonly step: Step
    readonly noticeIds: readonly string[]
    readonly taker: Taker
    readonly found: readonly { readonly id: string }[]
    readonly refused: readonly Refused[]
  },
): Promise<readonly Untaken[]> {
  const { step, noticeIds, taker, found, refused } = asked
  const locked = new Set(found.map(({ id }) => id))
  const missing = [...new Set(noticeIds)].filter((id) => !locked.has(id))
  const unlocked = missing.length === 0 ? [] : await explainUnlocked(tx, missing, taker)
  const late = refused.filter(({ because }) => because === 'already-taken' || because === 'not-now')
  const last = late.length === 0 ? new Map<string, LastStep>() : await lastSteps(tx, step, late)
  return [
    ...refused.map((each) => {
      const before = last.get(each.noticeId)
      return before ? { ...each, last: before } : each
    }),
    ...unlocked,
  ]
}

// Seen but not to be locked: row-level security lets the asker read the notice and not act on it.
async function explainUnlocked(tx: Transaction, ids: readonly string[], taker: Taker): Promise<readonly Untaken[]> {
  const rows = await tx.$queryRaw<(Sides & { id: string; reference: string; stage: Standpoint })[]>`
    select n.id, n.reference, n.stage, n.holder_organisation_id as "holderOrganisationId",
      n.filed_by_organisation_id as "filedByOrganisationId", v.organisation_id as "vendorOrganisationId",
      f.submitted_by as "submittedBy"
    from notice n join vendor v on v.id = n.vendor_id join filing f on f.id = n.filing_id
    where n.id = any(${[...ids]}::uuid[])`
  const seen = new Map(rows.map((row) => [row.id, row]))
  return ids.map((noticeId): Untaken => {
    const row = seen.get(noticeId)
    if (!row) return { noticeId, because: 'unknown', reference: null, stage: null }
    const because = askerOf(taker, row) === null ? 'not-yours' : 'role-too-low'
    return { noticeId, because, reference: row.reference, stage: row.stage }
  })
}

async function lastSteps(
  tx: Transaction,
  step: Step,
  refused: readonly Refused[],
): Promise<ReadonlyMap<string, LastStep>> {
  const ids = refused.map(({ noticeId }) => noticeId)
  const rows = await tx.$queryRaw<(LastStep & { noticeId: string })[]>`
    select distinct on (e.notice_id) e.notice_id as "noticeId", e.type as step, e.at, e.actor, p.facts->>'name' as name
    from notice_event e left join event_person p on p.notice_id = e.notice_id and p.sequence = e.sequence
    where e.notice_id = any(${ids}::uuid[])
    order by e.notice_id, (e.type = ${step}) desc, e.sequence desc`
  return new Map(rows.map(({ noticeId, ...last }) => [noticeId, last]))
}
