import { log } from './log.server.ts'

/** Something that is done again and again. */
export type Rounds = {
  /** Does it now, or right after the round that runs. */
  ring(): void
  /** Waits for the round that runs, and does no other. */
  end(): Promise<void>
}

/**
 * Does several things one after another. One that fails keeps none of the others from being done, and is thrown at the end.
 *
 * @throws AggregateError of what failed
 */
export async function doEach(things: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = []
  for (const thing of things) {
    try {
      await thing()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of ${things.length} things failed`)
}

/** Does a round now, whenever it is rung for, and `everyMs` after the last. A round that fails is logged, and comes again. */
export function keepDoing(what: string, everyMs: number, round: () => Promise<void>): Rounds {
  const state = { wanted: false, ended: false }
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()

  async function go(): Promise<void> {
    do {
      state.wanted = false
      try {
        await round()
      } catch (error) {
        log.error({ err: error, what }, 'a round of the worker failed')
      }
    } while (state.wanted && !state.ended)
    if (!state.ended) timer = setTimeout(start, everyMs)
  }

  function start(): void {
    clearTimeout(timer)
    timer = undefined
    running = go()
  }

  start()
  return {
    ring() {
      state.wanted = true
      if (timer !== undefined) start()
    },
    async end() {
      state.ended = true
      clearTimeout(timer)
      await running
    },
  }
}
