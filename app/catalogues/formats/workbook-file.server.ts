import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { checkArchive, mostBytesInside, mostEntries } from './archive-checks.ts'
import { WorkbookFaultError } from './workbook-fault.ts'

/** A workbook laid open: its parts by name, read one after another. */
export interface OpenWorkbook {
  readonly names: readonly string[]
  /** The bytes of a part; none if there is no such part. Counted against its declared size and against all that was read. */
  readonly part: (name: string) => AsyncGenerator<Uint8Array>
  /** A folder of its own for what does not fit into memory; it goes when the workbook is closed. */
  readonly folder: string
  readonly close: () => Promise<void>
}

/**
 * Opens a workbook: copied into a folder of its own, since the directory of an archive stands at its end, and judged by that
 * directory before anything is unpacked.
 *
 * @throws WorkbookFaultError if it is no archive, or one that is not to be unpacked
 */
export async function openWorkbook(source: Readable): Promise<OpenWorkbook> {
  const folder = await mkdtemp(join(tmpdir(), 'workbook-'))
  try {
    const path = join(folder, 'workbook.zip')
    await pipeline(source, createWriteStream(path))
    const zip = await asFault(() => openPromise(path, { autoClose: false, decodeStrings: true }))
    const entries = await directoryOf(zip)
    const budget = { left: mostBytesInside }
    return {
      names: [...entries.keys()],
      part: (name) => readPart(zip, entries.get(name), budget),
      folder,
      close: async () => {
        zip.close()
        await rm(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function directoryOf(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > mostEntries) throw new WorkbookFaultError('too-large-inside', `${zip.entryCount} entries`)
  const entries: Entry[] = []
  await asFault(async () => {
    for await (const entry of zip.eachEntry()) entries.push(entry)
  })
  checkArchive(
    entries.map((entry) => ({
      name: entry.fileName,
      compressed: entry.compressedSize,
      uncompressed: entry.uncompressedSize,
      offset: entry.relativeOffsetOfLocalHeader,
      encrypted: entry.isEncrypted(),
      method: entry.compressionMethod,
    })),
  )
  return new Map(entries.map((entry) => [entry.fileName, entry]))
}

async function* readPart(zip: ZipFile, entry: Entry | undefined, budget: { left: number }): AsyncGenerator<Uint8Array> {
  if (entry === undefined) return
  const stream = await asFault(() => zip.openReadStreamPromise(entry))
  let left = entry.uncompressedSize
  try {
    for await (const chunk of stream) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('an archive gives bytes')
      left -= chunk.length
      budget.left -= chunk.length
      // The directory may say what it likes: what comes out is counted.
      if (left < 0 || budget.left < 0)
        throw new WorkbookFaultError('too-large-inside', `${entry.fileName} is larger than told`)
      yield chunk
    }
  } catch (error) {
    throw faultOf(error)
  } finally {
    stream.destroy()
  }
}

async function asFault<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    throw faultOf(error)
  }
}

// yauzl tells everything that is wrong with an archive by plain errors; those of the disk have a code.
function faultOf(error: unknown): Error {
  if (error instanceof WorkbookFaultError) return error
  if (!(error instanceof Error)) return new Error('reading an archive failed', { cause: error })
  if ('code' in error && typeof error.code === 'string' && !error.code.startsWith('Z_')) return error
  const unsafe = /relative path|absolute path|invalid characters/u.test(error.message)
  return new WorkbookFaultError(unsafe ? 'unsafe-workbook' : 'damaged-workbook', error.message)
}
