import { Temporal } from 'temporal-polyfill'

/**
 * The instants at which the months of a filter begin and are over; null where it has none.
 *
 * @returns ISO 8601 in UTC
 */
export function monthTurns(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  timeZone: string,
): { readonly from: string | null; readonly before: string | null } {
  return {
    from: from === undefined ? null : turnOf(Temporal.PlainYearMonth.from(from), timeZone),
    before: to === undefined ? null : turnOf(Temporal.PlainYearMonth.from(to).add({ months: 1 }), timeZone),
  }
}

function turnOf(turned: Temporal.PlainYearMonth, timeZone: string): string {
  return turned.toPlainDate({ day: 1 }).toZonedDateTime(timeZone).toInstant().toString()
}

/** The months up to that of a day, the latest first. */
export function latestMonths(today: string, many: number): readonly string[] {
  const last = Temporal.PlainDate.from(today).toPlainYearMonth()
  return Array.from({ length: many }, (_, back) => last.subtract({ months: back }).toString())
}
