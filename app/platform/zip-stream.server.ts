import { crc32, createDeflateRaw } from 'node:zlib'
import { Readable } from 'node:stream'

/** One file of an archive: its name and its text or bytes, made as it is written. */
export interface ZipPart {
  readonly name: string
  readonly text: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>
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
const mostEntries = 0xff_ff

/**
 * Writes an archive part after part as its reader takes it: nothing waits in memory but the rows under way, and about a
 * hundred bytes for each file that is written. Beyond 4 GiB or 65,535 files it is a Zip64.
 *
 * @throws RangeError if a part is larger than 4 GiB
 * @see PKWARE APPNOTE.TXT 6.3.10
 */
export async function* zipStream(parts: Iterable<ZipPart> | AsyncIterable<ZipPart>): AsyncGenerator<Uint8Array> {
  const entries: Buffer[] = []
  let offset = 0
  for await (const { name, text } of parts) {
    const named = Buffer.from(name)
    const head = localHeader(named)
    yield head
    const counted = { crc: 0, size: 0, compressed: 0 }
    for await (const chunk of deflated(text, counted)) yield chunk
    yield descriptor(counted)
    if (Math.max(counted.size, counted.compressed) > mostBytes)
      throw new RangeError(`${name} is larger than a file may be`)
    entries.push(entryOf({ name: named, offset, ...counted }))
    offset += head.length + counted.compressed + 16
  }
  const bytes = entries.reduce((sum, entry) => sum + entry.length, 0)
  yield* entries
  yield endOf(entries.length, bytes, offset)
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
  const far = offset >= mostBytes
  const extra = Buffer.alloc(far ? 12 : 0)
  if (far) {
    extra.writeUInt16LE(0x0001, 0)
    extra.writeUInt16LE(8, 2)
    extra.writeBigUInt64LE(BigInt(offset), 4)
  }
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02_01_4b_50, 0)
  const version = far ? 45 : 20
  for (const [place, value] of [version, version, flags, method, time, date].entries())
    entry.writeUInt16LE(value, 4 + place * 2)
  for (const [place, value] of [crc, compressed, size].entries()) entry.writeUInt32LE(value, 16 + place * 4)
  entry.writeUInt16LE(name.length, 28)
  entry.writeUInt16LE(extra.length, 30)
  entry.writeUInt32LE(Math.min(offset, mostBytes), 42)
  return Buffer.concat([entry, name, extra])
}

function endOf(entries: number, bytes: number, offset: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06_05_4b_50, 0)
  end.writeUInt16LE(Math.min(entries, mostEntries), 8)
  end.writeUInt16LE(Math.min(entries, mostEntries), 10)
  end.writeUInt32LE(Math.min(bytes, mostBytes), 12)
  end.writeUInt32LE(Math.min(offset, mostBytes), 16)
  const isLarge = entries >= mostEntries || bytes >= mostBytes || offset >= mostBytes
  return isLarge ? Buffer.concat([largeEndOf(entries, bytes, offset), end]) : end
}

// APPNOTE.TXT 4.3.14 and 4.3.15: the record with the true numbers, and where it lies.
function largeEndOf(entries: number, bytes: number, offset: number): Buffer {
  const end = Buffer.alloc(76)
  end.writeUInt32LE(0x06_06_4b_50, 0)
  end.writeBigUInt64LE(44n, 4)
  end.writeUInt16LE(45, 12)
  end.writeUInt16LE(45, 14)
  end.writeBigUInt64LE(BigInt(entries), 24)
  end.writeBigUInt64LE(BigInt(entries), 32)
  end.writeBigUInt64LE(BigInt(bytes), 40)
  end.writeBigUInt64LE(BigInt(offset), 48)
  end.writeUInt32LE(0x07_06_4b_50, 56)
  end.writeBigUInt64LE(BigInt(offset + bytes), 64)
  end.writeUInt32LE(1, 72)
  return end
}
