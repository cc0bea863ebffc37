import { createHash, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { arrivedUntil, isLeftArrival, type FoundFile } from './arrivals.ts'
import { diskStore } from './disk-store.server.ts'
import { env } from './env.server.ts'
import { log } from './log.server.ts'
import { isMissing, type ObjectStore } from './object-store.ts'
import { s3Store } from './s3-store.server.ts'

/** An object that was kept: its SHA-256 in lower hex and its size in bytes. */
export type StoredObject = { sha256: string; bytes: number }

/** Thrown by `keepObject` when more than the allowed bytes arrive; nothing is kept. */
export class TooLargeError extends Error {
  override name = 'TooLargeError'
}

/** Thrown when the bytes of an object are no longer those whose hash is its name. */
export class DamagedObjectError extends Error {
  override name = 'DamagedObjectError'
}

let opened: { address: string; store: ObjectStore } | undefined

function store(): ObjectStore {
  const { STORAGE_URL, DATA_DIR } = env()
  const address = STORAGE_URL ?? DATA_DIR
  if (opened?.address !== address) opened = { address, store: openStore(STORAGE_URL, DATA_DIR) }
  return opened.store
}

function openStore(address: string | undefined, dataDir: string): ObjectStore {
  if (address?.startsWith('s3:') === true) return s3Store(address)
  return diskStore(folderOf(address, dataDir))
}

function folderOf(address: string | undefined, dataDir: string): string {
  return address === undefined ? join(dataDir, 'files') : fileURLToPath(address)
}

/** The folder in which objects lie, or null where they lie in a bucket. */
export function objectFolder(): string | null {
  const { STORAGE_URL, DATA_DIR } = env()
  return STORAGE_URL?.startsWith('s3:') === true ? null : folderOf(STORAGE_URL, DATA_DIR)
}

function keyOf(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error(`Not a SHA-256: ${sha256.slice(0, 80)}`)
  return `${sha256.slice(0, 2)}/${sha256}`
}

/**
 * Keeps a stream under its own SHA-256: an object is there entirely or not at all, and the same bytes are there once.
 *
 * @throws TooLargeError after `maxBytes`
 */
export async function keepObject(
  source: Readable | AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<StoredObject> {
  const hash = createHash('sha256')
  let bytes = 0
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      bytes += chunk.length
      if (bytes > maxBytes) throw new TooLargeError(`More than ${maxBytes} bytes arrived.`)
      hash.update(chunk)
      yield chunk
    }
  }
  const arriving = `incoming/${randomUUID()}`
  await store().put(arriving, counted())
  const sha256 = hash.digest('hex')
  await store().move(arriving, keyOf(sha256))
  return { sha256, bytes }
}

/** Streams an object. Fails with ENOENT when there is none. */
export function readObject(sha256: string): Readable {
  return store().read(keyOf(sha256))
}

// What is smaller is read once and held; what is larger is read twice, first to verify and then to send.
const heldBytes = 4 * 2 ** 20

/**
 * Streams an object whose bytes were just hashed again: of one that changed on the disk no byte is sent.
 *
 * @throws DamagedObjectError, after an alarm in the log
 */
export async function openVerified({ sha256, bytes }: StoredObject): Promise<Readable> {
  const hash = createHash('sha256')
  const held: Uint8Array[] = []
  try {
    const source: AsyncIterable<Uint8Array> = readObject(sha256)
    for await (const chunk of source) {
      hash.update(chunk)
      if (bytes <= heldBytes) held.push(chunk)
    }
  } catch (error) {
    if (!isMissing(error)) throw error
    mustBe(sha256, 'nothing')
  }
  mustBe(sha256, hash.digest('hex'))
  return bytes <= heldBytes ? Readable.from([Buffer.concat(held)]) : readObject(sha256)
}

/** Forgets an object. Whoever calls it knows that nothing refers to these bytes. */
export function removeObject(sha256: string): Promise<void> {
  return store().remove(keyOf(sha256))
}

function mustBe(sha256: string, found: string): void {
  if (found === sha256) return
  log.error({ alarm: 'damaged-object', sha256, found }, 'a stored file is no longer what it was')
  throw new DamagedObjectError(`The object ${sha256} now has the hash ${found}`)
}

// Named objects are no evidence: parts of uploads and what can be made again.
function namedKey(name: string): string {
  if (!/^[a-z][a-z-]*(?:\/[a-z0-9.-]+){1,2}$/.test(name) || name.includes('..')) throw new Error(`Not a name: ${name}`)
  return name
}

/** Keeps bytes under a name of our own making, like `uploads/<id>/<part>`. */
export function keepNamed(name: string, source: AsyncIterable<Uint8Array>): Promise<void> {
  return store().put(namedKey(name), source)
}

/** Streams what is kept under a name. Fails with ENOENT when there is nothing. */
export function readNamed(name: string): Readable {
  return store().read(namedKey(name))
}

/** Whether something is kept under a name. */
export function hasNamed(name: string): Promise<boolean> {
  return store().has(namedKey(name))
}

/** Forgets what was kept under a name. */
export function removeNamed(name: string): Promise<void> {
  return store().remove(namedKey(name))
}

/** What is kept under names that begin with this word, like `uploads`. */
export function listNamed(word: string): AsyncIterable<FoundFile> {
  if (!/^[a-z][a-z-]*$/.test(word)) throw new Error(`Not the beginning of a name: ${word}`)
  return store().list(word)
}

/**
 * Removes what killed processes left of objects that were arriving.
 *
 * @param at the machine's clock: by it, and not by the portal's, files say when they were written
 * @returns how many
 */
export async function removeLeftArrivals(at: number): Promise<number> {
  let removed = await store().removeUnfinished(arrivedUntil(at))
  for await (const found of store().list('incoming')) {
    if (!isLeftArrival(found, at)) continue
    await store().remove(found.path)
    removed += 1
  }
  return removed
}

/** Whether the object storage can be written to: for `/readyz`. */
export function storageAnswers(): Promise<boolean> {
  return store().answers()
}
