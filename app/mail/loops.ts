/** Carried by every mail of ours, so that one that comes back to us unanswered is known. */
export const loopHeader = 'X-Caveat-Mail'

/**
 * Whether a mail that came in is one of our own that was sent on to us, or an answer that a machine made of one: it is kept and
 * passed on to nobody, so that no loop is longer than one.
 *
 * @param ours the domain of our Message-IDs
 */
export function isLoop(
  { headers, messageId }: { headers: ReadonlyMap<string, string>; messageId: string | null },
  ours: string,
): boolean {
  if (headers.has(loopHeader.toLowerCase())) return true
  return messageId?.toLowerCase().endsWith(`@${ours.toLowerCase()}>`) === true
}
