import { setTimeout as sleep } from 'node:timers/promises'

// Longer than either way through takes on a busy machine, so that the time of an answer tells nothing.
const floorMs = 350

/** Runs `fn` and answers no sooner than a fixed time, whether the address was known or not. */
export async function atAnEvenPace<T>(fn: () => Promise<T>): Promise<T> {
  const [value] = await Promise.all([fn(), sleep(floorMs)])
  return value
}

/** Runs `fn`; that it found nothing is answered no sooner than after a fixed time, whatever it looked for. */
export async function noneAtAnEvenPace<T>(fn: () => Promise<T | undefined>): Promise<T | undefined> {
  const pace = sleep(floorMs, undefined, { ref: false })
  const found = await fn()
  if (found === undefined) await pace
  return found
}
