import { m } from '#app/generated/messages/messages.js'
import type { Escalation, EscalationKind } from './escalations.ts'

const words = {
  regulator: () => m.questions_escalation_regulator(),
  litigation: () => m.questions_escalation_litigation(),
} satisfies Record<EscalationKind, () => string>

/** That a notice was taken beyond the vendor: a word after its stage. Nothing where it was not. */
export function EscalationBadge({ escalation }: { escalation: Escalation }) {
  return escalation === 'none' ? null : <span className="st ink">{words[escalation]()}</span>
}
