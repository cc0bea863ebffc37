import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'

/** Where a holder may take a notice beyond the vendor. */
export const escalationKinds = ['regulator', 'litigation'] as const
/** One of `escalationKinds`. */
export type EscalationKind = (typeof escalationKinds)[number]
/** Where a notice was taken, if anywhere. */
export type Escalation = 'none' | EscalationKind

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((typed) => typed.isWellFormed() && !typed.includes('\0'))

/** What the page for escalating sends. */
export const escalateForm = z.object({
  intent: z.literal('escalate'),
  kind: z.enum(escalationKinds, { error: () => m.questions_escalate_fault_kind() }),
  where: line(300).min(2, { error: () => m.questions_escalate_fault_where() }),
  reference: line(200).default(''),
  since: z.iso.date({ error: () => m.questions_escalate_fault_since() }),
  told: z.literal('on').optional(),
})

/** An escalation as its line and the facts beside it tell it; those that were erased are null. */
export interface EscalationFacts {
  readonly kind: EscalationKind
  readonly since: string
  /** With its last change. */
  readonly told: boolean
  /** It was told with this change or one before it. */
  readonly vendorKnows: boolean
  readonly where: string | null
  readonly reference: string | null
}
