import { m } from '#app/generated/messages/messages.js'
import { formatDayInFull } from '#app/ui/format.ts'
import type { Block } from './blocks.ts'
import type { ChallengeFacts } from './facts.ts'

const words = {
  decision: m.mails_decision_closes,
  worse: m.mails_decision_worse,
  nothing: m.mails_decision_used,
  ended: m.mails_decision_ended,
} as const satisfies Record<NonNullable<ChallengeFacts>['of'], unknown>

/** What the holder can still do about an answer, and until when; nothing where the answer opened no time for it. */
export function challengeLine(challenge: ChallengeFacts): readonly Block[] {
  if (challenge === null) return []
  return [{ kind: 'due', line: [words[challenge.of]({ on: formatDayInFull(challenge.until) })] }]
}
