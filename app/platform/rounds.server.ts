import { log } from './log.server.ts'

/** Something that is done again and again. */
export type Rounds = {
  /** Does it now, or right after the round that runs. */
  ring(): void
  /** Waits for the round that runs, and does no other. */
  end(): Promise<void>
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
