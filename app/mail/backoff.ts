const minute = 60
const hour = 60 * minute

/**
 * Seconds to wait after the first, second, third ... failed attempt; the last one repeats.
 * Quick at first, for servers that greylist; never so slow that a mail lies long after the other side is back.
 */
export const waits = [
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  20 * minute,
  40 * minute,
  hour,
  2 * hour,
  4 * hour,
] as const

/** A mail is tried for five days, as RFC 5321 section 4.5.4.1 asks for at least. */
export const triedForSeconds = 120 * hour

/**
 * When to try again.
 *
 * @param attempts how many have failed, 1 or more
 * @param firstAt when the mail was first tried
 * @param now when the last attempt ended
 * @returns null when five days have passed: the mail has failed
 */
export function nextAttemptAt({ attempts, firstAt, now }: { attempts: number; firstAt: Date; now: Date }): Date | null {
  const spentMs = now.getTime() - firstAt.getTime()
  if (spentMs >= triedForSeconds * 1000) return null
  const wait = waits[Math.min(Math.max(attempts, 1), waits.length) - 1] ?? 4 * hour
  return new Date(now.getTime() + wait * 1000)
}
