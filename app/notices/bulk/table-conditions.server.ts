import { foldText } from '#app/catalogues/fold-text.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import { hasMatterNumber } from '#app/notices/matter-number.server.ts'
import { parseReference } from '#app/notices/reference.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { stateIs } from './state-is.server.ts'
import type { TableFilter } from './table-query.ts'
import { holdersOf, isCovered, type TableViewpoint } from './table-viewpoint.server.ts'

const mostScopes = 5_000
const mostNames = 500
const mostRare = 1_000

/** The notices that a filter lets through, ready to be read, counted or kept as a selection. */
export interface TableRows {
  /** Each holder's part is read by itself, so that an order and a limit reach into its index. */
  readonly byHolder: boolean
  /** All of them are one holder's. */
  readonly isOfOne: boolean
  /** Reads columns of the covered `notice n`. */
  readonly read: (asked: Reading) => Prisma.Sql
}

interface Reading {
  readonly columns: Prisma.Sql
  /** A further condition on `notice n`. */
  readonly only?: Prisma.Sql
  /** An order and a limit, for each holder by itself where holders are walked one by one. */
  readonly each?: Prisma.Sql
  /** Fewer holders `g` than all of them, with columns that conditions may name. */
  readonly among?: (holders: Prisma.Sql) => Prisma.Sql
}

/**
 * Turns a filter into the rows that it lets through.
 *
 * @returns `walked`: the same rows holder by holder, for a filter that sounds narrow and lets many through after all
 */
export async function tableRows(
  tx: Transaction,
  { from, filter, at, few = false }: { from: TableViewpoint; filter: TableFilter; at: Date; few?: boolean },
): Promise<TableRows & { readonly walked: TableRows }> {
  const said = filter.q === undefined ? null : await whatIsMeant(tx, from, filter.q)
  const rare = await rareOnes(tx, from, filter)
  const conditions = Prisma.join(
    [
      isCovered(from),
      ...conditionsOf({ from, filter, at }),
      ...(rare === null ? [] : [Prisma.sql`n.id = any(${rare}::uuid[])`]),
      ...(said === null ? [] : [said.condition]),
    ],
    ' and ',
  )
  const holders = holdersOf(from, filter.member)
  // What only few notices have leads to them; everything else is walked holder by holder.
  const isNarrow = few || rare !== null || filter.tag !== undefined || isAssigned(filter) || said?.isNarrow === true
  const isOfOne = from.kind === 'rights_holder' || filter.member !== undefined
  const walked: TableRows = {
    byHolder: true,
    isOfOne,
    read: ({ columns, only = Prisma.sql`true`, each = Prisma.empty, among = (all) => all }) =>
      Prisma.sql`select w.* from ${among(holders)} cross join lateral (select ${columns} from notice n where ${conditions} and ${only} ${each}) w`,
  }
  if (!isNarrow) return { ...walked, walked }
  const read = ({ columns, only = Prisma.sql`true`, each = Prisma.empty }: Reading) =>
    Prisma.sql`select ${columns} from notice n join ${holders} on g.member_id = n.holder_organisation_id where ${conditions} and ${only} ${each}`
  return { byHolder: false, isOfOne, read, walked }
}

// No index knows a kind or a measure. Where the holders have few such notices their tallies lead to them: walking all that they have
// to find none takes seconds.
async function rareOnes(tx: Transaction, from: TableViewpoint, filter: TableFilter): Promise<string[] | null> {
  const { kind = null, measure = null, member } = filter
  if (kind === null && measure === null) return null
  const [row] = await tx.$queryRaw<[{ ids: string[] | null }]>`
    select few_notices(array(select g.member_id from ${holdersOf(from, member)}), ${kind}::text, ${measure}::text, ${mostRare}::int) as ids`
  return row.ids
}

function isAssigned({ assignee }: TableFilter): boolean {
  return assignee !== undefined && assignee !== 'nobody'
}

function conditionsOf({ from, filter, at }: { from: TableViewpoint; filter: TableFilter; at: Date }): Prisma.Sql[] {
  const { vendor, kind, measure, state, tag, assignee } = filter
  const own = Prisma.sql`${from.organisationId}::uuid`
  return [
    ...(vendor === undefined ? [] : [Prisma.sql`n.vendor_id = ${vendor}::uuid`]),
    ...(kind === undefined ? [] : [Prisma.sql`n.kind = ${kind}`]),
    ...(state === undefined ? [] : [stateIs(state, at)]),
    ...(filter.from === undefined
      ? []
      : [Prisma.sql`n.created_at >= (${filter.from}::date)::timestamp at time zone ${from.timeZone}`]),
    ...(filter.to === undefined
      ? []
      : [Prisma.sql`n.created_at < (${filter.to}::date + 1)::timestamp at time zone ${from.timeZone}`]),
    ...(measure === undefined ? [] : [Prisma.sql`asks_for(n.id, ${measure})`]),
    ...(tag === undefined
      ? []
      : [
          Prisma.sql`n.id in (select t.notice_id from notice_tag t where t.organisation_id = ${own} and t.tag = ${tag})`,
        ]),
    ...(assignee === undefined ? [] : [assignedTo(own, assignee)]),
  ]
}

function assignedTo(own: Prisma.Sql, assignee: string): Prisma.Sql {
  return assignee === 'nobody'
    ? Prisma.sql`not exists (select from notice_assignment s where s.organisation_id = ${own} and s.notice_id = n.id)`
    : Prisma.sql`n.id in (select s.notice_id from notice_assignment s where s.organisation_id = ${own} and s.person_id = ${assignee}::uuid)`
}

// A reference, a number of either side, a title of a cited work by any part of it, or a name of a member or a vendor.
async function whatIsMeant(
  tx: Transaction,
  from: TableViewpoint,
  typed: string,
): Promise<{ condition: Prisma.Sql; isNarrow: boolean }> {
  const reference = parseReference(typed)?.reference
  if (reference !== undefined) return { condition: Prisma.sql`n.reference = ${reference}`, isNarrow: true }
  const [found] = await tx.$queryRaw<[{ scopes: string[]; members: string[]; vendors: string[] }]>`
    with h as materialized (select g.member_id from ${holdersOf(from)})
    select array(select scopes_citing(${foldText(typed)}, array(select h.member_id from h), ${mostScopes})) as scopes,
      array(select o.id from organisation o join h on h.member_id = o.id where ${isNamed('o', typed)} limit ${mostNames}) as members,
      array(select v.id from vendor v where ${isNamed('v', typed)} limit ${mostNames}) as vendors`
  const { scopes, members, vendors } = found
  const conditions = [
    hasMatterNumber(typed),
    Prisma.sql`n.vendor_reference = ${typed}`,
    ...(scopes.length === 0 ? [] : [Prisma.sql`n.scope_id = any(${scopes}::uuid[])`]),
    ...(members.length === 0 || from.kind === 'rights_holder'
      ? []
      : [Prisma.sql`n.holder_organisation_id = any(${members}::uuid[])`]),
    ...(vendors.length === 0 ? [] : [Prisma.sql`n.vendor_id = any(${vendors}::uuid[])`]),
  ]
  return {
    condition: Prisma.sql`(${Prisma.join(conditions, ' or ')})`,
    isNarrow: members.length === 0 && vendors.length === 0,
  }
}

function isNamed(row: 'o' | 'v', typed: string): Prisma.Sql {
  const names = Prisma.raw(`lower(normalize(${row}.name || ' ' || coalesce(${row}.name_other, ''), NFKC))`)
  return Prisma.sql`strpos(${names}, lower(normalize(${typed}, NFKC))) > 0`
}
