import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { bitsAt, lengthOf, type MarkedCount, type Source } from './earlier-works.ts'
import type { LetterWork } from './letter-facts.ts'
import { worksChosen, type BoundChoice } from './resolve-scope.server.ts'

/** The works that are asked about on behalf of one holder. */
export interface ChosenWorks {
  readonly organisationId: string
  readonly bound: BoundChoice
  /** The condition on `work w` where the worker asks: it is no member of the organisation, whose functions would tell it nothing. */
  readonly asWorker?: Prisma.Sql
}

/** The works of a choice, and what earlier notices already ask of them. */
export interface CoveredChoice extends ChosenWorks {
  readonly sources: readonly Source[]
  /** A work that bears a bit of each is asked about by every measure already: with none of these every work is. */
  readonly askedBy: readonly string[]
}

/** What earlier notices name of a choice. */
export interface CountedSources {
  /** One notice of each list of which some work is chosen. */
  readonly listed: ReadonlySet<string>
  /** The chosen works that some source names, by the sources that name them. */
  readonly marks: readonly MarkedCount[]
}

/** Counts the chosen works by the sources that name them: lists and works are read once, however many vendors were asked. */
export async function countSources(
  tx: Transaction,
  chosen: ChosenWorks,
  sources: readonly Source[],
): Promise<CountedSources> {
  const { choice } = chosen.bound
  const enumerated = sources.some(({ works }) => works.kind === 'whole')
  // Lists are parts of the whole of their version: a catalogue of millions is not walked through to find them there.
  const leading = choice.kind === 'all' && !enumerated
  const inBoth = leading
    ? Prisma.sql`select n.* from named n where ${stillThere(chosen)}`
    : Prisma.sql`select n.* from named n full join chosen c on c.work_id = n.work_id
        where coalesce(c.chosen, false) and coalesce(n.named, false)`
  const [row] = await tx.$queryRaw<{ listed: string[] | null; marks: MarkedCount[] | null }[]>`
    with ${leading ? Prisma.empty : Prisma.sql`${chosenWorks(chosen, sources)}, `}${namedWorks(chosen, sources)},
      in_both as materialized (${inBoth}), ${gathered(sources, Prisma.sql`in_both`)},
      counted as (select m.bits, count(*)::int as works from
        (${enumerated ? marked(sources) : Prisma.sql`select bits from gathered`}) m group by m.bits)
    select (select array_agg(distinct b.notice_id) from in_both b) as listed,
      (select json_agg(json_build_object('bits', c.bits::text, 'works', c.works)) from counted c) as marks`
  return { listed: new Set(row?.listed), marks: row?.marks ?? [] }
}

/** The first works of a choice, without those of which every measure is asked already. */
export async function findLeft(tx: Transaction, choice: CoveredChoice): Promise<readonly LetterWork[]> {
  if (choice.askedBy.length === 0) return []
  return tx.$queryRaw<LetterWork[]>`
    ${leftWorks(choice, Prisma.sql`w.title, w.year`)}
    select k.title, k.year from kept k where length(k.title) < 500 order by k.title, k.work_id limit 5`
}

/** Freezes what is left as a list of its own. Returns the count and the hash of the list. */
export async function storeLeft(
  tx: Transaction,
  choice: CoveredChoice,
  { scopeId, at }: { scopeId: string; at: Date },
): Promise<{ readonly works: number; readonly sha256: string }> {
  const { organisationId, bound } = choice
  const [row] = await tx.$queryRaw<{ works: number; sha256: string }[]>`
    ${leftWorks(choice, Prisma.sql`w.row_sha256`)}
    insert into notice_scope (id, organisation_id, catalogue_id, version, kind, works_count, works_sha256, created_at)
    select ${scopeId}::uuid, ${organisationId}::uuid, ${bound.choice.catalogueId}::uuid, ${bound.version}::int, 'listed', count(*)::int,
      encode(sha256(convert_to(coalesce(string_agg(k.work_id || ' ' || k.row_sha256 || chr(10), '' order by k.work_id), ''), 'UTF8')), 'hex'),
      ${at}::timestamptz from kept k
    returning works_count as works, works_sha256 as sha256`
  if (!row) throw new Error(`scope ${scopeId} could not be frozen`)
  await tx.$executeRaw`${leftWorks(choice, Prisma.sql`w.row_sha256`)}
    insert into notice_scope_work (scope_id, work_id) select ${scopeId}::uuid, k.work_id from kept k`
  return row
}

// The beginning of a statement: `kept` are the chosen works that bear no bit for some measure.
function leftWorks(choice: CoveredChoice, columns: Prisma.Sql): Prisma.Sql {
  const { sources, askedBy } = choice
  const none = noBits(sources)
  const all = askedBy.map((bits) => Prisma.sql`(m.bits & ${bits}::varbit) <> ${none}`)
  const covered = all.length === 0 ? Prisma.sql`true` : Prisma.join(all, ' and ')
  return Prisma.sql`with ${chosenWorks(choice, sources, Prisma.sql`, ${columns}`)}, ${namedWorks(choice, sources)},
    ${gathered(sources, Prisma.sql`named`)}, kept as (select m.* from (${marked(sources)}) m where not (${covered}))`
}

function chosenWorks(
  { bound, asWorker }: ChosenWorks,
  sources: readonly Source[],
  columns: Prisma.Sql = Prisma.empty,
): Prisma.Sql {
  const whole = sources.flatMap(({ works, place }) => {
    if (works.kind !== 'whole') return []
    const bits = Prisma.sql`${bitsOf(sources, place)}::varbit`
    return [Prisma.sql`case when ${stoodIn(works.version)} then ${bits} else ${noBits(sources)} end`]
  })
  return Prisma.sql`chosen as materialized (select w.work_id, true as chosen,
    ${Prisma.join([noBits(sources), ...whole], ' | ')} as own${columns} from work w where ${asWorker ?? worksChosen(bound)})`
}

// What lists name, a line for each of them; the lists' own version says whether it must be looked for in another.
function namedWorks(chosen: ChosenWorks, sources: readonly Source[]): Prisma.Sql {
  const listed = sources.flatMap(({ works, place }) =>
    works.kind === 'listed' ? [{ id: works.noticeId, version: works.version, bits: bitsOf(sources, place) }] : [],
  )
  return Prisma.sql`named as materialized (select p.notice_id, p.work_id, g.bits, g.version, true as named
    from ${listedWorks(
      chosen,
      listed.map(({ id }) => id),
    )} p
    join unnest(${listed.map(({ id }) => id)}::uuid[], ${listed.map(({ bits }) => bits)}::varbit[], ${listed.map(({ version }) => version)}::int[])
      g (id, bits, version) on g.id = p.notice_id)`
}

// What the lists of these notices name; a member of their holder asks a function, which checks that first.
function listedWorks({ organisationId, asWorker }: ChosenWorks, ids: readonly string[]): Prisma.Sql {
  if (asWorker === undefined) return Prisma.sql`listed_works_of(${organisationId}::uuid, ${[...ids]}::uuid[])`
  return Prisma.sql`(select n.id as notice_id, x.work_id from notice n join notice_scope_work x on x.scope_id = n.scope_id
    where n.id = any(${[...ids]}::uuid[]) and not exists (
      select from outcome_cell c where c.notice_id = n.id and c.work_id = x.work_id and c.outcome = 'withdrawn'))`
}

// One row a work: the bits of the lists that name it, and those of the wholes from which it was withdrawn.
function gathered(sources: readonly Source[], named: Prisma.Sql): Prisma.Sql {
  const trimmed = sources.flatMap(({ works, place }) =>
    works.kind === 'whole' && works.trimmedBy !== null ? [{ id: works.trimmedBy, bits: bitsOf(sources, place) }] : [],
  )
  const withdrawn =
    trimmed.length === 0
      ? Prisma.empty
      : Prisma.sql`union all select c.work_id, ${noBits(sources)}, g.bits
          from unnest(${trimmed.map(({ id }) => id)}::uuid[], ${trimmed.map(({ bits }) => bits)}::varbit[]) g (id, bits)
          join outcome_cell c on c.notice_id = g.id and c.outcome = 'withdrawn'`
  return Prisma.sql`gathered as (select r.work_id, bit_or(r.bits) as bits, bit_or(r.withdrawn) as withdrawn
    from (select n.work_id, n.bits, ${noBits(sources)} as withdrawn from ${named} n ${withdrawn}) r group by r.work_id)`
}

// Under row security every way of reading works looks about as dear to the planner, and where it expects few of them it takes a nested
// loop: over a hundred thousand works and as many lines of lists that never ends. A full join is never one.
function marked(sources: readonly Source[]): Prisma.Sql {
  const none = noBits(sources)
  return Prisma.sql`select c.*, (c.own | coalesce(l.bits, ${none})) & ~ coalesce(l.withdrawn, ${none}) as bits
    from chosen c full join gathered l on l.work_id = c.work_id where coalesce(c.chosen, false)`
}

// Most works keep their row from version to version: only a changed one is looked for.
function stoodIn(version: number): Prisma.Sql {
  return Prisma.sql`(w.valid_from <= ${version} and (w.valid_to is null or w.valid_to > ${version}) or exists (
    select from work o where o.catalogue_id = w.catalogue_id and o.work_id = w.work_id
      and o.valid_from <= ${version} and (o.valid_to is null or o.valid_to > ${version})))`
}

// A line `n` of a list of another version may name a work that the version in question has not.
function stillThere({ bound }: ChosenWorks): Prisma.Sql {
  const { choice, version } = bound
  return Prisma.sql`(n.version = ${version}::int or (select true from work w where w.catalogue_id = ${choice.catalogueId}::uuid
    and w.work_id = n.work_id and w.valid_from <= ${version} and (w.valid_to is null or w.valid_to > ${version}) limit 1))`
}

function bitsOf(sources: readonly Source[], place: number): string {
  return bitsAt([place], lengthOf(sources))
}

function noBits(sources: readonly Source[]): Prisma.Sql {
  return Prisma.sql`${bitsAt([], lengthOf(sources))}::varbit`
}
