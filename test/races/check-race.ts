import { isStep, type Step } from '#app/notices/lifecycle.ts'
import type { RacedAct, Racer } from './acts.ts'
import { stepOf, submitted, verdictOf, withWindow, type Modelled, type Verdict } from './model.ts'
import type { Told } from './run-act.ts'

/** An act as it was seen from outside: when it began and ended, counted in ticks and by the clock, and what was told. */
export interface Seen {
  readonly racer: Racer
  readonly act: RacedAct
  readonly from: Moment
  readonly until: Moment
  readonly told: Told
}

/** A moment of a race. */
export interface Moment {
  readonly tick: number
  readonly at: string
}

/** A line of the ledger as it was read in the end. */
export interface ReadLine {
  readonly sequence: number
  readonly type: string
  readonly at: string
  readonly key: string | null
  readonly payload: {
    readonly stage: string
    readonly clocks?: readonly { readonly kind: string; readonly dueAt: string; readonly because?: string }[]
  }
}

/** What a race came to: what no order of one person after the other explains, and where the notice would stand. */
export interface Checked {
  readonly faults: readonly string[]
  readonly end: Modelled
}

type Prefix = { readonly state: Modelled; readonly from: number }

/**
 * Holds what people were told of one notice against its ledger: the lines give the order, the lifecycle table says what
 * each act comes to in that order, and every answer must be one that was true at some moment between asking and hearing.
 *
 * @param keyed the names of keys that lines carry, by key
 */
export function checkRace(
  lines: readonly ReadLine[],
  seen: readonly Seen[],
  keyed: ReadonlyMap<string, string>,
): Checked {
  const faults: string[] = []
  // What holds after so many lines, and the tick before which the last of them cannot have been there.
  const prefixes: Prefix[] = [
    { state: submitted, from: 0 },
    { state: submitted, from: 0 },
  ]
  const used = new Set<Seen>()
  let state = submitted
  for (const [index, line] of lines.entries()) {
    if (line.sequence !== index + 1) faults.push(`line ${line.sequence} stands at place ${index + 1}`)
    if (index === 0) continue
    const next = lines[index + 1]
    const step: Step | null = isStep(line.type) ? line.type : null
    const round = step === 'decision.lapsed' || step === 'reminder.due' ? step : null
    const before = lastOf(prefixes)
    if (round) {
      state = withWindow(state, afterRound(state, round), line.payload.clocks ?? [])
      prefixes.push({ state, from: before.from })
      continue
    }
    const by = claimOf(seen, used, line, keyed)
    if (by) {
      used.add(by)
      const verdict = verdictOf(state, { racer: by.racer, act: by.act, at: line.at })
      faults.push(...lineFaults(line, verdict, by))
      state = verdict.as === 'line' ? withWindow(state, verdict.after, line.payload.clocks ?? []) : state
      prefixes.push({ state, from: Math.max(before.from, by.from.tick) })
      faults.push(...orderFaults(seen, by, line))
      continue
    }
    // Written with the answer that follows, which is judged from before both.
    const first = step === 'notice.acknowledged' && next && isAnswer(claimOf(seen, used, next, keyed))
    if (!first) faults.push(`nobody wrote line ${line.sequence}, ${line.type}`)
  }
  for (const each of seen) if (!used.has(each)) faults.push(...unlinedFaults(each, prefixes))
  return { faults, end: state }
}

function isAnswer(by: Seen | undefined): boolean {
  return by !== undefined && ['answer all', 'answer some', 'declare', 'ask', 'send back'].includes(by.act.does)
}

function claimOf(
  seen: readonly Seen[],
  used: ReadonlySet<Seen>,
  line: ReadLine,
  keyed: ReadonlyMap<string, string>,
): Seen | undefined {
  const exact = seen.filter(({ told }) => told.as === 'line' && told.sequence === line.sequence)
  if (exact.length > 1) throw new Error(`${exact.length} acts were told that line ${line.sequence} is theirs`)
  if (exact[0]) return exact[0]
  const name = line.key === null ? null : keyed.get(line.key)
  return seen.find((each) => {
    if (used.has(each) || each.told.as !== 'done' || stepOf[each.act.does] !== line.type) return false
    return each.act.does === 'write' ? `write ${each.act.key}` === name : each.racer === 'portal'
  })
}

function lineFaults(line: ReadLine, verdict: Verdict, { racer, act }: Seen): string[] {
  const what = `line ${line.sequence}: ${racer} ${JSON.stringify(act)}`
  if (stepOf[act.does] !== line.type) return [`${what} is told as ${line.type}`]
  if (verdict.as !== 'line') return [`${what} should be ${JSON.stringify(verdict)}`]
  return verdict.to === line.payload.stage ? [] : [`${what} leads to ${line.payload.stage} instead of ${verdict.to}`]
}

// What somebody had heard of before this was asked stands before it.
function orderFaults(seen: readonly Seen[], by: Seen, line: ReadLine): string[] {
  const late = seen.filter(
    ({ told, until }) => told.as === 'line' && until.tick < by.from.tick && told.sequence > line.sequence,
  )
  return late.length === 0 ? [] : [`line ${line.sequence} stands before lines that were there when it was asked for`]
}

function unlinedFaults(each: Seen, prefixes: readonly Prefix[]): string[] {
  const { racer, act, told, from, until } = each
  if (told.as === 'line') return [`line ${told.sequence} is missing: ${racer} ${JSON.stringify(act)}`]
  const open = prefixes.filter((prefix) => prefix.from < until.tick)
  const verdicts = open.flatMap(({ state }) => [from.at, until.at].map((at) => verdictOf(state, { racer, act, at })))
  if (verdicts.some((verdict) => explains(verdict, each))) return []
  return [`${racer} ${JSON.stringify(act)} was told ${JSON.stringify(told)}: ${JSON.stringify(verdicts.map(plain))}`]
}

function plain(verdict: Verdict): string {
  return verdict.as === 'refused' ? verdict.because : verdict.as
}

function explains(verdict: Verdict, { racer, act, told }: Seen): boolean {
  if (told.as === 'done') return verdict.as === 'nothing' || (racer === 'portal' && verdict.as === 'refused')
  if (told.as === 'refused') {
    // Row-level security lets those who only read lock nothing, whatever they ask.
    if (racer.endsWith('viewer') && told.because === 'role-too-low') return true
    return verdict.as === 'refused' && verdict.because === told.because
  }
  if (verdict.as === 'nothing') return true
  const ends = act.does === 'answer question' || act.does === 'close question'
  return ends && verdict.as === 'refused' && ['already-taken', 'not-now'].includes(verdict.because)
}

function afterRound(state: Modelled, step: 'decision.lapsed' | 'reminder.due'): Modelled {
  const stage = step === 'decision.lapsed' ? 'closed' : state.stage
  return { ...state, stage, taken: [...state.taken, step] }
}

function lastOf(prefixes: readonly Prefix[]): Prefix {
  const last = prefixes.at(-1)
  if (!last) throw new Error('A race has a beginning')
  return last
}
