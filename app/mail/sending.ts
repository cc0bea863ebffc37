/** How far a sending came before it ended: no session, refused by command, within the text, after the final dot, answered. */
export type Reached = 'connection' | 'envelope' | 'data' | 'dot' | 'answer'

/** What the transport saw. `code` is the server's three digits, null when it said nothing. */
export type Sending = { reached: Reached; code: number | null; response: string }

/** What an attempt came to; `mail_attempt.result`. */
export type AttemptResult = 'accepted' | 'deferred' | 'refused' | 'ambiguous'

// These concern our sign-in or the way we talk, not this mail: the operator must mend them, and the mail must wait.
const ourFault: ReadonlySet<number> = new Set([500, 501, 502, 503, 504, 530, 534, 535, 538])

/**
 * What a sending came to.
 *
 * Only the server's own word after the final dot makes it accepted; only its own 5xx about this mail makes it refused.
 * Silence after the final dot may be either (RFC 1047): ambiguous.
 */
export function resultOf({ reached, code }: Sending): AttemptResult {
  if (reached === 'answer') return 'accepted'
  if (code !== null) {
    const about = reached !== 'connection' && !ourFault.has(code)
    return code >= 500 && about ? 'refused' : 'deferred'
  }
  return reached === 'dot' ? 'ambiguous' : 'deferred'
}

/** Whether the other side is not there at all: then the whole outbox waits, not this mail. */
export function isOutage({ reached, code }: Sending): boolean {
  return reached === 'connection' && code === null
}
