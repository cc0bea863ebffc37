import { m } from '#app/generated/messages/messages.js'
import { formatDateTime } from '#app/ui/format.ts'
import type { Untaken } from './explain-refusals.server.ts'
import type { Refusal, Step } from './lifecycle.ts'
import type { Standpoint } from './stages.ts'
import { stageWords } from './wording.ts'

/** Names a step as an act: on its button, and inside a refusal. */
export const stepWords = {
  'notice.submitted': () => m.notices_step_notice_submitted(),
  'notice.approved': () => m.notices_step_notice_approved(),
  'notice.returned': () => m.notices_step_notice_returned(),
  'notice.recalled': () => m.notices_step_notice_recalled(),
  'message.accepted': () => m.notices_step_message_accepted(),
  'message.delivered': () => m.notices_step_message_delivered(),
  'message.bounced': () => m.notices_step_message_bounced(),
  'message.readdressed': () => m.notices_step_message_readdressed(),
  'notice.acknowledged': () => m.notices_step_notice_acknowledged(),
  'reference.given': () => m.notices_step_reference_given(),
  'review.started': () => m.notices_step_review_started(),
  'clarification.requested': () => m.notices_step_clarification_requested(),
  'clarification.answered': () => m.notices_step_clarification_answered(),
  'clarification.closed': () => m.notices_step_clarification_closed(),
  'outcomes.recorded': () => m.notices_step_outcomes_recorded(),
  'decision.declared': () => m.notices_step_decision_declared(),
  'decision.accepted': () => m.notices_step_decision_accepted(),
  'decision.lapsed': () => m.notices_step_decision_lapsed(),
  'works.withdrawn': () => m.notices_step_works_withdrawn(),
  'notice.withdrawn': () => m.notices_step_notice_withdrawn(),
  'decision.challenged': () => m.notices_step_decision_challenged(),
  'verification.passed': () => m.notices_step_verification_passed(),
  'verification.failed': () => m.notices_step_verification_failed(),
  'notice.superseded': () => m.notices_step_notice_superseded(),
  'notice.sent_back': () => m.notices_step_notice_sent_back(),
  'notice.escalated': () => m.notices_step_notice_escalated(),
  'escalation.ended': () => m.notices_step_escalation_ended(),
  'counter_notice.received': () => m.notices_step_counter_notice_received(),
  'counter_notice.answered': () => m.notices_step_counter_notice_answered(),
  'counter_notice.expired': () => m.notices_step_counter_notice_expired(),
  'licence.offered': () => m.notices_step_licence_offered(),
  'licence.accepted': () => m.notices_step_licence_accepted(),
  'licence.declined': () => m.notices_step_licence_declined(),
  'licence.lapsed': () => m.notices_step_licence_lapsed(),
  'licence.ended': () => m.notices_step_licence_ended(),
  'clock.extended': () => m.notices_step_clock_extended(),
  'reminder.due': () => m.notices_step_reminder_due(),
  'message.written': () => m.replies_step_write(),
  'message.received': () => m.notices_step_message_received(),
  'evidence.added': () => m.evidence_step_added(),
  'evidence.shared': () => m.evidence_step_shared(),
  'annex.agreed': () => m.notices_step_annex_agreed(),
  'annex.changed': () => m.notices_step_annex_changed(),
  'annex.stepped_out': () => m.notices_step_annex_stepped_out(),
  'annex.released': () => m.collective_step_released(),
  'mandate.revoked': () => m.notices_step_mandate_revoked(),
} satisfies Record<Step, () => string>

type Said = { readonly step: string; readonly stage: string }

const refusalWords = {
  'not-offered': ({ step }) => m.notices_refused_not_offered({ step }),
  'not-yours': ({ step }) => m.notices_refused_not_yours({ step }),
  'role-too-low': ({ step }) => m.notices_refused_role_too_low({ step }),
  'code-needed': ({ step }) => m.notices_refused_code_needed({ step }),
  'already-taken': ({ stage }) => m.notices_refused_already_taken({ stage }),
  'not-now': ({ step, stage }) => m.notices_refused_not_now({ step, stage }),
  'not-begun': ({ step }) => m.notices_refused_not_begun({ step }),
  'already-begun': ({ step }) => m.notices_refused_already_begun({ step }),
  'window-open': () => m.notices_refused_window_open(),
  'window-over': () => m.notices_refused_window_over(),
  'not-escalated': () => m.notices_refused_not_escalated(),
  'own-submission': () => m.notices_refused_own_submission(),
} satisfies Record<Refusal, (said: Said) => string>

/** Says why a step was refused, naming step and stage, and that nothing was changed. */
export function refusalSentence({ because, step, stage }: { because: Refusal; step: Step; stage: Standpoint }): string {
  return refusalWords[because]({ step: stepWords[step](), stage: stageWords[stage]() })
}

/** Says why a notice did not take a step; of two people at once, the second reads who came first and when. */
export function explainUntaken(
  step: Step,
  { because, stage, last }: Pick<Untaken, 'because' | 'stage' | 'last'>,
  timeZone: string,
): string {
  if (because === 'unknown' || stage === null)
    throw new RangeError(`${step} of a notice that is not there has no words`)
  if (last?.step === step && last.name !== null) {
    return m.notices_refused_before({ name: last.name, time: formatDateTime(last.at, timeZone) })
  }
  return refusalSentence({ because, step, stage })
}
