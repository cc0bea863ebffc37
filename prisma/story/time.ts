import { setClock } from '#app/platform/clock.server.ts'

const start = Date.now()

/** Moves the story to so many days ago, at an hour and minute of UTC. */
export function goTo(daysAgo: number, hour: number, minute = 0): void {
  const day = new Date(start - daysAgo * 86_400_000)
  day.setUTCHours(hour, minute, 0, 0)
  setClock(day)
}

/** A day of the story as `2026-11-22`, so many days from now. */
export function inDays(days: number): string {
  return new Date(start + days * 86_400_000).toISOString().slice(0, 10)
}
