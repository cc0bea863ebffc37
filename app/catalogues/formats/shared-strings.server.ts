import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { unescapedText } from './cell-values.ts'
import { WorkbookFaultError } from './workbook-fault.ts'
import type { OpenWorkbook } from './workbook-file.server.ts'
import { xmlEvents } from './xml-events.ts'

/** The texts that the cells of a workbook share, kept in a file beside it. */
export interface SharedStrings {
  readonly at: (index: number) => string
  readonly close: () => void
}

// A million rows of five texts each; their places take eight bytes each.
const mostStrings = 5_000_000
const blockBytes = 64 * 1024
const mostBlocks = 64

/**
 * Reads the shared texts of a workbook into a file, so that a workbook of many texts takes no more memory than one of few. The
 * reading aids over Japanese words are no part of them.
 */
export async function readSharedStrings(file: OpenWorkbook, path: string | undefined): Promise<SharedStrings> {
  const descriptor = openSync(join(file.folder, 'strings'), 'w+')
  try {
    const ends = path === undefined ? [] : await writeStrings(file, path, descriptor)
    return { at: reader(descriptor, ends), close: () => closeSync(descriptor) }
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

async function writeStrings(file: OpenWorkbook, path: string, descriptor: number): Promise<number[]> {
  const ends: number[] = []
  let waiting: Buffer[] = []
  let [length, unwritten] = [0, 0]
  for await (const text of stringsIn(file, path)) {
    const bytes = Buffer.from(text)
    length += bytes.length
    unwritten += bytes.length
    ends.push(length)
    waiting.push(bytes)
    if (ends.length > mostStrings) throw new WorkbookFaultError('too-large-inside', `more than ${mostStrings} texts`)
    if (unwritten < blockBytes) continue
    writeSync(descriptor, Buffer.concat(waiting))
    waiting = []
    unwritten = 0
  }
  writeSync(descriptor, Buffer.concat(waiting))
  return ends
}

async function* stringsIn(file: OpenWorkbook, path: string): AsyncGenerator<string> {
  let text = ''
  let taking = false
  let aids = 0
  for await (const events of xmlEvents(file.part(path))) {
    for (const event of events) {
      if ('text' in event) {
        if (taking) text += event.text
      } else if ('open' in event) {
        if (event.open === 'si') text = ''
        if (event.open === 'rPh') aids += 1
        if (event.open === 't') taking = aids === 0
      } else {
        if (event.close === 't') taking = false
        if (event.close === 'rPh') aids -= 1
        if (event.close === 'si') yield unescapedText(text)
      }
    }
  }
}

// Texts stand in the order in which cells first use them, so the next one is nearly always in a block that was just read.
function reader(descriptor: number, ends: readonly number[]): SharedStrings['at'] {
  const blocks = new Map<number, Buffer>()
  const block = (number: number): Buffer => {
    const known = blocks.get(number)
    if (known !== undefined) return known
    const bytes = Buffer.alloc(blockBytes)
    const read = readSync(descriptor, bytes, 0, blockBytes, number * blockBytes)
    const [oldest] = blocks.size >= mostBlocks ? blocks.keys() : []
    if (oldest !== undefined) blocks.delete(oldest)
    const filled = bytes.subarray(0, read)
    blocks.set(number, filled)
    return filled
  }
  return (index) => {
    const end = ends[index]
    if (end === undefined) throw new WorkbookFaultError('damaged-workbook', `there is no text ${index}`)
    const parts: Buffer[] = []
    for (let at = ends[index - 1] ?? 0; at < end;) {
      const number = Math.floor(at / blockBytes)
      const until = Math.min(end, (number + 1) * blockBytes)
      parts.push(block(number).subarray(at - number * blockBytes, until - number * blockBytes))
      at = until
    }
    const [only, another] = parts
    return (another === undefined ? (only ?? Buffer.alloc(0)) : Buffer.concat(parts)).toString('utf8')
  }
}
