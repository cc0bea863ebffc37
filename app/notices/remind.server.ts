import { Prisma } from '#app/generated/prisma/client.ts'
import { gatherMails, type ToGather } from '#app/mail/gather-mails.server.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { Prepared } from './build-steps.server.ts'
import type { Computation } from './clocks.ts'
import { sidesOf } from './gathered-mails.ts'
import { calendarOfPlace } from './place-calendar.server.ts'
import { escalationOf } from './projection-row.server.ts'
import { mailDayOf, morningOf, nextReminder, type Reminded } from './reminders.ts'
import { openStages, type Standpoint } from './stages.ts'
import { takeSteps } from './take-steps.server.ts'
import { asSystem, type Taker } from './taker.server.ts'
import { addWorkingDays, dayOf } from './working-days.ts'

const batch = 500
const dayMs = 86_400_000
// What comes due in one round goes into one mail, however many batches it takes.
const gatherMs = 60_000

/**
 * Takes every reminder that is due: a line of the ledger each, and their mails, one a day for each reader. In the worker
 * process; run it as often as you like, by as many as you like.
 *
 * @returns how many reminders were taken
 */
export async function remindDue(): Promise<number> {
  let reminded = 0
  for (;;) {
    const { looked, taken } = await asSystem((tx, taker) => remindSome(tx, taker))
    reminded += taken
    // Less than a full batch: the rest is held by someone else, or there is none.
    if (looked < batch) return reminded
  }
}

/** A notice as a reminder finds it, with its row locked. */
export interface Looked {
  readonly id: string
  readonly stage: Standpoint
  readonly frozen: boolean
  readonly vendorId: string
  readonly holderId: string
  readonly holderZone: string
  readonly clocks: readonly { readonly computed: Computation; readonly lookAt: string | null }[]
  readonly past: readonly Reminded[]
}

/** A reminder that is to be taken. */
export type Due = { readonly notice: Looked; readonly clock: Computation; readonly reminded: Reminded }

async function remindSome(tx: Transaction, taker: Taker): Promise<{ looked: number; taken: number }> {
  const at = now()
  const ids = await lockDue(tx, at)
  if (ids.length === 0) return { looked: 0, taken: 0 }
  const notices = await lookAtNotices(tx, [...new Set(ids)])
  const due = notices.flatMap((notice) => dueOf(notice, at))
  const taken = await takeReminders(tx, { due, taker })
  await lookAgain(tx, { notices, taken, at })
  await gatherMails(
    tx,
    taken.flatMap((each) => gatheredOf(each, at)),
    at,
  )
  return { looked: ids.length, taken: taken.length }
}

// Held notices are another worker's, or about to change: they are looked at in the next round.
async function lockDue(tx: Transaction, at: Date): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select n.id from clock c join notice n on n.id = c.notice_id
    where c.look_at <= ${at} order by c.look_at limit ${batch} for update of n skip locked`
  return rows.map(({ id }) => id)
}

/** The notices as they are after the lock: what another took in between is seen. Those without a clock to look at are left out. */
export function lookAtNotices(
  tx: Transaction,
  ids: readonly string[],
  which: Prisma.Sql = Prisma.sql`c.look_at is not null`,
): Promise<Looked[]> {
  return tx.$queryRaw<Looked[]>`
    select n.id, n.stage, ${escalationOf} <> 'none' or n.undeliverable_at is not null or h.erased_at is not null as frozen, n.vendor_id as "vendorId",
      h.id as "holderId", h.time_zone as "holderZone",
      (select json_agg(json_build_object('computed', c.computed, 'lookAt', c.look_at))
        from clock c where c.notice_id = n.id and ${which}) as clocks,
      coalesce((select json_agg(e.payload order by e.sequence)
        from notice_event e where e.notice_id = n.id and e.type = 'reminder.due' and e.payload ? 'reminder'), '[]') as past
    from unnest(${ids}::uuid[]) w (id) join notice n on n.id = w.id join organisation h on h.id = n.holder_organisation_id
    where exists (select from clock c where c.notice_id = n.id and ${which})`
}

function dueOf(notice: Looked, at: Date): readonly Due[] {
  if (notice.frozen || !isOpen(notice.stage)) return []
  return notice.clocks.flatMap(({ computed: clock }) => {
    const calendar = calendarOfPlace(clock)
    const next = nextReminder(clock, { past: notice.past, at: at.toISOString(), calendar })
    if (next === null || next.from > at.toISOString()) return []
    const { from: _from, ...said } = next
    return [{ notice, clock, reminded: { ...said, mailOn: mailDayOf(at.toISOString(), calendar) } }]
  })
}

/** A reminder that was taken, with its line of the ledger. */
export type Taken = Due & { readonly sequence: number }

/** Takes reminders, one step of a notice at a time: a second clock that is due has its own line. */
export async function takeReminders(
  tx: Transaction,
  { due, taker }: { due: readonly Due[]; taker: Taker },
): Promise<readonly Taken[]> {
  const taken: Taken[] = []
  const byNotice = [...Map.groupBy(due, ({ notice }) => notice.id).values()]
  for (let place = 0; byNotice.some((each) => each[place]); place += 1) {
    const turn = new Map(byNotice.flatMap((some) => some.slice(place, place + 1)).map((each) => [each.notice.id, each]))
    const { succeeded } = await takeSteps(tx, {
      step: 'reminder.due',
      noticeIds: [...turn.keys()],
      taker,
      prepare: () => Promise.resolve(new Map([...turn].map(([id, { reminded }]) => [id, preparedOf(reminded)]))),
    })
    for (const { noticeId, sequence } of succeeded) {
      const each = turn.get(noticeId)
      if (each && sequence !== null) taken.push({ ...each, sequence })
    }
  }
  return taken
}

function preparedOf({ reminder, ...payload }: Reminded): Prepared {
  return { reminder, payload }
}

/** Says when the clocks of notices are to be looked at next, after reminders were taken. */
export async function lookAgain(
  tx: Transaction,
  { notices, taken, at }: { notices: readonly Looked[]; taken: readonly Taken[]; at: Date },
): Promise<void> {
  const rows = notices.flatMap((notice) => {
    const past = [
      ...notice.past,
      ...taken.filter((each) => each.notice.id === notice.id).map(({ reminded }) => reminded),
    ]
    return notice.clocks.map(({ computed }) => ({
      id: notice.id,
      kind: computed.kind,
      lookAt: lookAgainAt(notice, { computed, past, at }),
    }))
  })
  await tx.$executeRaw`
    update clock c set look_at = r."lookAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, kind text, "lookAt" timestamptz)
    where c.notice_id = r.id and c.kind = r.kind`
}

function lookAgainAt(
  notice: Looked,
  { computed, past, at }: { computed: Computation; past: readonly Reminded[]; at: Date },
): string | null {
  if (!isOpen(notice.stage)) return null
  // Nothing tells when an escalation ends or a contact is mended: a day later it is seen.
  if (notice.frozen) return new Date(at.getTime() + dayMs).toISOString()
  const calendar = calendarOfPlace(computed)
  return nextReminder(computed, { past, at: at.toISOString(), calendar })?.from ?? null
}

/** The mails of the day that a reminder goes into. */
export function gatheredOf({ notice, clock, reminded, sequence }: Taken, at: Date): readonly ToGather[] {
  const sides = sidesOf(reminded)
  const lines = [{ noticeId: notice.id, sequence, kind: reminded.reminder }]
  return [
    ...(sides.vendor ? [{ ...toVendor(notice, { clock, reminded, at }), lines }] : []),
    ...(sides.holder ? [{ ...toHolder(notice, at), lines }] : []),
  ]
}

function toVendor(
  { vendorId }: Looked,
  { clock, reminded, at }: { clock: Computation; reminded: Reminded; at: Date },
): Omit<ToGather, 'lines'> {
  const calendar = calendarOfPlace(clock)
  const slot = (day: string) => ({ day, notBefore: notBefore(day, { timeZone: clock.timeZone, at }) })
  return {
    kind: 'vendor-reminder',
    audience: 'vendor',
    vendorId,
    ...slot(reminded.mailOn),
    later: (day) => slot(addWorkingDays(day, 1, calendar).on),
  }
}

function toHolder({ holderId, holderZone }: Looked, at: Date): Omit<ToGather, 'lines'> {
  const slot = (day: string) => ({ day, notBefore: notBefore(day, { timeZone: holderZone, at }) })
  return {
    kind: 'dates-passed',
    audience: 'holder',
    organisationId: holderId,
    ...slot(dayOf(at.toISOString(), { timeZone: holderZone })),
    later: (day) => slot(new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10)),
  }
}

function notBefore(day: string, { timeZone, at }: { timeZone: string; at: Date }): Date {
  return new Date(Math.max(Date.parse(morningOf(day, timeZone)), at.getTime() + gatherMs))
}

/** Whether the vendor's answer is awaited at a stage. */
export function isOpen(stage: Standpoint): boolean {
  return openStages.some((each) => each === stage)
}
