import { storeLeft } from '#app/notices/covered-works.server.ts'
import type { EarlierNotice } from '#app/notices/duplicates.ts'
import { findRepeated, type Repetition } from '#app/notices/find-duplicates.server.ts'
import type { Measure } from '#app/notices/measures.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { annexWorksSchema, type AnnexWorks } from './collective.ts'
import { worksOfAnnex, type FrozenAnnex } from './freeze-annexes.server.ts'

/** The works that one member names to some vendors. */
export interface NamedWorks {
  readonly memberId: string
  readonly vendors: readonly { readonly id: string }[]
  readonly catalogueId: string
  readonly version: number
  /** As they were chosen, and as they are frozen. */
  readonly chosen: unknown
  readonly works: FrozenAnnex
}

interface Asked {
  readonly measures: readonly Measure[]
  /** Its own notices are no earlier ones. */
  readonly filingId: string
}

/**
 * What open notices of members ask vendors already, at work, vendor and measure, by member. Filings by one holder to one vendor take
 * turns from here to the end of the transaction, whoever files: of two that are made at once the second sees the first.
 */
export async function findRepeatedWorks(
  tx: Transaction,
  named: readonly NamedWorks[],
  asked: Asked,
): Promise<ReadonlyMap<string, readonly Repetition[]>> {
  await takeTurns(tx, named)
  const earlier = await findEarlier(tx, named, asked)
  const repeated = new Map<string, readonly Repetition[]>()
  for (const each of named)
    repeated.set(each.memberId, await repeatedOf(tx, each, { ...asked, candidates: earlier.get(each.memberId) ?? [] }))
  return repeated
}

async function takeTurns(tx: Transaction, named: readonly NamedWorks[]): Promise<void> {
  const names = named.flatMap(({ memberId, vendors }) => vendors.map(({ id }) => `filings of ${memberId} to ${id}`))
  await tx.$executeRaw`
    select pg_advisory_xact_lock(key) from (
      select distinct hashtextextended(name, 0) as key from unnest(${names}::text[]) name order by 1) keys`
}

async function findEarlier(
  tx: Transaction,
  named: readonly NamedWorks[],
  { measures, filingId }: Asked,
): Promise<ReadonlyMap<string, readonly EarlierNotice[]>> {
  const pairs = named.flatMap(({ memberId, catalogueId, vendors }) =>
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
  { memberId, catalogueId, version, chosen, works }: NamedWorks,
  { measures, candidates }: Asked & { candidates: readonly EarlierNotice[] },
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

/** Freezes what is left for vendors that are asked about some of the works already; those with the same earlier scopes share the list. */
export async function freezeRest(
  tx: Transaction,
  { memberId, repeated, at }: { memberId: string; repeated: readonly Repetition[]; at: Date },
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
