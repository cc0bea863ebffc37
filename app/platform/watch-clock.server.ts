import { now } from './clock.server.ts'

/** More than this a clock does not gain or lose by itself between two looks. */
const mostDriftMs = 5_000

const look = () => ({ clockMs: now().getTime(), steadyMs: performance.now() })

/**
 * Notices when the portal's clock is set forward or back, by comparing it with one that nobody sets. Ask it every few seconds.
 *
 * @returns whether the clock was set within the last `seconds`; a process that has just begun knows of nothing
 */
export function watchClock(seconds: number): () => boolean {
  let last = look()
  let setMs = Number.NEGATIVE_INFINITY
  return () => {
    const seen = look()
    const driftMs = seen.clockMs - last.clockMs - (seen.steadyMs - last.steadyMs)
    if (Math.abs(driftMs) > mostDriftMs) setMs = seen.steadyMs
    last = seen
    return seen.steadyMs - setMs < seconds * 1000
  }
}
