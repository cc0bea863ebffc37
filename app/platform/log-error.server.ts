import { pino } from 'pino'

// Where PostgreSQL repeats what was written: the failing row, the key that is there already, the line of a COPY.
const repeating: ReadonlySet<string> = new Set(['detail', 'where', 'internalQuery', 'parameters'])
const deepest = 6

/** An error as the log keeps it: without the fields in which a database repeats rows of people, at whatever depth. */
export function loggedError(error: unknown): unknown {
  return withoutRows(error instanceof Error ? pino.stdSerializers.err(error) : error, 0)
}

function withoutRows(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (depth > deepest) return undefined
  if (Array.isArray(value)) return value.map((each: unknown) => withoutRows(each, depth + 1))
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !repeating.has(name))
      .map(([name, each]) => [name, withoutRows(each, depth + 1)]),
  )
}
