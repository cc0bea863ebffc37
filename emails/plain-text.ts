import { colon, sentenceGap } from '#app/ui/format.ts'
import type { Block, Content, Line } from './blocks.ts'

/** The text part's width in columns; a Japanese character takes two. */
const columns = 76

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
// JIS X 4051: these may not begin a line, and those may not end one.
const notFirst = /^[、。，．・：；？！ー）〕］｝〉》」』】ぁぃぅぇぉっゃゅょァィゥェォッャュョ々…]/u
const notLast = /[（〔［｛〈《「『【]$/u
// A number keeps its unit: 12月, 5日, 176作品.
const number = /\d$/
const unit = /^[年月日時分件通社名点版行作営会]/u

/** How many columns a fixed-width screen needs for `text`. */
export function columnsOf(text: string): number {
  if (isNarrow(text)) return text.length
  let sum = 0
  for (const character of text) sum += wide.test(character) ? 2 : 1
  return sum
}

// Latin, Greek, Cyrillic and the punctuation of letters: every character takes one column, and only spaces part.
const wideOrLong = /[\u1100-\u1fff\u2100-\uffff]/

function isNarrow(text: string): boolean {
  return !wideOrLong.test(text)
}

/** The smallest pieces that may not be broken: words with the space before them, or single wide characters. */
function pieces(text: string): string[] {
  const found: string[] = []
  let word = ''
  const close = () => {
    const last = found.at(-1)
    if (last !== undefined && notLast.test(last) && !word.startsWith(' ')) found[found.length - 1] = last + word
    else if (word !== '') found.push(word)
    word = ''
  }
  for (const character of text) {
    if (wide.test(character)) {
      close()
      const last = found.at(-1)
      const joined = last !== undefined && mayNotPart(last, character)
      if (joined) found[found.length - 1] = last + character
      else found.push(character)
    } else if (character === ' ') {
      close()
      word = ' '
    } else word += character
  }
  close()
  return found
}

function mayNotPart(last: string, next: string): boolean {
  return notFirst.test(next) || notLast.test(last) || (number.test(last) && unit.test(next))
}

const gap = /[^\S ]|  /u

/**
 * Breaks one paragraph into lines of at most `width` columns.
 *
 * @param indent put before every line but the first
 * @returns the lines; only a word that is longer than the width, such as an address, goes over it
 */
export function wrap(text: string, { width = columns, first = '', indent = '' } = {}): string {
  const whole = (gap.test(text) ? text.replaceAll(/\s+/gu, ' ') : text).trim()
  if (isNarrow(whole) && isNarrow(first)) return wrapNarrow(whole, { width, first, indent })
  const lines: string[] = []
  let line = first
  let used = columnsOf(first)
  let empty = true
  for (const piece of pieces(whole)) {
    const needed = columnsOf(piece)
    if (!empty && used + needed > width) {
      lines.push(line)
      line = indent + piece.trimStart()
      used = columnsOf(line)
    } else {
      line += piece
      used += needed
    }
    empty = false
  }
  lines.push(line)
  return lines.map((each) => each.trimEnd()).join('\n')
}

/** As `wrap`, for words that only single spaces part: what fits is found at once, not word by word. */
function wrapNarrow(words: string, { width, first, indent }: { width: number; first: string; indent: string }): string {
  const lines: string[] = []
  let from = 0
  let lead = first
  while (lead.length + words.length - from > width) {
    const fits = words.lastIndexOf(' ', from + width - lead.length)
    const cut = fits > from ? fits : words.indexOf(' ', from)
    if (cut === -1) break
    lines.push(lead + words.slice(from, cut))
    from = cut + 1
    lead = indent
  }
  return [...lines, lead + words.slice(from)].map((line) => line.trimEnd()).join('\n')
}

// Readers of plain mail take what touches an address for its end, but for the punctuation of ASCII.
const touching = /(https?:\/\/[!-~]+)(?=[^\0-~])/gu

/** A line's words; an address that its words do not show follows them. */
function withAddresses(line: Line): string {
  return line
    .map((span) => {
      if (typeof span === 'string') return span
      return span.href === undefined || span.href === span.text ? span.text : `${span.text}${colon()}${span.href}`
    })
    .join('')
    .replaceAll(touching, '$1 ')
}

/** A paragraph whose own line breaks are kept: letters are set by those who wrote them. */
function wrapKept(text: string): string {
  return text
    .split('\n')
    .map((line) => wrap(line))
    .join('\n')
}

/** Words with an address on the line below. */
function headed(words: string): string {
  return `${words}${colon()}`.trimEnd()
}

function drawn(block: Block): string {
  switch (block.kind) {
    case 'line':
    case 'due':
      return wrap(withAddresses(block.line))
    case 'act':
      return [
        `${wrap(headed(block.label))}\n${block.href}`,
        ...(block.note === undefined ? [] : [wrap(block.note)]),
      ].join('\n\n')
    case 'links':
      return block.links
        .map(
          ({ lead, label, href }) =>
            `${wrap(`${lead === undefined ? '' : `${lead}${sentenceGap()}`}${headed(label)}`)}\n${href}`,
        )
        .join('\n\n')
    case 'section':
      return `${block.title}\n${'-'.repeat(Math.min(columns, columnsOf(block.title)))}`
    case 'numbered':
      return block.items
        .map(({ title, text }, at) => wrap(`${title}${colon()}${text}`, { first: `${at + 1}. `, indent: '   ' }))
        .join('\n')
    case 'bullets':
      return block.items.map((line) => wrap(withAddresses(line), { first: '- ', indent: '  ' })).join('\n')
    case 'facts':
      return block.rows
        .map(({ label, line }) => wrap(`${label}${colon()}${withAddresses(line)}`, { indent: '  ' }))
        .join('\n')
  }
  return block.paragraphs.map(wrapKept).join('\n\n')
}

/**
 * The text part: it stands alone, 76 columns wide, with every address written out.
 *
 * @returns lines ended by a line feed
 */
export function plainText({ kicker, reference, title, blocks, foot }: Content): string {
  const head = reference === undefined ? kicker : `${kicker}  ${reference}`
  const body = blocks.map((block) => (block.kind === 'section' ? `\n${drawn(block)}` : drawn(block)))
  const small = foot.filter((line) => line.length > 0).map((line) => wrap(withAddresses(line)))
  return `${[wrap(head), wrap(title), ...body, '-'.repeat(20), ...small].join('\n\n')}\n`
}
