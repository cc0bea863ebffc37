import { foldText } from '#app/catalogues/fold-text.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { FilingContent } from './filing-draft.ts'
import type { FilingWork } from './filing-works.ts'
import { worksChosen } from './resolve-scope.server.ts'

const perPage = 50
const mostSorted = 200_000

/**
 * A page of works by title: those of the filter, to take single ones out, or those of the catalogue, to pick from.
 *
 * @param wanted.after the work that ended the page before
 */
export async function listFilingWorks(
  tx: Transaction,
  { content, search, after }: { content: FilingContent; search: string; after: string | null },
): Promise<{ works: FilingWork[]; next: string | null }> {
  const { catalogueId, version, kind, filter, except, workIds } = content.scope
  if (catalogueId === null || version === null) return { works: [], next: null }
  const choice =
    kind === 'filtered' ? { kind, catalogueId, filter, except: [] } : ({ kind: 'all', catalogueId } as const)
  const found =
    search === ''
      ? Prisma.sql`true`
      : Prisma.sql`w.work_id in (select s.work_id from search_works(${catalogueId}::uuid, ${foldText(search)}, ${version}::int, null, null, 10000) s)`
  const rows = await tx.$queryRaw<FilingWork[]>`
    select w.work_id as "workId", w.title, w.external_id as "externalId", w.year,
      ${kind === 'chosen' ? Prisma.sql`w.work_id = any(${workIds}::uuid[])` : Prisma.sql`w.work_id <> all(${except}::uuid[])`} as included
    from work w where ${worksChosen({ choice, version })} and ${found} and ${await onIndex(tx, catalogueId, version)}
      and (${after}::uuid is null or (w.title, w.work_id) > (select a.title, a.work_id from work a
        where a.catalogue_id = ${catalogueId}::uuid and a.work_id = ${after}::uuid and a.valid_from <= ${version} and (a.valid_to is null or a.valid_to > ${version})))
    order by w.title, w.work_id limit ${perPage + 1}`
  const works = rows.slice(0, perPage)
  return { works, next: rows.length > perPage ? (works.at(-1)?.workId ?? null) : null }
}

// A catalogue too large to be sorted is read along its index of present titles, which leaves out those of 500 characters and more.
async function onIndex(tx: Transaction, catalogueId: string, version: number): Promise<Prisma.Sql> {
  const large = await tx.catalogueVersion.findFirst({
    where: { catalogueId, version, worksCount: { gt: mostSorted }, catalogue: { currentVersion: version } },
    select: { version: true },
  })
  return large === null ? Prisma.sql`true` : Prisma.sql`w.valid_to is null and length(w.title) < 500`
}
