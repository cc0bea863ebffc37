import { WorkbookFaultError } from './workbook-fault.ts'

/** A piece of XML: a tag that opens (prefixes of names left out), text between tags, a tag that closes. */
export type XmlEvent =
  | { readonly open: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly text: string }
  | { readonly close: string }

// Longer than any tag of a workbook, deeper than any of its parts.
const longestMarkup = 2 ** 16
const deepest = 100

/**
 * Streams the events of an XML document in batches, one for each piece that came. For the parts of workbooks: a document type
 * is refused, so no entity but the five of XML is ever replaced and nothing outside is asked for.
 *
 * @throws WorkbookFaultError if the document is not well-formed, is cut short, or declares a document type
 */
export async function* xmlEvents(source: AsyncIterable<Uint8Array>): AsyncGenerator<XmlEvent[]> {
  const state: State = { rest: '', open: [], seen: false }
  let decoder: TextDecoder | undefined
  for await (const chunk of source) {
    decoder ??= new TextDecoder(chunk[0] === 0xff || chunk[0] === 0xfe ? 'utf-16' : 'utf-8', { fatal: true })
    yield readText(state, decodePiece(decoder, chunk))
  }
  yield readText(state, decodePiece(decoder ?? new TextDecoder(), undefined))
  if (!state.seen || state.open.length > 0 || state.rest.trim() !== '') throw damaged('a part ends too early')
}

interface State {
  rest: string
  readonly open: string[]
  /** The root element was there. */
  seen: boolean
}

function decodePiece(decoder: TextDecoder, chunk: Uint8Array | undefined): string {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
  } catch (error) {
    throw damaged(`a part is not text: ${String(error)}`)
  }
}

function readText(state: State, more: string): XmlEvent[] {
  const text = state.rest + more
  const events: XmlEvent[] = []
  let at = 0
  while (at < text.length) {
    const end = text[at] === '<' ? readMarkup(text, at, state, events) : readWords(text, at, state, events)
    if (end === at) break
    at = end
  }
  state.rest = text.slice(at)
  if (state.rest.length > longestMarkup) throw damaged('a tag has no end')
  return events
}

// Text up to the next tag; what may be half a reference waits for more.
function readWords(text: string, from: number, state: State, events: XmlEvent[]): number {
  const tag = text.indexOf('<', from)
  let end = tag === -1 ? text.length : tag
  if (tag === -1) {
    const reference = text.lastIndexOf('&')
    if (reference >= from && !text.includes(';', reference)) end = reference
  }
  if (end === from) return from
  const words = text.slice(from, end)
  if (state.open.length > 0) events.push({ text: plain(words) })
  else if (words.replace('\uFEFF', '').trim() !== '') throw damaged('text outside of the document')
  return end
}

const skipped = [
  ['<?', '?>'],
  ['<!--', '-->'],
] as const
const longestOpening = '<![CDATA['.length

function readMarkup(text: string, from: number, state: State, events: XmlEvent[]): number {
  for (const [opening, closing] of skipped) {
    if (!text.startsWith(opening, from)) continue
    const end = text.indexOf(closing, from + opening.length)
    return end === -1 ? from : end + closing.length
  }
  if (text.startsWith('<![CDATA[', from)) {
    const end = text.indexOf(']]>', from)
    if (end === -1) return from
    if (state.open.length > 0) events.push({ text: text.slice(from + longestOpening, end) })
    return end + 3
  }
  if (text.startsWith('<!', from)) {
    if (text.length - from < longestOpening) return from
    throw new WorkbookFaultError('unsafe-workbook', 'a part declares a document type')
  }
  return readTag(text, from, state, events)
}

// A tag with its attributes, whose values may hold anything but their own quotation mark. Each sign has one place, so that
// what is no tag is given up in one pass.
const tag = /<(\/?)([^\s"'<>/]+)(?![^\s"'<>/])((?:[^"'<>]|"[^"<]*"|'[^'<]*')*?)(\/?)>/uy
const attribute = /(?<!\s)\s+([^\s"'=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu

function readTag(text: string, from: number, state: State, events: XmlEvent[]): number {
  tag.lastIndex = from
  const found = tag.exec(text)
  if (found === null) {
    if (text.indexOf('<', from + 1) !== -1 || text.length - from > longestMarkup)
      throw damaged('a tag is not well-formed')
    return from
  }
  const [whole, closes = '', prefixed = '', attributes = '', empty = ''] = found
  const name = localName(prefixed)
  if (closes !== '') {
    if (state.open.pop() !== name) throw damaged(`${name} closes what is not open`)
    events.push({ close: name })
    return from + whole.length
  }
  if (state.open.length === 0 && state.seen) throw damaged('a second root')
  state.seen = true
  events.push({ open: name, attributes: attributesOf(attributes) })
  if (empty === '') {
    state.open.push(name)
    if (state.open.length > deepest) throw new WorkbookFaultError('unsafe-workbook', 'a part is nested too deeply')
  } else events.push({ close: name })
  return from + whole.length
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {}
  if (text.trim() === '') return attributes
  for (const [, name = '', double, single] of text.matchAll(attribute)) {
    attributes[localName(name)] = plain(double ?? single ?? '')
  }
  return attributes
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function plain(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(/&([^;]*);?/gu, (whole, name: string) => {
    const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/iu.exec(name)
    const point = code ? Number.parseInt(code[1] ?? code[2] ?? '', code[1] === undefined ? 10 : 16) : undefined
    const character = point === undefined ? named[name] : point <= 0x10ffff ? String.fromCodePoint(point) : undefined
    if (character === undefined || !whole.endsWith(';')) throw damaged('a reference that is none')
    return character
  })
}

function damaged(detail: string): WorkbookFaultError {
  return new WorkbookFaultError('damaged-workbook', detail)
}
