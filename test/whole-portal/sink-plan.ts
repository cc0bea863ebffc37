import type { Behaviour, SmtpSink } from '#test/smtp-sink.ts'
import type { Draw } from './draw.ts'

/** What a server may do to a mail, and how often of a hundred; all others are taken at once. */
const plans: readonly (readonly [percent: number, Behaviour])[] = [
  [5, { at: 'rcpt', say: '450 4.2.0 Greylisted' }],
  [3, { at: 'mail', say: '421 4.3.2 Closing for a moment' }],
  [3, { at: 'dot', say: '452 4.3.1 No room' }],
  [5, { at: 'dot', waitMs: 1_500 }],
  [4, { at: 'rcpt', waitMs: 700 }],
  [3, { at: 'text', close: true }],
  [5, { at: 'dot', close: true }],
  [1, { at: 'greeting', close: true }],
]

/**
 * Lets a server misbehave by a plan that is drawn from the seed, mail after mail; to `deaf` it says 550 for ever.
 *
 * @returns ends the faults: every mail is then taken at once
 */
export function misbehave(sink: SmtpSink, draw: Draw, deaf: string): () => void {
  const refusal: Behaviour = { at: 'rcpt', to: deaf, say: '550 5.1.1 No such mailbox' }
  const next = () => {
    let rolled = draw.number() * 100
    const drawn = plans.find(([percent]) => (rolled -= percent) < 0)
    sink.always(refusal, ...(drawn === undefined ? [] : [drawn[1]]))
  }
  next()
  const timer = setInterval(next, 120)
  return () => {
    clearInterval(timer)
    sink.always(refusal)
  }
}
