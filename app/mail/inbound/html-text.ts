import { decodeEntities } from './html-entities.ts'

const unseen = new Set(['head', 'style', 'script', 'title', 'template'])
const breaking = new Set(
  'address article aside blockquote body br center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tr ul'.split(
    ' ',
  ),
)
const spaced = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'table', 'ul', 'ol', 'pre'])
const maxQuoteDepth = 10

type Reading = { lines: string[]; line: string; depth: number; unseenUntil: string | null; lastClose: number }

/**
 * The text of an HTML mail: one line a block, `>` before each line of a `blockquote`, as mail programs quote.
 *
 * Linear in its length; for people to read and for cutting quotes, never to be shown as HTML.
 */
export function htmlText(html: string): string {
  const reading: Reading = { lines: [], line: '', depth: 0, unseenUntil: null, lastClose: html.lastIndexOf('>') }
  let at = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    const textEnd = open === -1 ? html.length : open
    if (textEnd > at) readText(reading, html.slice(at, textEnd))
    if (open === -1) break
    at = readTag(reading, html, open)
  }
  endLine(reading)
  return reading.lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function readText(reading: Reading, source: string): void {
  if (reading.unseenUntil !== null) return
  const words = decodeEntities(source).replace(/[\s\u00A0]+/g, ' ')
  reading.line += reading.line === '' ? words.trimStart() : words
}

/** @returns where to go on */
function readTag(reading: Reading, html: string, open: number): number {
  if (html.startsWith('<!--', open)) {
    const end = html.indexOf('-->', open + 4)
    return end === -1 ? html.length : end + 3
  }
  const tag = /^<([/!]?)([a-z][a-z0-9:]{0,15})(?=[\s/>])/i.exec(html.slice(open, open + 20))
  if (tag === null || open > reading.lastClose) {
    // A lone `<` is text.
    readText(reading, '<')
    return open + 1
  }
  const close = html.indexOf('>', open)
  const name = (tag[2] ?? '').toLowerCase()
  const closing = tag[1] === '/'
  if (reading.unseenUntil !== null) {
    if (closing && name === reading.unseenUntil) reading.unseenUntil = null
    return close + 1
  }
  if (unseen.has(name) && !closing) {
    reading.unseenUntil = name
    return close + 1
  }
  if (breaking.has(name)) breakLine(reading, name, closing)
  return close + 1
}

function breakLine(reading: Reading, name: string, closing: boolean): void {
  if (name === 'br') {
    pushLine(reading)
    return
  }
  endLine(reading)
  // One empty line between blocks, however many tags end there.
  if (spaced.has(name) && !/^>{0,10}$/.test(reading.lines.at(-1) ?? '')) reading.lines.push(quoteOf(reading).trimEnd())
  if (name === 'hr') reading.lines.push(`${quoteOf(reading)}----------`)
  if (name === 'blockquote') {
    reading.depth = Math.min(maxQuoteDepth, Math.max(0, reading.depth + (closing ? -1 : 1)))
    // The empty line after a quote belongs to what follows.
    if (closing) reading.lines.splice(-1, 1, quoteOf(reading).trimEnd())
  }
  if (name === 'li' && !closing) reading.line = '- '
}

function endLine(reading: Reading): void {
  if (reading.line.trim() !== '') pushLine(reading)
  reading.line = ''
}

function pushLine(reading: Reading): void {
  reading.lines.push(`${quoteOf(reading)}${reading.line.trim()}`.trimEnd())
  reading.line = ''
}

function quoteOf({ depth }: Reading): string {
  return depth === 0 ? '' : `${'>'.repeat(depth)} `
}
