import { foldText } from '#app/catalogues/fold-text.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { Measure } from '#app/notices/measures.ts'

/** Works of a notice that another notice to the same vendor names too. */
export interface LinkedWorks {
  readonly noticeId: string
  readonly workIds: readonly string[]
}

const mostNotices = 500
const mostWorks = 50_000

/**
 * The works that other open notices to the same vendor share with these notices, by an equal identifier (scheme and value), where
 * all the measures are asked of them too. A decision about a work can so be one, and each filer is told of its own notice.
 */
export async function findLinkedWorks(
  tx: Transaction,
  {
    noticeIds,
    measures,
    text,
    besides,
  }: { noticeIds: readonly string[]; measures: readonly Measure[]; text: string; besides: readonly string[] },
): Promise<readonly LinkedWorks[]> {
  const fragment = foldText(text)
  const rows = await tx.$queryRaw<LinkedWorks[]>`
    with own as materialized (
      select distinct n.vendor_id, i.scheme, i.value
      from notice n join notice_scope s on s.id = n.scope_id
      join work w on w.catalogue_id = s.catalogue_id and w.valid_from <= s.version and (w.valid_to is null or w.valid_to > s.version)
        and (s.kind = 'all' or exists (select from notice_scope_work k where k.scope_id = s.id and k.work_id = w.work_id))
        and (${fragment} = '' or position(${fragment} in w.search_text) > 0)
      join work_identifier i on i.catalogue_id = w.catalogue_id and i.work_id = w.work_id and i.valid
        and i.valid_from <= s.version and (i.valid_to is null or i.valid_to > s.version)
      where n.id = any(${[...noticeIds]}::uuid[]) limit ${mostWorks}),
    shared as (
      select o.id, w.work_id
      from own join work_identifier i on i.scheme = own.scheme and i.value = own.value and i.valid
      join notice_scope s on s.catalogue_id = i.catalogue_id and i.valid_from <= s.version and (i.valid_to is null or i.valid_to > s.version)
      join notice o on o.scope_id = s.id and o.vendor_id = own.vendor_id and o.id <> all(${[...besides]}::uuid[])
        and o.stage in ('sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed')
      join work w on w.catalogue_id = i.catalogue_id and w.work_id = i.work_id and w.valid_from <= s.version and (w.valid_to is null or w.valid_to > s.version)
      where (s.kind = 'all' or exists (select from notice_scope_work k where k.scope_id = s.id and k.work_id = w.work_id))
        and not exists (select from unnest(${[...measures]}::text[]) m where not exists (
          select from notice_measure q where q.notice_id = o.id and q.measure = m)))
    select id as "noticeId", array_agg(distinct work_id) as "workIds" from shared group by id order by id limit ${mostNotices}`
  return rows
}
