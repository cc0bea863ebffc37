import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { findLeft, storeLeft } from './covered-works.server.ts'
import { choiceFor } from './duplicates.ts'
import type { FilingContent } from './filing-draft.ts'
import type { FilingFacts, FilingWorks } from './filing-facts.ts'
import { findDuplicates, type Repetition } from './find-duplicates.server.ts'

interface Guarded {
  readonly member: Member
  readonly content: FilingContent
  readonly facts: FilingFacts
  readonly filingId?: string | null
}

/** What a filing asks again, and its facts without the works that the filer chose to leave out. */
export interface GuardedFiling {
  readonly repetitions: readonly Repetition[]
  readonly facts: FilingFacts
}

/** Looks for what is asked twice, and takes out what the filer chose to leave out. */
export async function findRepetitions(tx: Transaction, guarded: Guarded): Promise<GuardedFiling> {
  const { member, content, facts, filingId } = guarded
  const { works } = facts
  if (works === null || works.count === 0) return { repetitions: [], facts }
  const reachable = facts.vendors.filter(({ contact }) => contact !== null).map(({ id }) => id)
  const repetitions = await findDuplicates(tx, {
    member,
    content: { ...content, vendorIds: reachable },
    works: works.count,
    ...(filingId === undefined ? {} : { filingId }),
  })
  const left: Record<string, FilingWorks> = {}
  for (const [, same] of skippedOf(repetitions, content)) {
    const [first] = same
    if (!first) continue
    const examples = await findLeft(tx, first.choice)
    // Vendors with the same earlier scopes have the same left.
    const count = works.count - first.duplicates.covered
    for (const { duplicates } of same)
      left[duplicates.vendorId] = { ...works, count, examples, whole: false, unfindable: null }
  }
  return { repetitions, facts: { ...facts, left } }
}

/** Whether a draft leaves anything out: only then its letters differ from vendor to vendor. */
export function leavesOut({ duplicates }: FilingContent): boolean {
  return Object.values(duplicates).some(({ choice }) => choice === 'skip')
}

/**
 * Filings by one holder to one vendor take turns from here to the end of the transaction: of two that are made at once, the
 * second sees the first.
 */
export async function takeTurns(
  tx: Transaction,
  { organisationId, vendorIds }: { organisationId: string; vendorIds: readonly string[] },
): Promise<void> {
  await tx.$executeRaw`
    select pg_advisory_xact_lock(key) from (select distinct hashtextextended(${`filings of ${organisationId} to `} || vendor, 0) as key
      from unnest(${[...vendorIds]}::text[]) vendor order by 1) keys`
}

/** What the filer has not decided on: repetitions that nobody saw, or that are others than were seen. */
export function undecidedOf(repetitions: readonly Repetition[], { duplicates: choices }: FilingContent): number {
  return repetitions.filter(({ duplicates }) => choiceFor(duplicates, choices) === null).length
}

/** Asks what is asked twice once the notices are stored, in their turn. */
export async function guardDuplicates(
  tx: Transaction,
  { vendorIds, ...guarded }: Guarded & { filingId: string; vendorIds: readonly string[] },
): Promise<readonly Repetition[]> {
  const { member, content, facts, filingId } = guarded
  await takeTurns(tx, { organisationId: member.organisation.id, vendorIds })
  return findDuplicates(tx, {
    member,
    content: { ...content, vendorIds: [...vendorIds] },
    works: facts.works?.count ?? 0,
    filingId,
  })
}

// Of a long row of notices the latest lead to the others.
const mostRelated = 20

/** What a notice is about, where that is less than its filing. */
export type LeftScopes = ReadonlyMap<string, { readonly works: number; readonly sha256: string }>

/**
 * Gives the notices to vendors for whom works are left out a list of their own; those with the same list share it.
 *
 * @returns count and hash by notice
 */
export async function freezeLeft(
  tx: Transaction,
  { content, repetitions, noticeOf }: { content: FilingContent } & NoticesOf,
): Promise<LeftScopes> {
  const scopes = new Map<string, { readonly works: number; readonly sha256: string }>()
  for (const [, same] of skippedOf(repetitions, content)) {
    const [first] = same
    const noticeIds = same.flatMap(({ duplicates }) => noticeOf.get(duplicates.vendorId) ?? [])
    if (!first || noticeIds.length === 0) continue
    const scopeId = newId()
    const stored = await storeLeft(tx, first.choice, { scopeId, at: now() })
    await tx.notice.updateMany({ where: { id: { in: noticeIds } }, data: { scopeId, worksCount: stored.works } })
    for (const noticeId of noticeIds) scopes.set(noticeId, stored)
  }
  return scopes
}

interface NoticesOf {
  readonly repetitions: readonly Repetition[]
  /** The new notices by vendor. */
  readonly noticeOf: ReadonlyMap<string, string>
}

/** Records which earlier notices a new one is linked to, as its filer chose. What an earlier submission recorded goes. */
export async function relateNotices(
  tx: Transaction,
  { content, repetitions, noticeOf, again }: { content: FilingContent; again: readonly string[] } & NoticesOf,
): Promise<void> {
  if (again.length > 0) await tx.relatedNotice.deleteMany({ where: { noticeId: { in: [...again] } } })
  const data = repetitions.flatMap(({ duplicates, notices }) => {
    const noticeId = noticeOf.get(duplicates.vendorId)
    if (noticeId === undefined || choiceFor(duplicates, content.duplicates) !== 'link') return []
    return notices
      .slice(-mostRelated)
      .map(({ id }) => ({ noticeId, earlierNoticeId: id, relation: 'linked', createdAt: now() }))
  })
  if (data.length > 0) await tx.relatedNotice.createMany({ data })
}

/** The references of the earlier notices that the filer chose to supersede. */
export function supersededBy(repetitions: readonly Repetition[], content: FilingContent): readonly string[] {
  return repetitions
    .filter(({ duplicates }) => choiceFor(duplicates, content.duplicates) === 'supersede')
    .flatMap(({ notices }) => notices.map(({ reference }) => reference))
}

function skippedOf(repetitions: readonly Repetition[], content: FilingContent): Map<string, Repetition[]> {
  return Map.groupBy(
    repetitions.filter(({ duplicates }) => choiceFor(duplicates, content.duplicates) === 'skip'),
    ({ key }) => key,
  )
}
