import { setTimeout as wait } from 'node:timers/promises'
import type { SmtpSink } from '#test/smtp-sink.ts'
import { answerOnce } from './answering-journey.ts'
import { drawFrom } from './draw.ts'
import { fileOnce, recallOnce, type Filer } from './filing-journey.ts'
import { eachOnce, harmsOf, keepHurting, type Harm } from './killer.ts'
import { password, type People } from './people.ts'
import type { HurtPortal } from './portal.ts'
import type { ActRecord } from './record.ts'
import { misbehave } from './sink-plan.ts'
import { newVisitor, RunEnded, type Visitor } from './visitor.ts'

/** Everything that a run is made of. */
export interface Run {
  readonly portal: HurtPortal
  readonly people: People
  readonly record: ActRecord
  readonly sink: SmtpSink
  readonly seed: number
  readonly seconds: number
  /** How long the portal is left alone between two harms, at most. */
  readonly pauseMs: number
}

/** What was done to the portal, and what should not have happened to its users. */
export interface Lived {
  readonly harms: readonly Harm[]
  readonly troubles: readonly string[]
}

/** Lets everybody work while the portal is hurt. */
export async function live(run: Run): Promise<Lived> {
  const { portal, people, seed, sink } = run
  const harms: Harm[] = []
  const troubles: string[] = []
  const ended = endOf(run, harms)
  const guarded = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work
    } catch (error) {
      if (error instanceof RunEnded) return
      troubles.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
    }
  }
  const signedIn = await signEverybodyIn(run, ended)
  const followed: Promise<void>[] = []
  const follow = (filer: Filer, notice: string) => {
    const draw = drawFrom(seed + 1_000 + followed.length)
    const stranger = newVisitor(portal.url, run.record, ended)
    const { vendors } = people
    const around = { vendors, desks: signedIn.desks, stranger, filer, sink, record: run.record, draw, ended }
    followed.push(guarded(answerOnce({ ...around, mailInPort: portal.mailInPort }, notice)))
  }
  const behave = misbehave(sink, drawFrom(seed + 1), people.deaf.address)
  const hurting = {
    draw: drawFrom(seed + 2),
    ended,
    first: eachOnce(harmsOf(portal), drawFrom(seed + 3)),
    pauseMs: run.pauseMs,
    accepted: () => run.record.accepted(),
  }
  await Promise.all([
    ...signedIn.filers.map((filer) => guarded(keepFiling({ filer, people, ended, follow }))),
    guarded(keepHurting(portal, hurting, (harm) => harms.push(harm))),
  ])
  await Promise.all(followed)
  behave()
  return { harms, troubles }
}

// On a machine that has much else to do everything takes longer: what has to happen happens, within limits.
function endOf({ portal, seconds, record }: Run, done: readonly Harm[]): () => boolean {
  const began = Date.now()
  return () => {
    const passed = (Date.now() - began) / 1_000
    const hurt = new Set(done).size >= new Set(harmsOf(portal)).size
    const enough = hurt && record.accepted() >= 12 && record.accepted('step') > 1
    return passed > seconds && (enough || passed > seconds + 100)
  }
}

async function signEverybodyIn({ portal, people, record, seed }: Run, ended: () => boolean) {
  const desks = new Map<string, Visitor>()
  for (const vendor of people.vendors) {
    const desk = newVisitor(portal.url, record, ended)
    await desk.signIn(vendor.email, password)
    desks.set(vendor.id, desk)
  }
  const filers: Filer[] = []
  for (const [index, holder] of people.holders.entries()) {
    const visitor = newVisitor(portal.url, record, ended)
    await visitor.signIn(holder.email, password)
    filers.push({ holder, visitor, draw: drawFrom(seed + 100 + index) })
  }
  return { desks, filers }
}

interface Filing {
  readonly filer: Filer
  readonly people: People
  readonly ended: () => boolean
  readonly follow: (filer: Filer, notice: string) => void
}

/** Files one filing after another; what can be recalled is recalled now and then, the rest is followed to its end. */
async function keepFiling({ filer, people, ended, follow }: Filing): Promise<void> {
  const { holder, draw } = filer
  for (const catalogueId of holder.catalogues) {
    if (ended()) return
    const made = await fileOnce(filer, catalogueId, drawAddressees(filer, people))
    if (made === null) continue
    if (holder.undoMinutes === 0) for (const notice of made.notices) follow(filer, notice)
    else if (draw.chance(0.5)) {
      await wait(draw.between(0, 500))
      await recallOnce(filer, made.reference)
    }
  }
}

function drawAddressees({ draw }: Filer, { vendors, deaf }: People) {
  if (draw.chance(0.1)) return [deaf]
  const first = draw.between(0, vendors.length - 1)
  const count = draw.chance(0.4) ? 2 : 1
  return [...vendors, ...vendors].slice(first, first + count)
}
