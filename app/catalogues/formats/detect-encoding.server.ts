import type { Readable } from 'node:stream'
import { fileTypeOf, isUtf16, typeBytes, type FileType } from './file-type.ts'
import { guessLegacyEncoding, type TextEncoding } from './text-encoding.ts'

const sampleBytes = 256 * 1024

/** What a file is and how its text is written. */
export type FileFacts = { type: FileType; encoding: TextEncoding; bytes: number }

/**
 * Reads a file from end to end once to tell its encoding: a file can be plain ASCII for a hundred thousand rows and
 * Shift_JIS after them. Valid UTF-8 is UTF-8; otherwise the lines that are not ASCII decide.
 */
export async function detectEncoding(source: Readable): Promise<FileFacts> {
  const strict = new TextDecoder('utf-8', { fatal: true })
  let head: Uint8Array = new Uint8Array()
  let sample: Uint8Array = new Uint8Array()
  let bytes = 0
  let isUtf8 = true
  let isJis = false
  for await (const chunk of chunks(source)) {
    if (head.length < typeBytes) head = Buffer.concat([head, chunk]).subarray(0, typeBytes)
    bytes += chunk.length
    isUtf8 &&= decodes(strict, chunk)
    isJis ||= chunk.includes('\u001B$B') || chunk.includes('\u001B$@')
    if (sample.length < sampleBytes && (sample.length > 0 || chunk.some((byte) => byte > 0x7f))) {
      sample = Buffer.concat([sample, chunk]).subarray(0, sampleBytes)
    }
  }
  const type = fileTypeOf(head)
  const wide = isUtf16(head)
  if (wide !== undefined) return { type, encoding: wide, bytes }
  if (isUtf8 && decodes(strict, undefined)) return { type, encoding: isJis ? 'iso-2022-jp' : 'utf-8', bytes }
  return { type, encoding: guessLegacyEncoding(linesAboveAscii(sample)), bytes }
}

/** The chunks of a stream of bytes, whatever the stream calls them. */
export async function* chunks(source: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of source) yield Buffer.from(chunk)
}

function decodes(decoder: TextDecoder, chunk: Uint8Array | undefined): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined })
    return true
  } catch {
    return false
  }
}

// Lines end at the same byte in every encoding that is told here. A line cut at the sample's end would not decode.
function linesAboveAscii(sample: Uint8Array): Uint8Array {
  const text = Buffer.from(sample)
  const lines: Buffer[] = []
  let from = 0
  while (from < text.length) {
    const end = text.indexOf(0x0a, from)
    const isCut = end === -1 && text.length === sampleBytes
    const line = text.subarray(from, end === -1 ? text.length : end + 1)
    if (!isCut && line.some((byte) => byte > 0x7f)) lines.push(line)
    from += line.length
  }
  return Buffer.concat(lines)
}
