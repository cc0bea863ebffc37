import { storeLeft } from '#app/notices/covered-works.server.ts'
import type { DuplicateChoice, EarlierNotice } from '#app/notices/duplicates.ts'
import { findRepeated, type Repetition } from '#app/notices/find-duplicates.server.ts'
import type { Measure } from '#app/notices/measures.ts'
import { openStages } from '#app/notices/stages.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { annexWorksSchema, type AnnexWorks } from './collective.ts'
import { worksOfAnnex, type FrozenAnnex } from './freeze-annexes.server.ts'
import type { Making } from './making.server.ts'
import { pairOf, type AnnexToStore, type MadeNotices } from './store-annex-notices.server.ts'

/** An annex that is to be stored, with the works that its association chose. */
export interface AnnexToGuard extends AnnexToStore {
  readonly catalogueId: string
  readonly version: number
  readonly chosen: unknown
}

/** What of some annexes is made, what is left out, and what the new notices are tied to. */
export interface GuardedAnnexes {
  readonly annexes: readonly AnnexToStore[]
  readonly leftOut: readonly { readonly memberId: string; readonly vendorId: string; readonly because: 'duplicate' }[]
  readonly ties: readonly Tie[]
}

interface Tie {
  readonly pair: string
  readonly earlier: readonly EarlierNotice[]
}

/**
 * Asks for members and vendors what an open notice asks already, at work, vendor and measure. Filings by one holder to one vendor
 * take turns from here to the end of the transaction, whoever files: of two that are made at once the second sees the first.
 */
export async function guardAnnexes(
  tx: Transaction,
  making: Making,
  { annexes, at }: { annexes: readonly AnnexToGuard[]; at: Date },
): Promise<GuardedAnnexes> {
  if (annexes.length === 0) return { annexes, leftOut: [], ties: [] }
  await takeTurns(tx, annexes)
  const { content, filingId } = making
  const measures = content.filing.measures.map(({ measure }) => measure)
  const earlier = await findEarlier(tx, { annexes, measures, filingId })
  const guarded = []
  for (const annex of annexes) {
    const repeated = await repeatedOf(tx, { annex, measures, candidates: earlier.get(annex.memberId) ?? [] })
    guarded.push(await settle(tx, { annex, repeated, choice: content.duplicates ?? 'link', at }))
  }
  return {
    annexes: guarded.flatMap(({ annex }) => (annex.vendors.length === 0 ? [] : [annex])),
    leftOut: guarded.flatMap(({ leftOut }) => leftOut),
    ties: guarded.flatMap(({ ties }) => ties),
  }
}

async function takeTurns(tx: Transaction, annexes: readonly AnnexToGuard[]): Promise<void> {
  const names = annexes.flatMap(({ memberId, vendors }) => vendors.map(({ id }) => `filings of ${memberId} to ${id}`))
  await tx.$executeRaw`
    select pg_advisory_xact_lock(key) from (
      select distinct hashtextextended(name, 0) as key from unnest(${names}::text[]) name order by 1) keys`
}

async function findEarlier(
  tx: Transaction,
  { annexes, measures, filingId }: { annexes: readonly AnnexToGuard[]; measures: readonly Measure[]; filingId: string },
): Promise<ReadonlyMap<string, readonly EarlierNotice[]>> {
  const pairs = annexes.flatMap(({ memberId, catalogueId, vendors }) =>
    vendors.map(({ id }) => ({ holder: memberId, vendor: id, catalogue: catalogueId })),
  )
  const rows = await tx.$queryRaw<(EarlierNotice & { readonly holder: string })[]>`
    select n.holder_organisation_id as holder, n.id, n.reference, n.stage, n.vendor_id as "vendorId", n.scope_id as "scopeId", s.kind, s.version,
      s.works_count as works, m.measures,
      exists (select from outcome_cell c where c.notice_id = n.id and c.outcome = 'withdrawn') as trimmed
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as p (holder uuid, vendor uuid, catalogue uuid)
    join notice n on n.holder_organisation_id = p.holder and n.vendor_id = p.vendor
      and n.stage in ('awaiting_approval', 'queued', 'sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed')
    join notice_scope s on s.id = n.scope_id and s.catalogue_id = p.catalogue
    cross join lateral (select array_agg(x.measure order by x.measure) as measures from notice_measure x
      where x.notice_id = n.id and x.measure = any(${[...measures]}::text[]) and x.default_outcome <> 'withdrawn') m
    where m.measures is not null and n.filing_id <> ${filingId}::uuid order by n.id`
  return Map.groupBy(rows, ({ holder }) => holder)
}

function repeatedOf(
  tx: Transaction,
  {
    annex: { memberId, catalogueId, version, chosen, works },
    measures,
    candidates,
  }: { annex: AnnexToGuard; measures: readonly Measure[]; candidates: readonly EarlierNotice[] },
): Promise<readonly Repetition[]> {
  const wanted = annexWorksSchema.parse(chosen)
  const asked = {
    organisationId: memberId,
    bound: { choice: choiceOf(catalogueId, wanted), version },
    asWorker: worksOfAnnex({ catalogueId, version, works: wanted }),
    measures,
    works: works.count,
  }
  return findRepeated(tx, asked, candidates)
}

function choiceOf(catalogueId: string, works: AnnexWorks) {
  if (works === null) return { kind: 'all', catalogueId } as const
  return { kind: 'filtered', catalogueId, ...works } as const
}

interface Settled {
  readonly annex: AnnexToStore
  readonly leftOut: GuardedAnnexes['leftOut']
  readonly ties: readonly Tie[]
}

async function settle(
  tx: Transaction,
  {
    annex,
    repeated,
    choice,
    at,
  }: { annex: AnnexToGuard; repeated: readonly Repetition[]; choice: DuplicateChoice; at: Date },
): Promise<Settled> {
  const { memberId, works } = annex
  if (choice !== 'skip') {
    const ties = repeated.map(({ duplicates, notices }) => ({
      pair: pairOf(memberId, duplicates.vendorId),
      earlier: notices,
    }))
    return { annex, leftOut: [], ties }
  }
  const all = repeated.filter(({ duplicates }) => duplicates.covered === works.count)
  const gone = new Set(all.map(({ duplicates }) => duplicates.vendorId))
  const some = repeated.filter(({ duplicates }) => duplicates.covered > 0 && !gone.has(duplicates.vendorId))
  return {
    annex: {
      ...annex,
      vendors: annex.vendors.filter(({ id }) => !gone.has(id)),
      left: await cut(tx, memberId, some, at),
    },
    leftOut: [...gone].map((vendorId) => ({ memberId, vendorId, because: 'duplicate' })),
    ties: [],
  }
}

// Vendors with the same earlier scopes share the list of what is left.
async function cut(
  tx: Transaction,
  memberId: string,
  repeated: readonly Repetition[],
  at: Date,
): Promise<ReadonlyMap<string, FrozenAnnex>> {
  const left = new Map<string, FrozenAnnex>()
  for (const [, same] of Map.groupBy(repeated, ({ key }) => key)) {
    const [first] = same
    if (!first) continue
    const scopeId = newId()
    const { works, sha256 } = await storeLeft(tx, first.choice, { scopeId, at })
    for (const { duplicates } of same) left.set(duplicates.vendorId, { memberId, scopeId, count: works, sha256 })
  }
  return left
}

// Of a long row of notices the latest lead to the others.
const mostRelated = 20

/**
 * Ties new notices to the earlier ones that ask for the same: as linked, or to take their place once they are served. One that was
 * not sent yet has no place to take, and is linked.
 */
export async function tieAnnexes(
  tx: Transaction,
  making: Making,
  { ties, made, at }: { ties: readonly Tie[]; made: MadeNotices; at: Date },
): Promise<void> {
  const supersedes = making.content.duplicates === 'supersede'
  const served = new Set<string>(openStages)
  const rows = ties.flatMap(({ pair, earlier }) => {
    const noticeId = made.get(pair)
    if (noticeId === undefined) return []
    return earlier.map(({ id, stage }) => ({ noticeId, earlier: id, takes: supersedes && served.has(stage) }))
  })
  const takes = rows.filter((row) => row.takes)
  const linked = [...Map.groupBy(rows, ({ noticeId }) => noticeId).values()].flatMap((same) =>
    same.filter((row) => !row.takes).slice(-mostRelated),
  )
  await tx.$executeRaw`
    insert into related_notice (notice_id, earlier_notice_id, relation, created_at)
    select "noticeId", earlier, 'linked', ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(linked)}::jsonb) as r ("noticeId" uuid, earlier uuid) on conflict do nothing`
  await tx.$executeRaw`
    insert into notice_succession (notice_id, successor_id, ordered_at)
    select earlier, "noticeId", ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(takes)}::jsonb) as r ("noticeId" uuid, earlier uuid)
    on conflict (notice_id) do update set successor_id = excluded.successor_id, ordered_at = excluded.ordered_at
    where notice_succession.taken_at is null`
}
