import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { vendorReferenceSchema } from './vendor-reference.ts'

const mostReference = 100

/** The acts that stand on a notice's own page, as their forms send them: named by the step that they take. */
export const pageActForm = z.discriminatedUnion('act', [
  z.object({ act: z.literal('notice.acknowledged'), reference: reference().optional() }),
  z.object({ act: z.literal('reference.given'), reference: reference() }),
  z.object({ act: z.literal('review.started') }),
  z.object({ act: z.literal('decision.accepted') }),
  z.object({ act: z.literal('message.delivered') }),
])

/** One of these acts. */
export type PageAct = z.infer<typeof pageActForm>

/** An act after which the notice's own page says what was done; two of them have an address of their own. */
export type DoneAct =
  | PageAct['act']
  | 'decision.declared'
  | 'clarification.requested'
  | 'clarification.answered'
  | 'clarification.closed'
  | 'notice.sent_back'
  | 'decision.challenged'
  | 'notice.escalated'
  | 'escalation.ended'
  | 'mail.resent'
  | 'clock.extended'
  | 'message.written'

/** What the page says after each; a reading is nothing to speak of. */
export const doneWords = {
  'notice.acknowledged': () => m.notices_done_acknowledged(),
  'reference.given': () => m.notices_done_referenced(),
  'review.started': () => m.notices_done_review_started(),
  'decision.declared': () => m.notices_done_declared(),
  'decision.accepted': () => m.notices_done_accepted(),
  'message.delivered': () => '',
  'clarification.requested': () => m.questions_done_asked(),
  'clarification.answered': () => m.questions_done_answered(),
  'clarification.closed': () => m.questions_done_closed(),
  'notice.sent_back': () => m.questions_done_sent_back(),
  'decision.challenged': () => m.questions_done_challenged(),
  'notice.escalated': () => m.questions_done_escalated(),
  'escalation.ended': () => m.questions_done_escalation_ended(),
  'mail.resent': () => m.notices_done_mail_resent(),
  'clock.extended': () => m.clocks_extend_done(),
  'message.written': () => m.replies_done_written(),
} satisfies Record<DoneAct, () => string>

/** Whether a text names an act after which the page says something. */
export function isDoneAct(text: string | null): text is DoneAct {
  return text !== null && Object.hasOwn(doneWords, text)
}

function reference() {
  return z
    .string({ error: () => m.notices_now_reference_missing() })
    .trim()
    .min(1, { error: () => m.notices_now_reference_missing() })
    .max(mostReference, { error: () => m.notices_now_reference_long({ max: String(mostReference) }) })
    .pipe(vendorReferenceSchema)
}
