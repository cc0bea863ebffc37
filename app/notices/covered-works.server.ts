import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { Coverage, EarlierNotice } from './duplicates.ts'
import type { LetterWork } from './letter-facts.ts'
import { worksChosen, type BoundChoice } from './resolve-scope.server.ts'

/** The works of a choice, and what earlier notices already ask of them. */
export interface CoveredChoice {
  readonly organisationId: string
  readonly bound: BoundChoice
  readonly coverage: Coverage
  /** The condition on `work w` where the worker asks: it is no member of the organisation, whose functions would tell it nothing. */
  readonly asWorker?: Prisma.Sql
}

// What the lists of these notices name; a member of their holder asks a function, which checks that first.
function listedWorks(
  { organisationId, asWorker }: Omit<CoveredChoice, 'coverage'>,
  ids: readonly string[],
): Prisma.Sql {
  if (asWorker === undefined) return Prisma.sql`listed_works_of(${organisationId}::uuid, ${[...ids]}::uuid[])`
  return Prisma.sql`(select n.id as notice_id, x.work_id from notice n join notice_scope_work x on x.scope_id = n.scope_id
    where n.id = any(${[...ids]}::uuid[]) and not exists (
      select from outcome_cell c where c.notice_id = n.id and c.work_id = x.work_id and c.outcome = 'withdrawn'))`
}

/**
 * The works of a choice, each with the measures that earlier notices ask of it as bits: columns `work_id`, `row_sha256`,
 * `title`, `year` and `mask`.
 *
 * @param only of the works that some earlier notice names, where only lists are in question: then the lists lead the way
 */
function maskedWorks(choice: CoveredChoice, only: 'covered' | 'all'): Prisma.Sql {
  const { bound, coverage, asWorker } = choice
  const { base, versions, listed, trimmed } = coverage
  const listsLead = only === 'covered' && base === 0 && versions.length === 0 && trimmed.length === 0
  const ids = listed.map(({ id }) => id)
  const lists = Prisma.sql`(select p.work_id, bit_or(g.mask) as mask from ${listedWorks(choice, ids)} p
    join unnest(${ids}::uuid[], ${listed.map(({ mask }) => mask)}::int[]) g (id, mask) on g.id = p.notice_id group by p.work_id)`
  const parts = [
    Prisma.sql`${base}::int`,
    ...versions.map(({ version, mask }) => Prisma.sql`case when ${stoodIn(version)} then ${mask}::int else 0 end`),
    ...trimmed.map(
      ({ id, version, mask }) => Prisma.sql`case when ${stoodIn(version)} and w.work_id not in (
        select c.work_id from outcome_cell c where c.notice_id = ${id}::uuid and c.outcome = 'withdrawn') then ${mask}::int else 0 end`,
    ),
    ...(listed.length === 0 ? [] : [Prisma.sql`coalesce(l.mask, 0)`]),
  ]
  const joined =
    listed.length === 0
      ? Prisma.sql`from work w`
      : listsLead
        ? Prisma.sql`from ${lists} l join work w on w.work_id = l.work_id`
        : Prisma.sql`from work w left join ${lists} l on l.work_id = w.work_id`
  return Prisma.sql`select w.work_id, w.row_sha256, w.title, w.year, ${Prisma.join(parts, ' | ')} as mask ${joined} where ${asWorker ?? worksChosen(bound)}`
}

// Most works keep their row from version to version: only a changed one is looked for.
function stoodIn(version: number): Prisma.Sql {
  return Prisma.sql`(w.valid_from <= ${version} and (w.valid_to is null or w.valid_to > ${version}) or exists (
    select from work o where o.catalogue_id = w.catalogue_id and o.work_id = w.work_id
      and o.valid_from <= ${version} and (o.valid_to is null or o.valid_to > ${version})))`
}

/** How many works of a choice earlier notices name at all, how many by every measure, and which measures these are as bits. */
export async function countCovered(
  tx: Transaction,
  choice: CoveredChoice,
  all: number,
): Promise<{ readonly works: number; readonly covered: number; readonly mask: number }> {
  const { base, full } = choice.coverage
  // One notice about the whole of this version says it all: a million works are not counted.
  if (base === full) return { works: all, covered: all, mask: full }
  const [row] = await tx.$queryRaw<{ works: number; covered: number; mask: number }[]>`
    select count(*) filter (where mask <> 0)::int as works, count(*) filter (where mask = ${full}::int)::int as covered,
      coalesce(bit_or(mask), 0)::int as mask from (${maskedWorks(choice, 'covered')}) x`
  return row ?? { works: 0, covered: 0, mask: 0 }
}

/** What is left of a choice without the works of which every measure is asked already. */
export async function findLeft(
  tx: Transaction,
  choice: CoveredChoice,
): Promise<{ readonly count: number; readonly examples: readonly LetterWork[] }> {
  const { base, full } = choice.coverage
  if (base === full) return { count: 0, examples: [] }
  const [row] = await tx.$queryRaw<{ count: number; examples: LetterWork[] | null }[]>`
    with kept as materialized (select work_id, title, year from (${maskedWorks(choice, 'all')}) x where mask <> ${full}::int)
    select (select count(*)::int from kept) as count, (select json_agg(e) from (
      select title, year from kept where length(title) < 500 order by title, work_id limit 5) e) as examples`
  return { count: row?.count ?? 0, examples: row?.examples ?? [] }
}

/** Freezes what is left as a list of its own. Returns the count and the hash of the list. */
export async function storeLeft(
  tx: Transaction,
  choice: CoveredChoice,
  { scopeId, at }: { scopeId: string; at: Date },
): Promise<{ readonly works: number; readonly sha256: string }> {
  const { organisationId, bound, coverage } = choice
  const kept = Prisma.sql`select work_id, row_sha256 from (${maskedWorks(choice, 'all')}) x where mask <> ${coverage.full}::int`
  const [row] = await tx.$queryRaw<{ works: number; sha256: string }[]>`
    insert into notice_scope (id, organisation_id, catalogue_id, version, kind, works_count, works_sha256, created_at)
    select ${scopeId}::uuid, ${organisationId}::uuid, ${bound.choice.catalogueId}::uuid, ${bound.version}::int, 'listed', count(*)::int,
      encode(sha256(convert_to(coalesce(string_agg(k.work_id || ' ' || k.row_sha256 || chr(10), '' order by k.work_id), ''), 'UTF8')), 'hex'),
      ${at}::timestamptz from (${kept}) k
    returning works_count as works, works_sha256 as sha256`
  if (!row) throw new Error(`scope ${scopeId} could not be frozen`)
  await tx.$executeRaw`insert into notice_scope_work (scope_id, work_id) select ${scopeId}::uuid, k.work_id from (${kept}) k`
  return row
}

/** Which of these notices name a work of the choice at all. */
export async function findOverlapping(
  tx: Transaction,
  choice: Omit<CoveredChoice, 'coverage'>,
  notices: readonly EarlierNotice[],
): Promise<ReadonlySet<string>> {
  const { bound, asWorker } = choice
  const works = asWorker ?? worksChosen(bound)
  // Notices of one filing share its list: 200 of them over 100,000 works are a handful of lists, and each is read once: with
  // 5 lists of 99,000 works for 40 vendors that took a tenth of the time of 200 lists.
  const lists = Map.groupBy(
    notices.filter(({ kind }) => kind === 'listed'),
    ({ id, scopeId, trimmed }) => (trimmed ? id : scopeId),
  )
  const listed = [...lists.values()].flatMap(([first]) => (first === undefined ? [] : [first.id]))
  const versions = [...new Set(notices.filter(({ kind }) => kind === 'all').map(({ version }) => version))]
  // The whole of the same version names every work of any choice out of it.
  const found = new Set(versions.filter((version) => version === bound.version))
  for (const version of versions.filter((other) => other !== bound.version)) {
    const some = await tx.$queryRaw<
      unknown[]
    >`select 1 as one from work w where ${works} and ${stoodIn(version)} limit 1`
    if (some.length > 0) found.add(version)
  }
  const rows =
    listed.length === 0
      ? []
      : await tx.$queryRaw<{ id: string }[]>`
          select distinct l.notice_id as id from ${listedWorks(choice, listed)} l
          join work w on w.work_id = l.work_id where ${works}`
  const whole = notices.filter(({ kind, version }) => kind === 'all' && found.has(version))
  const named = new Set(rows.map(({ id }) => id))
  const sharing = [...lists.values()].filter(([first]) => first !== undefined && named.has(first.id)).flat()
  return new Set([...whole, ...sharing].map(({ id }) => id))
}
