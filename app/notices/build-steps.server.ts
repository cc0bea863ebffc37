import type { Canonical } from '#app/ledger/canonical-json.ts'
import { sealEvent, type StoredEvent } from '#app/ledger/chain.ts'
import { newSalt, sha256 } from '#app/ledger/hash.server.ts'
import type { Escalation } from './escalations.ts'
import { judge, mailsOf, steps, type Facts, type Judgement, type Step } from './lifecycle.ts'
import type { LockedNotice } from './lock-notices.server.ts'
import type { NoticeOutcome } from './outcomes.ts'
import { calendarOfPlace } from './place-calendar.server.ts'
import { project } from './projection.ts'
import type { NoticeMail, Standpoint } from './stages.ts'
import type { ReminderKind } from './reminders.ts'
import { clockChange, type ExtensionAsked } from './step-clocks.ts'
import { mandateOf, personFactsOf, type Taker } from './taker.server.ts'
import type { OwedMail, Written } from './write-steps.server.ts'

/** Words for the ledger. */
export type Words = Readonly<Record<string, Canonical>>

/** What an act adds to a step of one notice once it may be taken. */
export interface Prepared {
  /** For the chain: no person, no free text. */
  readonly payload?: Words
  /** Beside the chain, erasable: free text. */
  readonly facts?: Words
  /** What holds of the notice once the step is taken. */
  readonly standing?: Partial<Pick<Facts, 'pending' | 'worksLeft' | 'gotWorse' | 'questionOpen' | 'told' | 'wroteFrom'>>
  readonly outcome?: NoticeOutcome
  /** A bounce after which no copy has arrived or is still on its way. */
  readonly unreached?: boolean
  /** What is reminded of. */
  readonly reminder?: ReminderKind
  /** Where the holder took the notice beyond the vendor; `none` once that ended. */
  readonly escalation?: Escalation
  /** Whether the vendor sees the line, where that is for the holder to say. */
  readonly shared?: boolean
  /** The days that a step adds to a clock. */
  readonly extension?: ExtensionAsked
  /** When it happened, if that was before it is recorded. */
  readonly at?: Date
  /** When the mails go out that the table owes for later. */
  readonly later?: Readonly<Partial<Record<NoticeMail, Date>>>
  /** For the mail whose audience is one address. */
  readonly address?: { readonly address: string; readonly locale: string }
}

interface ToBuild {
  readonly step: Step
  readonly notice: LockedNotice
  readonly taker: Taker
  readonly at: Date
  readonly facts: Facts
  readonly words: Prepared
}

/**
 * What a step that was allowed leaves behind: its line and the one before it, the columns, clocks and mails.
 *
 * @throws if what was prepared turned the judge against it
 */
export function buildSteps(asked: ToBuild): Written {
  const { step, notice, facts, words } = asked
  const toBuild = { ...asked, at: words.at ?? orLater(asked.at, notice.lastAt) }
  const after: Facts = { ...facts, ...words.standing }
  const first = judgeOrThrow(step, after, notice).first
  const { id: noticeId, filingId, projection } = notice
  const nothing: Written = {
    noticeId,
    filingId,
    from: projection.stage,
    projection,
    events: [],
    clocks: { started: [], ended: [] },
    mails: [],
  }
  const before = first ? addStep(nothing, { ...toBuild, step: first, words: {} }) : nothing
  return addStep(before, { ...toBuild, facts: { ...after, stage: before.projection.stage } })
}

// A clock that was set back writes no line before the last one.
function orLater(at: Date, lastAt: Date | null): Date {
  return lastAt !== null && lastAt > at ? lastAt : at
}

function addStep(before: Written, toBuild: ToBuild): Written {
  const { step, notice, at, facts, words } = toBuild
  const { projection } = before
  const { to, clock } = judgeOrThrow(step, facts, notice)
  const clocks = clockChange({
    effects: clock,
    at: at.toISOString(),
    basis: { ...notice, projection },
    calendarOf: (place) => calendarOfPlace(place ?? notice.place),
    ...(words.extension && { extension: words.extension }),
  })
  const columns = {
    stage: to,
    ...(words.outcome === undefined ? {} : { outcome: words.outcome }),
    ...(words.unreached === undefined ? {} : { unreached: words.unreached }),
    ...(words.escalation === undefined ? {} : { escalation: words.escalation }),
    ...(words.reminder === undefined ? {} : { reminder: words.reminder }),
    ...(clocks.started.length === 0 ? {} : { clocks: clocks.started }),
  }
  const event = lineOf(toBuild, before, columns)
  return {
    ...before,
    events: [...before.events, { ...event, shared: words.shared ?? steps[step].shared }],
    projection: project(projection, { ...event, type: step, payload: columns }),
    clocks: {
      started: [...before.clocks.started, ...clocks.started],
      ended: [...before.clocks.ended, ...clocks.ended],
    },
    mails: [...before.mails, ...mailsOwed(toBuild, to, event.sequence)],
  }
}

function lineOf(
  { step, notice, taker, at, facts: { asker }, words }: ToBuild,
  before: Written,
  columns: Words,
): StoredEvent {
  const own = personFactsOf(taker)
  const about = own || words.facts ? { ...own, ...words.facts } : null
  return sealEvent(
    {
      notice: notice.id,
      sequence: before.projection.lastSequence + 1,
      type: step,
      // The bearer of a link answers for the vendor.
      actor: asker.party === 'link' ? 'vendor' : asker.party,
      channel: taker.channel,
      at: at.toISOString(),
      payload: { ...words.payload, ...reliedOn(taker, notice), ...columns },
      previous: before.projection.lastHash,
    },
    about ? { salt: newSalt(), facts: about } : undefined,
    sha256,
  )
}

// Whoever acts for another names the mandate: the member finds there what was done for it, and under which version.
function reliedOn(taker: Taker, notice: LockedNotice): Words {
  const mandate = mandateOf(taker, notice)
  return mandate === null ? {} : { mandate: { id: mandate.mandateId, version: mandate.version } }
}

function mailsOwed({ step, notice, at, facts, words }: ToBuild, to: Standpoint, sequence: number): readonly OwedMail[] {
  return mailsOf(step, facts, to).map(({ kind, audience, later, once }) => ({
    sequence,
    kind,
    audience,
    notBefore: later ? laterOf(kind, words, notice) : earliest(kind, step, notice, at),
    ...(once && { once }),
    ...(audience === 'address' ? addressOf(words, notice) : {}),
  }))
}

// A letter waits for its planned time, and for the time in which it may be recalled; whoever approves is told at once.
function earliest(kind: NoticeMail, step: Step, { sendAt }: LockedNotice, at: Date): Date {
  const leaves = step === 'notice.submitted' || step === 'notice.approved'
  return kind === 'notice-served' && leaves && sendAt > at ? sendAt : at
}

function laterOf(kind: NoticeMail, { later }: Prepared, { reference }: LockedNotice): Date {
  const at = later?.[kind]
  if (!at) throw new Error(`${kind} is owed for ${reference} later, and nobody said when`)
  return at
}

function addressOf(
  { address }: Prepared,
  { reference }: LockedNotice,
): { readonly address: string; readonly locale: string } {
  if (!address) throw new Error(`A mail to one address is owed for ${reference}, and no address was given`)
  return address
}

function judgeOrThrow(step: Step, facts: Facts, { reference }: LockedNotice): Extract<Judgement, { allowed: true }> {
  const judgement = judge(step, facts)
  if (!judgement.allowed) throw new Error(`${step} of ${reference} became ${judgement.because} while it was prepared`)
  return judgement
}
