/** Draws from a seed: the same seed, the same draws in the same order. */
export interface Draw {
  /** From 0 up to 1. */
  number(): number
  /** From `least` to `most`, both included. */
  between(least: number, most: number): number
  chance(part: number): boolean
  one<T>(of: readonly [T, ...T[]]): T
}

/** Mulberry32, a small generator that is good enough to choose faults with. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0
  const number = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    number,
    between: (least, most) => least + Math.floor(number() * (most - least + 1)),
    chance: (part) => number() < part,
    one: (of) => of[Math.floor(number() * of.length)] ?? of[0],
  }
}
