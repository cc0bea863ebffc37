import { endOfLine, headerEnd } from './inbound/bytes.ts'

const maxHeaderBytes = 250_000
const maxBodyLines = 350_000
// RFC 5322 section 2.1.1 allows 998 bytes; a signature over longer lines seldom survives its way anyway.
const maxLineBytes = 20_000

/**
 * What of a mail its sender is checked by: all of it, but no more than can be hashed in well under a second. Where the text is
 * left out no signature holds; the domain may still vouch for the server that sent it.
 */
export function checkableMail(bytes: Uint8Array): Uint8Array {
  const end = headerEnd(bytes)
  if (end > maxHeaderBytes) return bytes.subarray(0, lastLineEnd(bytes, maxHeaderBytes))
  let at = end
  for (let lines = 0; at < bytes.length; lines += 1) {
    const next = endOfLine(bytes, at)
    if (lines >= maxBodyLines || next - at > maxLineBytes) return bytes.subarray(0, end)
    at = next
  }
  return bytes
}

function lastLineEnd(bytes: Uint8Array, before: number): number {
  return bytes.subarray(0, before).lastIndexOf(10) + 1
}
