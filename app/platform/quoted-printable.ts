/** RFC 2045, section 6.7: no line of an encoded text is longer. */
const longest = 76

// All but printable ASCII, tabs and the line ends. Half a surrogate pair is never met: the text is well formed.
const toEncode = /[^\t\r\n\x20-\x7e]+/g

/**
 * Encodes text as quoted-printable (RFC 2045, section 6.7) by replacing whole runs, which is several times as fast as
 * going byte by byte: a mail is mostly ASCII.
 *
 * @param text its lines ended in any way; what is no Unicode text, such as half a surrogate pair, becomes U+FFFD
 * @returns ASCII, its lines at most 76 characters long and ended by CR LF where those of `text` ended
 */
export function quotedPrintable(text: string): string {
  const encoded = text
    .toWellFormed()
    .replaceAll('=', '=3D')
    .replaceAll(toEncode, (run) => encodeURIComponent(run).replaceAll('%', '='))
  return encoded
    .split(encoded.includes('\r') ? /\r\n?|\n/u : '\n')
    .map((line) => (line.length > longest || endsInSpace(line) ? folded(line) : line))
    .join('\r\n')
}

function endsInSpace(line: string): boolean {
  return line.endsWith(' ') || line.endsWith('\t')
}

/** Cuts a line where no escape is torn apart; a space at its end is written as one, or a mail server would cut it off. */
function folded(line: string): string {
  const kept = endsInSpace(line) ? `${line.slice(0, -1)}${line.endsWith(' ') ? '=20' : '=09'}` : line
  const pieces: string[] = []
  let from = 0
  while (kept.length - from > longest) {
    let to = from + longest - 1
    if (kept[to - 1] === '=') to -= 1
    else if (kept[to - 2] === '=') to -= 2
    pieces.push(kept.slice(from, to))
    from = to
  }
  pieces.push(kept.slice(from))
  return pieces.join('=\r\n')
}
