import { calendarOf, knowsCountry } from '#app/platform/holidays.server.ts'
import type { Calendar } from './clocks.ts'

/** Where the vendor's contact works. */
export type Place = {
  readonly country: string | null
  readonly region?: string | null
  readonly timeZone: string | null
}

/**
 * The working days of a place. A mail that a server has accepted must be dated whatever the directory says: without a
 * known country Monday to Friday count, and the clock says so by the country `ZZ`.
 */
export function calendarOfPlace({ country, region, timeZone }: Place): Calendar {
  const zone = timeZone ?? 'UTC'
  if (country === null || !knowsCountry(country))
    return { country: country ?? 'ZZ', timeZone: zone, weekend: [6, 7], holidayOn: () => undefined }
  return calendarOf({ country, region, timeZone: zone })
}
