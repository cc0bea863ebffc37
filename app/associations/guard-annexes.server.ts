import type { DuplicateChoice, EarlierNotice } from '#app/notices/duplicates.ts'
import type { Repetition } from '#app/notices/find-duplicates.server.ts'
import { openStages } from '#app/notices/stages.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { Making } from './making.server.ts'
import { findRepeatedWorks, freezeRest, type NamedWorks } from './repeated-works.server.ts'
import { pairOf, type AnnexToStore, type MadeNotices } from './store-annex-notices.server.ts'

/** An annex that is to be stored, with the works that its association chose. */
export interface AnnexToGuard extends AnnexToStore, Pick<NamedWorks, 'catalogueId' | 'version' | 'chosen'> {}

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

/** Leaves out of annexes what open notices ask already, or ties the new notices to these, as the association chose. */
export async function guardAnnexes(
  tx: Transaction,
  making: Making,
  { annexes, at }: { annexes: readonly AnnexToGuard[]; at: Date },
): Promise<GuardedAnnexes> {
  if (annexes.length === 0) return { annexes, leftOut: [], ties: [] }
  const { content, filingId } = making
  const measures = content.filing.measures.map(({ measure }) => measure)
  const earlier = await findRepeatedWorks(tx, annexes, { measures, filingId })
  const guarded = []
  for (const annex of annexes) {
    const repeated = earlier.get(annex.memberId) ?? []
    guarded.push(await settle(tx, { annex, repeated, choice: content.duplicates ?? 'link', at }))
  }
  return {
    annexes: guarded.flatMap(({ annex }) => (annex.vendors.length === 0 ? [] : [annex])),
    leftOut: guarded.flatMap(({ leftOut }) => leftOut),
    ties: guarded.flatMap(({ ties }) => ties),
  }
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
      left: await freezeRest(tx, { memberId, repeated: some, at }),
    },
    leftOut: [...gone].map((vendorId) => ({ memberId, vendorId, because: 'duplicate' })),
    ties: [],
  }
}

// Of a long row of notices the latest lead to the others.
const mostRelated = 20

/**
 * Ties new notices to the earlier ones that ask for the same: as linked, or to take their place once they are served. One that was
 * not sent yet has no place to take, and is linked.
 */
export async function tieAnnexes(
  tx: Transaction,
  { content }: Pick<Making, 'content'>,
  { ties, made, at }: { ties: readonly Tie[]; made: MadeNotices; at: Date },
): Promise<void> {
  const supersedes = content.duplicates === 'supersede'
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
