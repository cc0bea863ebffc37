import { AsyncLocalStorage } from 'node:async_hooks'

/** Where an act comes from: the network address and what the browser says of itself. */
export type OriginOfAct = { networkAddress: string; userAgent: string | null }

const current = new AsyncLocalStorage<OriginOfAct>()

/** Runs `fn` so that everything in it, and in what it awaits, knows where it comes from. */
export function withOriginOfAct<T>(origin: OriginOfAct, fn: () => T): T {
  return current.run(origin, fn)
}

/** Where the act under way comes from; undefined outside of a request, as in the worker and on the command line. */
export function originOfAct(): OriginOfAct | undefined {
  return current.getStore()
}
