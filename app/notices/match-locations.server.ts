import type { Transaction } from '#app/platform/db.server.ts'
import type { FilingContent } from './filing-draft.ts'
import type { FilingLocation } from './filing-facts.ts'
import { candidatesOf } from './match-works.server.ts'
import { worksChosen, type BoundChoice } from './resolve-scope.server.ts'

type Typed = FilingContent['particulars']['locations']

/**
 * The locations of a draft with the works that their words name: the catalogue's own id, an identifier in any way of
 * writing it, or the exact title. Only a work of the filing counts, and only where the words name no second one.
 *
 * @param bound the works of the filing; null while none are chosen
 */
export async function matchLocations(
  tx: Transaction,
  typed: Typed,
  bound: BoundChoice | null,
): Promise<readonly FilingLocation[]> {
  const names = [...new Set(typed.map(({ work }) => work).filter((words) => words !== ''))]
  const found = bound === null || names.length === 0 ? new Map<string, Named>() : await worksNamed(tx, names, bound)
  return typed.map(({ url, work: words }) => ({ url, words, work: found.get(words) ?? null }))
}

type Named = NonNullable<FilingLocation['work']>

async function worksNamed(tx: Transaction, names: string[], bound: BoundChoice): Promise<Map<string, Named>> {
  const { choice, version } = bound
  const { catalogueId } = choice
  const candidates = names.flatMap((name, index) => candidatesOf(name, index))
  // Looked up in what the catalogue holds now, along its indexes; what counts is the row of the version that is filed.
  const rows = await tx.$queryRaw<{ line: number; id: string; title: string }[]>`
    with q as (select text, line::int from unnest(${names}::text[]) with ordinality as given (text, line)),
    named as (
      select q.line, w.work_id from q join work w on w.catalogue_id = ${catalogueId}::uuid and w.external_id = q.text and w.valid_to is null
      union
      select q.line, w.work_id from q join work w on w.catalogue_id = ${catalogueId}::uuid and left(w.title, 200) = left(q.text, 200)
        and w.title = q.text and w.valid_to is null
      union
      select c.line + 1, i.work_id from unnest(${candidates.map(({ line }) => line)}::int[],
          ${candidates.map(({ scheme }) => scheme)}::text[], ${candidates.map(({ value }) => value)}::text[]) c (line, scheme, value)
        join work_identifier i on i.catalogue_id = ${catalogueId}::uuid and i.scheme = c.scheme and i.value = c.value
        where i.valid_from <= ${version} and (i.valid_to is null or i.valid_to > ${version}))
    select named.line, w.work_id as id, w.title from named join work w on w.work_id = named.work_id where ${worksChosen(bound)}`
  const byLine = Map.groupBy(rows, ({ line }) => line)
  return new Map(
    names.flatMap((name, index): [string, Named][] => {
      const [only, another] = byLine.get(index + 1) ?? []
      return only === undefined || another !== undefined ? [] : [[name, { id: only.id, title: only.title }]]
    }),
  )
}
