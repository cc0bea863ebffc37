import { normalText } from '#app/platform/normal-text.ts'

/** A stretch of one text that the other has too, or that it has alone. */
export interface Part {
  readonly text: string
  /** Which common run this is, counted from 1 in the order of the first text; null where nothing is in common. */
  readonly run: number | null
}

/** Two passages beside each other, each cut into parts whose texts joined are the passage. */
export interface Compared {
  readonly first: readonly Part[]
  readonly second: readonly Part[]
  readonly runs: number
  /** Only the beginnings were compared: the passages are longer than `mostTokens`. */
  readonly cut: boolean
}

/** How many words, or characters of scripts without spaces, of each passage are compared. */
export const mostTokens = 3_000
// Four words, or eight characters of a script that writes without spaces: less is chance.
const leastWeight = 8

interface Token {
  readonly text: string
  readonly from: number
  readonly to: number
  readonly weight: number
}

interface Run {
  readonly first: number
  readonly second: number
  readonly length: number
}

// Scripts without spaces between words are compared character by character. Punctuation and spaces part words and do not count.
const unspaced = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}々〆ヵヶー]\p{M}*`
const tokenPattern = new RegExp(`(${unspaced})|(?:(?!${unspaced})[\\p{L}\\p{N}\\p{M}'’])+`, 'gu')

/**
 * Marks what two passages have word for word in common: the longest runs first, none overlapping another. Case counts,
 * punctuation and spacing do not. At most `mostTokens` squared steps.
 */
export function compareTexts(first: string, second: string): Compared {
  const [one, other] = [tokensOf(first), tokensOf(second)]
  const runs = chooseRuns(one.tokens, other.tokens)
  const numbered = runs.toSorted((left, right) => left.first - right.first)
  return {
    first: partsOf(
      first,
      numbered.map((run, index) => ({ ...spanOf(one.tokens, run.first, run.length), run: index + 1 })),
    ),
    second: partsOf(
      second,
      numbered
        .map((run, index) => ({ ...spanOf(other.tokens, run.second, run.length), run: index + 1 }))
        .toSorted((left, right) => left.from - right.from),
    ),
    runs: runs.length,
    cut: one.cut || other.cut,
  }
}

function tokensOf(text: string): { tokens: readonly Token[]; cut: boolean } {
  const tokens: Token[] = []
  for (const match of text.matchAll(tokenPattern)) {
    if (tokens.length === mostTokens) return { tokens, cut: true }
    const [found, character] = match
    tokens.push({
      text: normalText(found, 'NFKC').replaceAll('’', "'"),
      from: match.index,
      to: match.index + found.length,
      weight: character === undefined ? 2 : 1,
    })
  }
  return { tokens, cut: false }
}

// Greedy: the heaviest run is taken, and of the others what it leaves of them.
function chooseRuns(one: readonly Token[], other: readonly Token[]): Run[] {
  const usedFirst = new Uint8Array(one.length)
  const usedSecond = new Uint8Array(other.length)
  const chosen: Run[] = []
  const waiting = maximalRuns(one, other).toSorted(
    (left, right) => right.length - left.length || left.first - right.first,
  )
  for (const run of waiting) {
    for (const left of freeParts(run, usedFirst, usedSecond)) {
      if (weightOf(one, left) < leastWeight) continue
      chosen.push(left)
      usedFirst.fill(1, left.first, left.first + left.length)
      usedSecond.fill(1, left.second, left.second + left.length)
    }
  }
  return chosen
}

/** Every stretch that is the same in both and can be made no longer, if it is heavy enough. */
function maximalRuns(one: readonly Token[], other: readonly Token[]): Run[] {
  const numbers = new Map<string, number>()
  const numberOf = ({ text }: Token): number => {
    const known = numbers.get(text) ?? numbers.size + 1
    numbers.set(text, known)
    return known
  }
  const left = Int32Array.from(one, numberOf)
  const right = Int32Array.from(other, numberOf)
  const runs: Run[] = []
  let above = new Int32Array(right.length + 1)
  for (let row = 0; row < left.length; row += 1) {
    const here = new Int32Array(right.length + 1)
    for (let column = 0; column < right.length; column += 1) {
      if (left[row] !== right[column]) continue
      const length = (above[column] ?? 0) + 1
      here[column + 1] = length
      if (left[row + 1] !== undefined && left[row + 1] === right[column + 1]) continue
      const run = { first: row - length + 1, second: column - length + 1, length }
      if (length >= leastWeight / 2 && weightOf(one, run) >= leastWeight) runs.push(run)
    }
    above = here
    if (runs.length > mostRuns) break
  }
  return runs
}

// Passages that repeat one word for ever have a run on every diagonal; so many tell nothing more.
const mostRuns = 20_000

function* freeParts(run: Run, usedFirst: Uint8Array, usedSecond: Uint8Array): Generator<Run> {
  let from = 0
  for (let at = 0; at <= run.length; at += 1) {
    const free = at < run.length && usedFirst[run.first + at] === 0 && usedSecond[run.second + at] === 0
    if (free) continue
    if (at > from) yield { first: run.first + from, second: run.second + from, length: at - from }
    from = at + 1
  }
}

function weightOf(tokens: readonly Token[], { first, length }: Run): number {
  if (length >= leastWeight) return length
  return tokens.slice(first, first + length).reduce((sum, { weight }) => sum + weight, 0)
}

function spanOf(tokens: readonly Token[], start: number, length: number): { from: number; to: number } {
  return { from: tokens[start]?.from ?? 0, to: tokens[start + length - 1]?.to ?? 0 }
}

function partsOf(text: string, spans: readonly { from: number; to: number; run: number }[]): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const { from, to, run } of spans) {
    if (from > at) parts.push({ text: text.slice(at, from), run: null })
    parts.push({ text: text.slice(from, to), run })
    at = to
  }
  if (at < text.length) parts.push({ text: text.slice(at), run: null })
  return parts
}
