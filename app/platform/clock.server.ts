import { readFileSync } from 'node:fs'
import { env } from './env.server.ts'

const state = { offsetMs: 0, file: { offsetMs: 0, readMs: 0 } }

/** The present instant. Everything that needs the time asks here, so that tests and the demo story can move it. */
export function now(): Date {
  return new Date(Date.now() + state.offsetMs + fileOffsetMs())
}

/** Sets the clock to `instant`; it runs on from there. `null` returns to the machine's clock. For tests and seeds only. */
export function setClock(instant: Date | null): void {
  state.offsetMs = instant === null ? 0 : instant.getTime() - Date.now()
}

const freshMs = 200

// A story in a browser moves the clocks of all processes at once, by the milliseconds in the file that CAVEAT_CLOCK
// names. The environment refuses it in production.
function fileOffsetMs(): number {
  const { CAVEAT_CLOCK } = env()
  if (CAVEAT_CLOCK === undefined) return 0
  const at = Date.now()
  if (at - state.file.readMs > freshMs)
    state.file = { offsetMs: Number(readFileSync(CAVEAT_CLOCK, 'utf8')), readMs: at }
  return state.file.offsetMs
}
