import { crc32, createDeflateRaw } from 'node:zlib'
import { Readable } from 'node:stream'

/** One file of an archive: its name and its text, made as it is written. */
export interface ZipPart {
  readonly name: string
  readonly text: AsyncIterable<string> | Iterable<string>
}

interface Written {
  readonly name: Buffer
  readonly crc: number
  readonly compressed: number
  readonly size: number
  readonly offset: number
}

// Deflated, sizes after the data, names in UTF-8 (APPNOTE.TXT 4.4.4).
const flags = 0x0808
const method = 8
// 1 January 1980: an archive of the same rows has the same bytes.
const [time, date] = [0, 0x0021]
const mostBytes = 0xff_ff_ff_ff

/**
 * Writes an archive part after part as its reader takes it: nothing waits in memory but the rows under way.
 *
 * @throws RangeError if a part or the whole is larger than 4 GiB
 * @see PKWARE APPNOTE.TXT 6.3.10
 */
export async function* zipStream(parts: readonly ZipPart[]): AsyncGenerator<Uint8Array> {
  const written: Written[] = []
  let offset = 0
  for (const { name, text } of parts) {
    const named = Buffer.from(name)
    const head = localHeader(named)
    yield head
    const counted = { crc: 0, size: 0, compressed: 0 }
    for await (const chunk of deflated(text, counted)) yield chunk
    yield descriptor(counted)
    written.push({ name: named, offset, ...counted })
    offset += head.length + counted.compressed + 16
    if (offset > mostBytes || counted.size > mostBytes) throw new RangeError(`${name} is larger than an archive holds`)
  }
  const directory = Buffer.concat(written.map((each) => entryOf(each)))
  yield directory
  yield endOf(written.length, directory.length, offset)
}

type Counted = { crc: number; size: number; compressed: number }

async function* deflated(text: ZipPart['text'], counted: Counted): AsyncGenerator<Uint8Array> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for await (const piece of text) {
      const chunk = Buffer.from(piece)
      counted.crc = crc32(chunk, counted.crc)
      counted.size += chunk.length
      yield chunk
    }
  }
  const source = Readable.from(bytes(), { objectMode: false })
  const deflate = createDeflateRaw({ level: 6 })
  source.on('error', (error) => deflate.destroy(error))
  try {
    for await (const chunk of source.pipe(deflate)) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('deflating gives bytes')
      counted.compressed += chunk.length
      yield chunk
    }
  } finally {
    source.destroy()
    deflate.destroy()
  }
}

function localHeader(name: Buffer): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04_03_4b_50, 0)
  for (const [place, value] of [20, flags, method, time, date].entries()) head.writeUInt16LE(value, 4 + place * 2)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name])
}

function descriptor({ crc, compressed, size }: Counted): Buffer {
  const bytes = Buffer.alloc(16)
  for (const [place, value] of [0x08_07_4b_50, crc, compressed, size].entries()) bytes.writeUInt32LE(value, place * 4)
  return bytes
}

function entryOf({ name, crc, compressed, size, offset }: Written): Buffer {
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02_01_4b_50, 0)
  for (const [place, value] of [20, 20, flags, method, time, date].entries()) entry.writeUInt16LE(value, 4 + place * 2)
  for (const [place, value] of [crc, compressed, size].entries()) entry.writeUInt32LE(value, 16 + place * 4)
  entry.writeUInt16LE(name.length, 28)
  entry.writeUInt32LE(offset, 42)
  return Buffer.concat([entry, name])
}

function endOf(entries: number, bytes: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06_05_4b_50, 0)
  end.writeUInt16LE(entries, 8)
  end.writeUInt16LE(entries, 10)
  end.writeUInt32LE(bytes, 12)
  end.writeUInt32LE(offset, 16)
  return end
}
