import { calendarOf, knowsCountry } from '#app/platform/holidays.server.ts'
import type { Calendar } from './working-days.ts'

/** Where the vendor's contact works. */
export type Place = {
  readonly country: string | null
  readonly region?: string | null | undefined
  readonly timeZone: string | null
}

/**
 * The working days of a place. A mail that a server has accepted must be dated whatever the directory says: without a
 * known country Monday to Friday count, and the clock says so by the country `ZZ`.
 */
export function calendarOfPlace(place: Place): Calendar {
  const key = JSON.stringify([place.country, place.region ?? null, place.timeZone])
  const found = known.get(key) ?? makeCalendar(place)
  known.set(key, found)
  return found
}

// Contacts work in few places, and every clock asks for its own: one calendar for each, for good.
const known = new Map<string, Calendar>()

function makeCalendar({ country, region, timeZone }: Place): Calendar {
  const zone = timeZone ?? 'UTC'
  if (country === null || !knowsCountry(country))
    return { country: country ?? 'ZZ', timeZone: zone, weekend: [6, 7], holidayOn: () => undefined }
  return calendarOf({ country, region, timeZone: zone })
}
