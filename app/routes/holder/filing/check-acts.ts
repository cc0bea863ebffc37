import { data } from 'react-router'
import type { Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { chooseDuplicates } from '#app/notices/choose-duplicates.server.ts'
import { readDuplicates } from '#app/notices/duplicates-form.ts'
import type { PlanAgain } from '#app/notices/filing-plan.tsx'
import { planSending } from '#app/notices/plan-sending.server.ts'
import { mostPlannedDays, readPlan, type Planned } from '#app/notices/send-time.ts'
import { now } from '#app/platform/clock.server.ts'
import { goTo } from './draft-door.ts'

/** What the last page of the wizard is shown again with. */
export interface CheckAgain {
  readonly refused?: string
  readonly plan?: PlanAgain
  /** Vendors for which nothing was chosen. */
  readonly missing?: readonly string[]
}

const planFaults = {
  unreadable: () => m.filing_plan_error_unreadable(),
  past: () => m.filing_plan_error_past(),
  'too-far': () => m.filing_plan_error_far({ days: String(mostPlannedDays) }),
} satisfies Record<Extract<Planned, { planned: false }>['because'], () => string>

/** Plans when the filing leaves; without a field, as soon as it may. */
export async function plan(member: Member, draftId: string, typed: FormDataEntryValue | null) {
  const value = typeof typed === 'string' ? typed.trim() : ''
  const wanted = typed === null ? null : readPlan(value, member.timeZone, now())
  if (wanted !== null && !wanted.planned) return again({ plan: { value, error: planFaults[wanted.because]() } }, 400)
  const planned = await planSending({ member, draftId, plannedAt: wanted === null ? null : wanted.at })
  return planned.allowed ? goTo(`/filings/${draftId}/check`) : again({ refused: notKept[planned.because]() }, 409)
}

/** Keeps what is to happen to works that are asked already. */
export async function decideDuplicates(member: Member, draftId: string, form: FormData) {
  const read = readDuplicates(form)
  if (!read.complete) return again({ missing: read.missing }, 400)
  const chosen = await chooseDuplicates({ member, draftId, choices: read.choices })
  return chosen.allowed ? goTo(`/filings/${draftId}/check`) : again({ refused: notKept[chosen.because]() }, 409)
}

/** The page once more. */
export function again(shown: CheckAgain, status: number) {
  return data<CheckAgain>(shown, { status })
}

const notKept = {
  'role-too-low': () => m.filing_save_role_too_low(),
  gone: () => m.filing_refused_gone(),
  filed: () => m.filing_refused_gone(),
}
