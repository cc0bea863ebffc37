import type { Transaction } from '#app/platform/db.server.ts'
import { getWorks } from './find-works.server.ts'
import type { WorkRow } from './work-row.ts'

/** One stretch of versions in which a work stayed the same. */
export type WorkSpan = { validFrom: number; validTo: number | null; title: string; madeAt: Date | null }

/** A work as it is in a version, and how it came to be so. */
export type FoundWork = { work: WorkRow; spans: WorkSpan[]; isCurrent: boolean }

/** The work of this id: as it is in the current version, or as it last was. */
export async function findWork(
  tx: Transaction,
  { catalogueId, workId }: { catalogueId: string; workId: string },
): Promise<FoundWork | null> {
  const spans = await tx.$queryRaw<WorkSpan[]>`
    select w.valid_from as "validFrom", w.valid_to as "validTo", w.title, v.made_at as "madeAt"
    from work w left join catalogue_version v on v.catalogue_id = w.catalogue_id and v.version = w.valid_from
    where w.catalogue_id = ${catalogueId}::uuid and w.work_id = ${workId}::uuid order by w.valid_from desc`
  const [latest] = spans
  if (latest === undefined) return null
  const [work] = await getWorks(tx, { catalogueId, version: latest.validFrom, ids: [workId] })
  return work === undefined ? null : { work, spans, isCurrent: latest.validTo === null }
}
