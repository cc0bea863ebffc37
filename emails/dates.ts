import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { cityOf } from '#app/ui/cities.ts'
import { formatDate, formatTime } from '#app/ui/format.ts'

/** The city by which a zone is named to the reader. */
export function cityHere(zone: string): string {
  return cityOf(zone, getLocale() === 'ja' ? 'ja' : 'en')
}

/** An instant in one or two zones: `9 Nov 2026, 17:04 in Los Angeles; ...`; a zone that is named twice is said once. */
export function instantInZones(iso: string, zones: readonly string[]): string {
  return [...new Set(zones)]
    .map((zone) => m.mails_instant({ date: formatDate(iso, zone), time: formatTime(iso, zone), city: cityHere(zone) }))
    .join(m.mails_and_also())
}
