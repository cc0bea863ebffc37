import {
  byPair,
  cellOf,
  sumOf,
  troubledOf,
  type Cell,
  type CoveredMember,
  type Figures,
  type Pair,
} from './coverage.ts'
import type { CoverageQuery } from './coverage-query.ts'

interface Vendor {
  readonly id: string
  readonly name: string
  readonly nameOther: string | null
}

/** What is to be arranged: members and vendors in the order of their names. */
export interface Given {
  readonly members: readonly CoveredMember[]
  readonly vendors: readonly Vendor[]
  readonly pairs: readonly Pair[]
  /** What was counted of each vendor, with the notices and claims that were counted. */
  readonly vendorWorks: ReadonlyMap<
    string,
    { readonly works: number; readonly notices: number; readonly claims: number }
  >
}

/** A member's row: a cell for each column, null where the filter hides it. */
export interface Row {
  readonly member: CoveredMember
  readonly cells: readonly (Cell | null)[]
}

/** A matrix as it is shown. */
export interface Arranged {
  readonly vendors: readonly Vendor[]
  readonly rows: readonly Row[]
  /** The sums of each column, over all members. */
  readonly foot: readonly Figures[]
  /** Their works, each counted once whoever claims it; null where that is being counted, or the filter leaves notices out. */
  readonly footWorks: readonly (number | null)[]
  readonly total: Figures
  readonly unfiled: number
  readonly unmandated: number
}

/** Lays the pairs out as rows and columns, sorted and with only those cells that are asked for. */
export function arrange(
  { members, vendors, pairs, vendorWorks }: Given,
  { show, sort }: Pick<CoverageQuery, 'show' | 'sort'>,
): Arranged {
  const found = byPair(pairs)
  const all = members.map((member) => ({ member, cells: vendors.map(({ id }) => cellOf(member, id, found)) }))
  const every = all.flatMap(({ cells }) => cells)
  const hidden = all.map(({ member, cells }) => ({
    member,
    cells: cells.map((cell) => (isShown(cell, show) ? cell : null)),
  }))
  const rows = show === undefined ? hidden : hidden.filter(({ cells }) => cells.some((cell) => cell !== null))
  const columns = vendors.map((_, place) => show === undefined || rows.some(({ cells }) => cells[place] !== null))
  const byVendor = Map.groupBy(pairs, ({ vendorId }) => vendorId)
  const shown = vendors.filter((_, place) => columns[place])
  const foot = shown.map(({ id }) => sumOf((byVendor.get(id) ?? []).map(({ figures }) => figures)))
  return {
    vendors: shown,
    rows: sorted(rows, vendors, sort).map(({ member, cells }) => ({
      member,
      cells: cells.filter((_, place) => columns[place]),
    })),
    foot,
    footWorks: shown.map(({ id }, place) => worksOnce(vendorWorks.get(id), foot[place])),
    total: sumOf(pairs.map(({ figures }) => figures)),
    unfiled: every.filter(({ kind }) => kind === 'unfiled').length,
    unmandated: every.filter(({ kind }) => kind === 'no_mandate').length,
  }
}

// What was counted stands for these notices only: a notice more, or a mandate less, and it is counted anew.
function worksOnce(counted: { works: number; notices: number; claims: number } | undefined, sums: Figures | undefined) {
  const isTrue = counted !== undefined && counted.notices === sums?.notices && counted.claims === sums.works
  return isTrue ? counted.works : null
}

function isShown(cell: Cell, show: CoverageQuery['show']): boolean {
  if (show === undefined) return true
  return show === 'unfiled' ? cell.kind === 'unfiled' : cell.kind === 'filed' && troubledOf(cell.figures) > 0
}

// By what was asked, the most first; members come in the order of their names, which decides where that is even.
function sorted(rows: readonly Row[], vendors: readonly Vendor[], sort: CoverageQuery['sort']): readonly Row[] {
  if (sort === undefined || sort === 'name') return rows
  const place = vendors.findIndex(({ id }) => id === sort)
  const weigh = ({ cells }: Row): number => {
    const figures = (place === -1 ? cells : cells.slice(place, place + 1)).flatMap((cell) =>
      cell?.kind === 'filed' ? [cell.figures] : [],
    )
    const sum = sumOf(figures)
    return sort === 'late' ? troubledOf(sum) : sum.notices
  }
  return rows
    .map((row) => ({ row, weight: weigh(row) }))
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ row }) => row)
}
