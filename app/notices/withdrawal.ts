import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import type { WorksChoice } from './answers.ts'

/** How many works a withdrawal may name one by one. */
const mostNamed = 20_000

const reason = z
  .string({ error: () => m.vendors_withdraw_fault_reason() })
  .trim()
  .min(3, { error: () => m.vendors_withdraw_fault_reason() })
  .max(2_000, { error: () => m.vendors_withdraw_fault_reason_long({ max: '2,000' }) })

/** What the page for withdrawing sends: first to review, then to withdraw. */
export const withdrawalForm = z.object({
  intent: z.enum(['review', 'back', 'withdraw']),
  what: z.enum(['works', 'notice']),
  reason,
  work: z.array(z.uuid()).max(mostNamed).default([]),
  everything: z.literal('on').optional(),
  q: z.string().trim().max(200).default(''),
})

/** A withdrawal as it was asked for. */
export type Withdrawal = z.output<typeof withdrawalForm>

/** The works that are to be withdrawn: those ticked, or all that the filter finds. Null when none was chosen. */
export function worksOf({ work, everything, q }: Withdrawal): Exclude<WorksChoice, { kind: 'all' }> | null {
  if (everything !== undefined) return { kind: 'filtered', filter: q === '' ? {} : { text: q }, except: [] }
  return work.length === 0 ? null : { kind: 'chosen', workIds: work }
}
