import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { env } from './env.server.ts'

/** An object that was kept: its SHA-256 in lower hex and its size in bytes. */
export type StoredObject = { sha256: string; bytes: number }

/** Thrown by `keepObject` when more than the allowed bytes arrive; nothing is kept. */
export class TooLargeError extends Error {
  override name = 'TooLargeError'
}

function root(): string {
  const { STORAGE_URL, DATA_DIR } = env()
  if (STORAGE_URL === undefined) return join(DATA_DIR, 'files')
  if (!STORAGE_URL.startsWith('file:')) throw new Error('STORAGE_URL: only file: is offered in this version.')
  return fileURLToPath(STORAGE_URL)
}

function pathOf(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error(`Not a SHA-256: ${sha256.slice(0, 80)}`)
  return join(root(), sha256.slice(0, 2), sha256)
}

/**
 * Keeps a stream under its own SHA-256, written beside first and moved when whole: an object is there entirely or not at all.
 *
 * @throws TooLargeError after `maxBytes`
 */
export async function keepObject(
  source: Readable | AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<StoredObject> {
  const hash = createHash('sha256')
  let bytes = 0
  const count = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length
      if (bytes > maxBytes) return done(new TooLargeError(`More than ${maxBytes} bytes arrived.`))
      hash.update(chunk)
      done(null, chunk)
    },
  })
  const temporary = join(root(), `incoming-${randomUUID()}`)
  await mkdir(root(), { recursive: true })
  try {
    await pipeline(source, count, createWriteStream(temporary, { flush: true }))
    const sha256 = hash.digest('hex')
    const path = pathOf(sha256)
    await mkdir(dirname(path), { recursive: true })
    await rename(temporary, path)
    return { sha256, bytes }
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Streams an object. Fails with ENOENT when there is none. */
export function readObject(sha256: string): Readable {
  return createReadStream(pathOf(sha256))
}

/** Whether the object storage can be written to: for `/readyz`. */
export async function storageAnswers(): Promise<boolean> {
  await mkdir(root(), { recursive: true })
  return (await stat(root())).isDirectory()
}
