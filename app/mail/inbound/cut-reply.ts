import { headerBlockAt, openingEndingAt, type Lines } from './quote-openings.ts'
import { replyLanguages } from './reply-languages.ts'

/** A piece of a mail: written now, or quoted, with the line that introduces the quote. */
type Piece = { kind: 'text' | 'quote'; lines: string[]; opening: string[] }

const maxLines = 50_000
const quoted = /^[ \t\u00A0\u3000]{0,3}(?:[>＞]|&gt;)/

/**
 * A mail's text cut into what was written now and what was quoted from before.
 *
 * Quotes before and after the new text go; quotes between answers stay with them, because answers to points make no sense
 * without the points. Signatures go with the quotes. Where nothing else is left, everything counts as new.
 *
 * @see RFC 3676 section 4.3 (`-- `) and 4.5 (`>`)
 */
export function cutReply(text: string): { fresh: string; quoted: string } {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const { pieces, rest } = piecesOf(lines.slice(0, maxLines))
  const removed: string[] = []
  const signed = pieces.map((piece) => (piece.kind === 'text' ? withoutSignature(piece, removed) : piece))
  const written = signed.filter((piece) => piece.kind === 'quote' || piece.lines.some((line) => line.trim() !== ''))

  const last = written.findLastIndex(({ kind }) => kind === 'text')
  const first = written.findIndex(({ kind }) => kind === 'text')
  const between = written.slice(Math.max(first, 0), last + 1).some(({ kind }) => kind === 'quote')
  const begin = between ? 0 : Math.max(first, 0)
  const kept = written.slice(begin, last + 1)
  // What introduced the first piece says whom it answers, nothing new.
  const fresh = trimmed([...(kept[0]?.lines ?? []), ...kept.slice(1).flatMap(wholeOf)])
  if (fresh === '') return { fresh: trimmed(lines), quoted: '' }
  const before = [...written.slice(0, begin).flatMap(wholeOf), ...(kept[0]?.opening ?? [])]
  const after = [...written.slice(last + 1).flatMap(wholeOf), ...removed, ...rest, ...lines.slice(maxLines)]
  return { fresh, quoted: trimmed([...before, ...after]) }
}

function wholeOf({ opening, lines }: Piece): string[] {
  return [...opening, ...lines]
}

/** The pieces of a text, and the `rest` from where an older mail stands unmarked below the new text. */
function piecesOf(lines: readonly string[]): { pieces: Piece[]; rest: string[] } {
  const pieces: Piece[] = []
  const openings = openingsIn(lines)
  let opening: string[] = []
  let at = 0
  while (at < lines.length) {
    const begun = openings.get(at) ?? headerBlockAt(lines, at)
    if (begun !== null) {
      if (!isQuotedFrom(lines, begun.to) && pieces.some(isWritten)) return { pieces, rest: lines.slice(at) }
      // Nothing new above it: a forwarded mail, or an answer below the line that names whom it answers.
      opening.push(...lines.slice(begun.from, begun.to))
      at = begun.to
    } else {
      const line = lines[at] ?? ''
      const kind = quoted.test(line) ? 'quote' : 'text'
      const piece = pieces.at(-1)
      if (kind === 'text' && line.trim() === '' && piece !== undefined && opening.length === 0) piece.lines.push(line)
      else if (line.trim() === '' && opening.length > 0) opening.push(line)
      else if (piece?.kind === kind && opening.length === 0) piece.lines.push(line)
      else {
        pieces.push({ kind, lines: [line], opening })
        opening = []
      }
      at += 1
    }
  }
  return { pieces, rest: opening }
}

/** The openings of quotes by the line they begin at. */
function openingsIn(lines: readonly string[]): ReadonlyMap<number, Lines> {
  const found = new Map<number, Lines>()
  let free = 0
  for (const at of lines.keys()) {
    const opening = openingEndingAt(lines, at)
    if (opening === null || opening.from < free) continue
    found.set(opening.from, opening)
    free = opening.to
  }
  return found
}

function isQuotedFrom(lines: readonly string[], from: number): boolean {
  const next = lines.slice(from, from + 4).find((line) => line.trim() !== '')
  return next !== undefined && quoted.test(next)
}

function isWritten({ kind, lines }: Piece): boolean {
  return kind === 'text' && lines.some((line) => line.trim() !== '')
}

const delimiter = /^(?:-- ?|—|――|__)[ \t]*$/
const added = replyLanguages.flatMap(({ signatures }) => signatures)

function withoutSignature(piece: Piece, removed: string[]): Piece {
  const at = piece.lines.findIndex((line) => delimiter.test(line))
  let end = at === -1 ? piece.lines.length : at
  for (let line = end - 1; line >= 0; line -= 1) {
    const words = (piece.lines[line] ?? '').trim()
    if (words !== '' && !isAdded(words)) break
    if (words !== '') end = line
  }
  // A piece that was all signature goes whole, with what introduced it.
  if (!piece.lines.slice(0, end).some(isWrittenLine)) removed.push(...piece.opening)
  removed.push(...piece.lines.slice(end))
  return { ...piece, lines: piece.lines.slice(0, end) }
}

function isAdded(line: string): boolean {
  return line.length < 160 && added.some((signature) => signature.test(line))
}

function isWrittenLine(line: string): boolean {
  return line.trim() !== ''
}

function trimmed(lines: readonly string[]): string {
  const first = lines.findIndex(isWrittenLine)
  return first === -1
    ? ''
    : lines
        .slice(first, lines.findLastIndex(isWrittenLine) + 1)
        .join('\n')
        .trimEnd()
}
