import { Prisma } from '#app/generated/prisma/client.ts'
import { foldText } from '#app/catalogues/fold-text.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { FilingWorks } from './filing-facts.ts'
import type { LetterWork } from './letter-facts.ts'
import { mostListedWorks, type ScopeChoice } from './scope.ts'

/** A choice of works, bound to the version that the filer looked at. */
export interface BoundChoice {
  readonly choice: ScopeChoice
  readonly version: number
}

// Beyond so many works, looking for those without identifier and location would hold up the page.
const mostChecked = 100_000
const examplesShown = 5

/** The condition on `work w` that admits exactly the chosen works of that version. */
export function worksChosen({ choice, version }: BoundChoice): Prisma.Sql {
  const inVersion = Prisma.sql`w.catalogue_id = ${choice.catalogueId}::uuid
    and w.valid_from <= ${version} and (w.valid_to is null or w.valid_to > ${version})`
  if (choice.kind === 'all') return inVersion
  if (choice.kind === 'chosen') return Prisma.sql`${inVersion} and w.work_id = any(${[...choice.workIds]}::uuid[])`
  return Prisma.sql`${inVersion} and ${matching(choice, version)} and w.work_id <> all(${[...choice.except]}::uuid[])`
}

function matching({ filter, catalogueId }: Extract<ScopeChoice, { kind: 'filtered' }>, version: number): Prisma.Sql {
  const { text, kind, parentWorkId, yearFrom, yearTo } = filter
  const wanted = [
    ...(kind === undefined ? [] : [Prisma.sql`w.kind = ${kind}`]),
    ...(parentWorkId === undefined ? [] : [Prisma.sql`w.parent_work_id = ${parentWorkId}::uuid`]),
    ...(yearFrom === undefined ? [] : [Prisma.sql`w.year >= ${yearFrom}`]),
    ...(yearTo === undefined ? [] : [Prisma.sql`w.year <= ${yearTo}`]),
    ...(text === undefined
      ? []
      : [
          Prisma.sql`w.work_id in (select found.work_id from search_works(${catalogueId}::uuid, ${foldText(text)},
            ${version}::int, null, null, ${mostListedWorks}::int) found)`,
        ]),
  ]
  return wanted.length === 0 ? Prisma.sql`true` : Prisma.join(wanted, ' and ')
}

/**
 * Counts what a choice names, with the first works for the letters.
 *
 * @param wanted.unfindable also counts works with neither identifier nor location, in scopes of at most 100,000 works
 * @returns null when the catalogue is not the organisation's, or has no such version
 */
export async function findScope(
  tx: Transaction,
  wanted: { organisationId: string; bound: BoundChoice; unfindable: boolean },
): Promise<FilingWorks | null> {
  const { organisationId, bound, unfindable } = wanted
  const { choice, version } = bound
  const works = worksChosen(bound)
  // The version keeps its own count: twelve million works are not counted again for each page.
  const count =
    choice.kind === 'all' ? Prisma.sql`v.works_count` : Prisma.sql`(select count(*)::int from work w where ${works})`
  const examples = Prisma.sql`length(w.title) < 500 order by w.title, w.work_id limit ${examplesShown}`
  // Of the present version the index gives the first titles; an earlier one has to be sorted.
  const [found] = await tx.$queryRaw<
    { name: string; currentVersion: number; count: number; examples: LetterWork[] | null }[]
  >`select c.name, c.current_version as "currentVersion", ${count} as count,
      case when c.current_version = ${version}
        then (select json_agg(e) from (select w.title, w.year from work w where ${works} and w.valid_to is null and ${examples}) e)
        else (select json_agg(e) from (select w.title, w.year from work w where ${works} and ${examples}) e) end as examples
    from catalogue c join catalogue_version v on v.catalogue_id = c.id and v.version = ${version}
    where c.id = ${choice.catalogueId}::uuid and c.organisation_id = ${organisationId}::uuid`
  if (!found) return null
  return {
    catalogueId: choice.catalogueId,
    catalogue: found.name,
    version,
    currentVersion: found.currentVersion,
    count: found.count,
    whole: choice.kind === 'all',
    examples: found.examples ?? [],
    unfindable: unfindable && found.count <= mostChecked ? await countUnfindable(tx, bound) : null,
  }
}

async function countUnfindable(tx: Transaction, bound: BoundChoice): Promise<number> {
  const { version } = bound
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from work w where ${worksChosen(bound)}
      and not exists (select from work_identifier i where i.catalogue_id = w.catalogue_id and i.work_id = w.work_id
        and i.valid and i.valid_from <= ${version} and (i.valid_to is null or i.valid_to > ${version}))
      and not exists (select from work_location l where l.catalogue_id = w.catalogue_id and l.work_id = w.work_id
        and l.valid_from <= ${version} and (l.valid_to is null or l.valid_to > ${version}))`
  return row?.count ?? 0
}
