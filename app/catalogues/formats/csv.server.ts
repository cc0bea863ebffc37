import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { z } from 'zod'
import { chunks } from './detect-encoding.server.ts'
import type { Separator } from './separator.ts'
import type { TextEncoding } from './text-encoding.ts'

/** How the text of a file is written. */
export type CsvForm = { encoding: TextEncoding; separator: Separator }

/** One row with the line it begins on (the first line is 1), or a row that cannot be read. */
export type CsvRow = { line: number; cells: string[] } | { line: number; broken: 'quote' | 'too-long' }

// Longer than any real row; without a limit one lost quotation mark would take the rest of the file into memory.
const longestRow = 2 ** 20
const mostRestarts = 200

/**
 * Streams the rows of a CSV file, the headings first; empty lines are left out. A quotation mark that is never closed,
 * or a row longer than a mebibyte, spoils its first line only: reading goes on with the next.
 *
 * @param open opens the file from its beginning; called again after each spoilt row
 */
export async function* readCsv(open: () => Readable, form: CsvForm): AsyncGenerator<CsvRow> {
  let from = 1
  for (let restarts = 0; restarts <= mostRestarts; restarts += 1) {
    const position = { nextLine: from }
    try {
      yield* rowsFrom(open(), form, position)
      return
    } catch (error) {
      const broken = brokenBy(error)
      if (broken === undefined) throw error
      yield { line: position.nextLine, broken }
      from = position.nextLine + 1
    }
  }
  yield { line: from, broken: 'quote' }
}

/** The text of the first `bytes` bytes of a file: enough to tell its separator. */
export async function readBeginning(source: Readable, encoding: TextEncoding, bytes: number): Promise<string> {
  const decoder = new TextDecoder(encoding)
  let text = ''
  let read = 0
  for await (const chunk of chunks(source)) {
    text += decoder.decode(chunk.subarray(0, bytes - read), { stream: true })
    read += chunk.length
    if (read >= bytes) break
  }
  return text
}

async function* rowsFrom(source: Readable, form: CsvForm, position: { nextLine: number }): AsyncGenerator<CsvRow> {
  let records: string[][] = []
  let failure: Error | undefined
  const parser = parse({
    delimiter: form.separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: longestRow,
    // Rows are taken here and not from the stream, which drops those it holds when a later one is broken.
    on_record: (record: string[]) => {
      records.push(record)
      // Rows may differ in length. Held against the first, each that does costs an error with its stack: a megabyte of empty lines
      // would take half a minute.
      Object.assign(parser.info, { records: 0 })
      return null
    },
  })
  parser.on('error', (error) => (failure = isQuoting(parser) ? new OpenQuoteError(error) : error))
  parser.resume()
  for await (const text of decoded(source, form.encoding, position.nextLine - 1)) {
    await new Promise<void>((done) => parser.write(text, () => done()))
    yield* counted(records, position)
    records = []
    if (failure !== undefined) throw failure
  }
  await new Promise<void>((done) => parser.end(() => done()))
  yield* counted(records, position)
  if (failure !== undefined) throw failure
}

function* counted(records: readonly string[][], position: { nextLine: number }): Generator<CsvRow> {
  for (const cells of records) {
    const line = position.nextLine
    position.nextLine += 1 + cells.reduce((total, cell) => total + lineBreaks(cell), 0)
    if (cells.length > 1 || cells[0] !== '') yield { line, cells }
  }
}

function lineBreaks(cell: string): number {
  return cell.includes('\n') || cell.includes('\r') ? (cell.match(/\r\n|\n|\r/gu)?.length ?? 0) : 0
}

async function* decoded(source: Readable, encoding: TextEncoding, skipLines: number): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  const skip = lineSkipper(skipLines)
  for await (const chunk of chunks(source)) {
    const text = skip(decoder.decode(chunk, { stream: true }))
    if (text !== '') yield text
  }
  const rest = skip(decoder.decode())
  if (rest !== '') yield rest
}

/** Leaves out the first lines of a text that comes in pieces; they end as the lines of rows do. */
function lineSkipper(lines: number): (piece: string) => string {
  let toSkip = lines
  let endedInReturn = false
  return (piece) => {
    if (toSkip === 0 && !endedInReturn) return piece
    // A line end of two characters may be cut between two pieces.
    const from = endedInReturn && piece.startsWith('\n') ? 1 : 0
    endedInReturn &&= piece === ''
    const ends = /\r\n|\n|\r/gu
    ends.lastIndex = from
    while (toSkip > 0) {
      const end = ends.exec(piece)
      if (end === null) return ''
      toSkip -= 1
      endedInReturn = end[0] === '\r' && ends.lastIndex === piece.length
    }
    return piece.slice(Math.max(from, ends.lastIndex))
  }
}

/** A quotation mark was not closed, whether the file ended first or what a row may hold. */
class OpenQuoteError extends Error {
  override name = 'OpenQuoteError'
  constructor(cause: unknown) {
    super('A quotation mark is not closed.', { cause })
  }
}

// The parser's types leave out its state, which it keeps where its own stream reads it.
const quotingParser = z.object({ state: z.object({ quoting: z.literal(true) }) })

function isQuoting(parser: unknown): boolean {
  return quotingParser.safeParse(parser).success
}

function brokenBy(error: unknown): 'quote' | 'too-long' | undefined {
  if (error instanceof OpenQuoteError) return brokenBy(error.cause) === undefined ? undefined : 'quote'
  if (!(error instanceof CsvError)) return undefined
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return 'quote'
  return error.code === 'CSV_MAX_RECORD_SIZE' ? 'too-long' : undefined
}
