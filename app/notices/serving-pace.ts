/** How long one hour is, in milliseconds: the window within which first mails are counted. */
export const paceWindow = 3_600_000

/** A limit on first mails: so many within any hour, and when those that count began or will begin. */
export interface PaceLimit {
  readonly perHour: number
  /** Instants in milliseconds, in any order. */
  readonly begun: readonly number[]
}

/** A first mail that is due, with the limits it is under, by their names. */
export interface PacedMail {
  readonly id: string
  readonly limits: readonly string[]
}

/**
 * When first mails may leave so that no limit is ever passed, in the order in which they are given.
 *
 * @param at now, in milliseconds
 * @returns for each mail the earliest instant, not before `at`; what is at `at` leaves at once
 * @throws RangeError if a limit lets nothing through
 */
export function paceMails(
  mails: readonly PacedMail[],
  limits: ReadonlyMap<string, PaceLimit>,
  at: number,
): ReadonlyMap<string, number> {
  const begun = new Map([...limits].map(([name, limit]) => [name, limit.begun.toSorted((one, other) => one - other)]))
  const slots = new Map<string, number>()
  for (const { id, limits: names } of mails) {
    const slot = Math.max(at, ...names.map((name) => nextSlot(begun.get(name) ?? [], perHourOf(limits, name))))
    slots.set(id, slot)
    for (const name of names) begun.get(name)?.push(slot)
  }
  return slots
}

// Of the last `perHour` mails the first must be a whole window ago: then any window holds at most so many.
function nextSlot(begun: readonly number[], perHour: number): number {
  const blocking = begun[begun.length - perHour]
  return blocking === undefined ? 0 : blocking + paceWindow
}

function perHourOf(limits: ReadonlyMap<string, PaceLimit>, name: string): number {
  const perHour = limits.get(name)?.perHour ?? Number.POSITIVE_INFINITY
  if (perHour < 1) throw new RangeError(`the limit ${name} lets no mail through`)
  return perHour
}
