import { now } from '#app/platform/clock.server.ts'
import { type Transaction, withWorker } from '#app/platform/db.server.ts'
import { log } from '#app/platform/log.server.ts'
import { longestSendingSeconds, type MailTransport } from '#app/platform/smtp.server.ts'
import { claimMails, type LeasedMail } from './claim-mails.server.ts'
import { senderAddress } from './compose.server.ts'
import type { MailHandlers } from './mail-handlers.ts'
import { type EndedSending, recordSendings } from './record-sendings.server.ts'
import { releaseMails, wakeAfterOutage } from './release-mails.server.ts'
import { resolveDuties } from './resolve-duties.server.ts'
import { servesNotices } from './serving-mails.ts'
import { isOutage } from './sending.ts'

/** How the outbox is set up. A lease outlasts the longest sending, or a slow server would be sent two copies. */
export type OutboxOptions = {
  transport: MailTransport
  handlers: MailHandlers<Transaction>
  batch?: number
  lanes?: number
  leaseSeconds?: number
  sendingSeconds?: number
}

/** Sends what is owed. */
export type Outbox = {
  /** Resolves and sends everything that is due now. Answers how many sendings ended. */
  pass(): Promise<number>
  /** Lets sendings end that have begun, and begins no other. */
  stop(): void
}

const quiet = async () => {}

// What a batch costs beside its mails is spread over many: with a hundred it took a tenth of the time.
const mailsPerBatch = 500
// The first round is small, so that its mails go out while the next is resolved; and none is smaller at the end.
const fewestPerBatch = 60

function lanesOf({ lanes = 3 }: OutboxOptions): number {
  return lanes
}

/** Opens the outbox. Many may run at once, in one process or in many: rows under lease belong to one. */
export function openOutbox(options: OutboxOptions): Outbox {
  const state: State = { stopping: false, outage: false, askedMs: Number.NEGATIVE_INFINITY }
  const lane = openLane(options, state)
  return {
    async pass() {
      // While nobody takes mails no duty is begun: what is not begun may still be recalled.
      if (state.outage && !(await isBack(options, state))) return 0
      // What is resolved goes out while the next is: the lanes do not wait for the whole of a large filing.
      const supply = openSupply(options, state)
      const recorder = openRecorder(options.handlers)
      const drained = () => lane(supply, recorder)
      const lanes = Array.from({ length: lanesOf(options) }, () => drain(drained, supply, state))
      try {
        const counts = await Promise.all([supply.end, ...lanes])
        return counts.reduce((sum, count) => sum + count, 0)
      } finally {
        await recorder.close()
      }
    },
    stop() {
      state.stopping = true
    },
  }
}

/** While nobody answers at the other side, nothing is sent; mails keep their attempts for when they can be made. */
type State = { stopping: boolean; outage: boolean; askedMs: number }
type Lane = (supply: Supply, recorder: Recorder) => Promise<number>
type Drained = () => Promise<number>

const askEverySeconds = 30

async function isBack({ transport }: OutboxOptions, state: State): Promise<boolean> {
  const at = now()
  // A clock that was set back must not let the mails wait for it.
  const sinceMs = at.getTime() - state.askedMs
  if (sinceMs >= 0 && sinceMs < askEverySeconds * 1000) return false
  state.askedMs = at.getTime()
  if (!(await transport.answers())) return false
  state.outage = false
  await withWorker((tx) => wakeAfterOutage(tx, at))
  return true
}

function resolveSome({ handlers }: OutboxOptions, most: number): Promise<number> {
  return withWorker((tx) => resolveDuties(tx, { handlers, at: now(), most }))
}

/**
 * Duties on their way to become mails. `more` settles when some have, or with false when there are no others; `share` is how
 * many of them a lane best claims: when the last are there, all lanes are to end at about the same time.
 */
type Supply = { more(): Promise<boolean>; share(): number; taken(count: number): void; end: Promise<0> }

function openSupply(options: OutboxOptions, state: State): Supply {
  const { batch = mailsPerBatch } = options
  let next = Promise.withResolvers<boolean>()
  let ended = false
  let left = 0
  const run = async (): Promise<0> => {
    try {
      let most = Math.min(fewestPerBatch, batch)
      while (!state.stopping && !state.outage) {
        const count = await resolveSome(options, most)
        if (count === 0) break
        left += count
        most = Math.min(2 * most, mailsPerBatch)
        next.resolve(true)
        next = Promise.withResolvers()
      }
      return 0
    } finally {
      ended = true
      next.resolve(false)
    }
  }
  return {
    more: () => (ended ? Promise.resolve(false) : next.promise),
    // What others resolved, or an earlier pass, is not known here: then as much as there is.
    share: () =>
      ended && left > 0 ? Math.min(batch, Math.max(fewestPerBatch, Math.ceil(left / lanesOf(options)))) : batch,
    taken: (count) => void (left -= count),
    end: run(),
  }
}

async function drain(lane: Drained, supply: Supply, state: State): Promise<number> {
  let sum = 0
  for (;;) {
    if (state.stopping || state.outage) return sum
    // Asked for before the claim: what is resolved during it is waited for by nobody.
    const more = supply.more()
    const count = await lane()
    sum += count
    if (count === 0 && !(await more)) return sum
  }
}

/** Claims a batch, sends it over some of the connections at once, and writes down each end soon after it came. */
function openLane(options: OutboxOptions, state: State): Lane {
  const {
    transport,
    handlers,
    leaseSeconds = longestSendingSeconds + 30,
    sendingSeconds = longestSendingSeconds,
  } = options
  const abreast = Math.max(1, Math.ceil(transport.connections / lanesOf(options)))
  return async (supply, recorder) => {
    const at = now()
    const leaseUntil = new Date(at.getTime() + leaseSeconds * 1000)
    const mails = await withWorker((tx) => claimMails(tx, { handlers, at, leaseUntil, most: supply.share() }))
    supply.taken(mails.length)
    const begun = performance.now()
    const waiting = [...mails]
    const left: LeasedMail[] = []
    const work = async () => {
      for (let mail = waiting.shift(); mail !== undefined; mail = waiting.shift()) {
        const spentSeconds = (performance.now() - begun) / 1000
        // What cannot end within its lease is not begun: it goes back as it was.
        if (state.stopping || state.outage || spentSeconds + sendingSeconds > leaseSeconds) left.push(mail)
        else await sendOne(mail)
      }
    }
    const sendOne = async (mail: LeasedMail) => {
      // Only of a legal notice is also its arrival worth a report.
      const report = servesNotices(mail.kind) && mail.from !== senderAddress()
      const sending = await transport.send({ from: mail.from, to: mail.toAddress, raw: mail.raw, report })
      if (isOutage(sending)) state.outage = true
      recorder.add({ mail, sending, at: now() })
    }
    await Promise.all(Array.from({ length: abreast }, work))
    await recorder.settle()
    if (left.length > 0) await withWorker((tx) => releaseMails(tx, left))
    return mails.length - left.length
  }
}

/** `settle` resolves when everything that was added before it is written down, and rejects when some of it could not be. */
type Recorder = { add(ended: EndedSending): void; settle(): Promise<void>; close(): Promise<void> }

/** Writes the ends of all lanes down in groups: one commit for many, and none waits longer than a quarter of a second for it. */
function openRecorder(handlers: MailHandlers<Transaction>): Recorder {
  const ended: EndedSending[] = []
  const troubles: unknown[] = []
  let written = Promise.resolve()
  const flush = () => {
    const group = ended.splice(0)
    if (group.length === 0) return
    written = written.then(() => recordGroup(group, handlers)).catch((error: unknown) => void troubles.push(error))
  }
  const timer = setInterval(flush, 250)
  const settle = async () => {
    flush()
    await written
    const met = troubles.splice(0)
    if (met.length > 0) throw new AggregateError(met, 'Ends of sendings could not be written down.')
  }
  return {
    add: (each) => void ended.push(each),
    settle,
    close() {
      clearInterval(timer)
      return settle()
    },
  }
}

async function recordGroup(group: readonly EndedSending[], handlers: MailHandlers<Transaction>): Promise<void> {
  try {
    await withWorker((tx) => recordSendings(tx, group, handlers))
  } catch (error) {
    if (group.length === 1) return recordUntold(group, { error, handlers })
    // One whose owner stumbles must not undo the truth about the others.
    for (const one of group) await recordGroup([one], handlers)
  }
}

/** The server took the mail whatever its owner makes of it: that is written down, and the sweep tells the owner again. */
async function recordUntold(
  group: readonly EndedSending[],
  { error, handlers }: { error: unknown; handlers: MailHandlers<Transaction> },
): Promise<void> {
  log.error({ err: error, mail: group[0]?.mail.id }, 'the owner of a mail could not be told how it ended')
  await withWorker((tx) => recordSendings(tx, group, { ...handlers, accepted: quiet, failed: quiet }))
}
