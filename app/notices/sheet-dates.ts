import { normalText } from '#app/platform/normal-text.ts'
import { z } from 'zod'

/** A day as it was typed into a cell: understood, not a day, or one that can be read two ways. */
export type ReadDay = { readonly day: string } | { readonly because: 'unreadable-date' | 'ambiguous-date' }

/**
 * Reads a day as spreadsheets write it: they turn `2026-12-01` into what their country likes. A day that could be meant
 * two ways is not guessed.
 *
 * @returns `YYYY-MM-DD`
 */
export function readDay(typed: string): ReadDay {
  const text = normalText(typed, 'NFKC')
    .trim()
    .replace(/[T ]00:00(?::00(?:\.0+)?)?Z?$/u, '')
  const first = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u.exec(text)
  if (first) return dayOf(first[1], first[2], first[3])
  // Points stand between day, month and year wherever they are used.
  const points = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/u.exec(text)
  if (points) return dayOf(points[3], points[2], points[1])
  const last = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/u.exec(text)
  if (!last) return { because: 'unreadable-date' }
  const [, one = '', two = '', year] = last
  if (Number(one) > 12) return dayOf(year, two, one)
  if (Number(two) > 12 || Number(one) === Number(two)) return dayOf(year, one, two)
  return { because: 'ambiguous-date' }
}

function dayOf(year = '', month = '', day = ''): ReadDay {
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return z.iso.date().safeParse(written).success ? { day: written } : { because: 'unreadable-date' }
}
