let offsetMs = 0

/** The present instant. Everything that needs the time asks here, so that tests and the demo story can move it. */
export function now(): Date {
  return new Date(Date.now() + offsetMs)
}

/** Sets the clock to `instant`; it runs on from there. `null` returns to the machine's clock. For tests and seeds only. */
export function setClock(instant: Date | null): void {
  offsetMs = instant === null ? 0 : instant.getTime() - Date.now()
}
