import { mandateScopes, type Terms } from './mandate.ts'

/** The terms among the columns of `mandate_version`. */
export interface TermsRow {
  readonly scopes: readonly string[]
  readonly vendors: readonly string[]
  readonly measures: readonly string[]
  readonly catalogues: readonly string[]
  readonly approvalRequired: boolean
  readonly startsOn: Date
  readonly endsOn: Date | null
}

/** The terms of a stored version. */
export function termsOf(row: TermsRow): Terms {
  return {
    scopes: mandateScopes.filter((scope) => row.scopes.includes(scope)),
    vendors: orAll(row.vendors),
    measures: orAll(row.measures),
    catalogues: orAll(row.catalogues),
    approvalRequired: row.approvalRequired,
    startsOn: dayOf(row.startsOn),
    endsOn: row.endsOn === null ? null : dayOf(row.endsOn),
  }
}

// Prisma shows a list that is null as an empty one, and a check keeps empty ones out of the table.
function orAll(ids: readonly string[]): readonly string[] | null {
  return ids.length === 0 ? null : ids
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
