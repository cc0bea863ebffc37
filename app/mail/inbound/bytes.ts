/** Where the next line begins. */
export function endOfLine(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(10, from)
  return at === -1 ? bytes.length : at + 1
}

/** Whether a line holds nothing but its end: it ends a header. */
export function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from > 3) return false
  return bytes.subarray(from, to).every((byte) => byte === 10 || byte === 13)
}

/** Where the body begins: after the first empty line, or at the end. */
export function headerEnd(bytes: Uint8Array): number {
  let at = 0
  while (at < bytes.length) {
    const end = endOfLine(bytes, at)
    if (isBlank(bytes, at, end)) return end
    at = end
  }
  return bytes.length
}

/** Pieces put together again. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** One character a byte: for the ASCII in headers, whatever else is in them. */
export function bytewise(bytes: Uint8Array): string {
  let source = ''
  for (let at = 0; at < bytes.length; at += 4096) source += String.fromCharCode(...bytes.subarray(at, at + 4096))
  return source
}
