import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { startFakeS3 } from '#test/fake-s3.ts'
import { forgetEnvironment, parseEnvironment } from './env.server.ts'
import {
  DamagedObjectError,
  hasNamed,
  keepNamed,
  keepObject,
  openVerified,
  readNamed,
  readObject,
  removeNamed,
  storageAnswers,
  TooLargeError,
} from './objects.server.ts'
import { sweepArrivals } from './sweep-arrivals.server.ts'

const folder = mkdtempSync(join(tmpdir(), 'caveat-objects-'))
const s3 = await startFakeS3()
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await s3.stop()
})

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const inBucket = (key: string) => `/caveat-test/evidence/here/${key}`
const few = Buffer.from('A few bytes\0of anything')
// More than two parts of a bucket, of uneven chunks.
const many = Buffer.alloc(19 * 2 ** 20 + 7, 'Not with our works. ')

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function* breaking(): AsyncGenerator<Uint8Array> {
  yield many
  throw new Error('The line is down')
}

const places = {
  'a folder': { STORAGE_URL: undefined, DATA_DIR: folder },
  'a bucket': s3.environment,
} as const

describe.for(['a folder', 'a bucket'] as const)('%s', (place) => {
  beforeEach(() => {
    process.env['LOG_LEVEL'] = 'silent'
    process.env['NODE_ENV'] = 'test'
    for (const [name, value] of Object.entries(places[place])) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
    forgetEnvironment()
  })

  test.for([
    ['a few bytes', few, 5],
    ['nothing', Buffer.alloc(0), 1],
    ['more than fits into a part', many, 777_777],
  ] as const)('keeps %s under their hash and gives them back', async ([, bytes, size]) => {
    const stored = await keepObject(inChunks(bytes, size), 32 * 2 ** 20)
    expect(stored).toEqual({ sha256: hashOf(bytes), bytes: bytes.length })
    expect(hashOf(await buffer(readObject(stored.sha256)))).toBe(stored.sha256)
    expect(hashOf(await buffer(await openVerified(stored)))).toBe(stored.sha256)
  })

  test('the same bytes twice are one object, and nothing is left beside it', async () => {
    await keepObject(inChunks(few, 3), 100)
    const before = everything()
    await keepObject(inChunks(few, 7), 100)
    expect(everything()).toEqual(before)
    expect(before.some((name) => name.includes('incoming'))).toBe(false)
  })

  test('of too many bytes nothing is kept', async () => {
    const before = everything()
    await expect(keepObject(inChunks(many, 99_999), 18 * 2 ** 20)).rejects.toThrow(TooLargeError)
    expect(everything()).toEqual(before)
    expect(s3.uploads.size).toBe(0)
  })

  test('of what breaks off nothing is kept', async () => {
    const before = everything()
    await expect(keepObject(breaking(), 1e9)).rejects.toThrow('The line is down')
    expect(everything()).toEqual(before)
    expect(s3.uploads.size).toBe(0)
  })

  test('a flipped bit, small file or large, is refused before a byte is sent; so is a file that is gone', async () => {
    for (const bytes of [Buffer.from('small and true'), many]) {
      const stored = await keepObject(inChunks(bytes, 100_000), 1e9)
      change(stored.sha256, (found) => {
        const copy = Buffer.from(found)
        copy[copy.length - 3] = (copy[copy.length - 3] ?? 0) ^ 1
        return copy
      })
      await expect(openVerified(stored)).rejects.toThrow(DamagedObjectError)
      // The same bytes sent again mend it.
      await keepObject(inChunks(bytes, 100_000), 1e9)
      expect(hashOf(await buffer(await openVerified(stored)))).toBe(stored.sha256)
    }
    await expect(openVerified({ sha256: 'f'.repeat(64), bytes: 3 })).rejects.toThrow(DamagedObjectError)
  })

  test('names of our own making are kept, read and forgotten', async () => {
    await keepNamed('uploads/a-1/b-2', inChunks(few, 4))
    expect(await hasNamed('uploads/a-1/b-2')).toBe(true)
    expect(await buffer(readNamed('uploads/a-1/b-2'))).toEqual(few)
    await removeNamed('uploads/a-1/b-2')
    expect(await hasNamed('uploads/a-1/b-2')).toBe(false)
    await expect(buffer(readNamed('uploads/a-1/b-2'))).rejects.toMatchObject({ code: 'ENOENT' })
    for (const name of ['../secret-key', 'uploads/../x', '/etc/passwd', 'uploads'])
      expect(() => readNamed(name)).toThrow('Not a name')
  })

  test('it answers', async () => {
    expect(await storageAnswers()).toBe(true)
  })

  function everything(): string[] {
    if (place === 'a bucket') return [...s3.objects.keys()].toSorted()
    return readdirSync(join(folder, 'files'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /[0-9a-f]{30}/u.test(name))
      .toSorted()
  }

  function change(sha256: string, how: (bytes: Buffer) => Buffer): void {
    const key = inBucket(`${sha256.slice(0, 2)}/${sha256}`)
    const path = join(folder, 'files', sha256.slice(0, 2), sha256)
    if (place === 'a bucket') s3.objects.set(key, how(s3.objects.get(key) ?? Buffer.alloc(0)))
    else writeFileSync(path, how(readFileSync(path)))
  }
})

test('a bucket that refuses a part keeps nothing and says so', async () => {
  s3.state.failNext = 1
  await expect(keepObject(inChunks(Buffer.from('refused'), 3), 100)).rejects.toThrow('The bucket answered PUT')
  s3.state.failNext = 0
})

test('a bucket without keys stops the start with one sentence', () => {
  expect(() => parseEnvironment({ STORAGE_URL: 's3://bucket/prefix' })).toThrow('AWS_ACCESS_KEY_ID')
})

test('what killed processes left of arriving files goes after a day; what arrives and what arrived stays', async () => {
  const root = mkdtempSync(join(tmpdir(), 'caveat-arrivals-'))
  delete process.env['STORAGE_URL']
  process.env['DATA_DIR'] = root
  forgetEnvironment()
  expect(await sweepArrivals()).toBe(0)
  const { sha256 } = await keepObject(inChunks(few, 5), few.length)
  const [old, fresh] = [randomUUID(), randomUUID()]
  const paths = [`incoming-${old}`, `incoming/${old}`, `incoming-${fresh}`, `incoming/${fresh}`]
  for (const path of paths) writeFileSync(join(root, 'files', path), 'half')
  const longAgo = new Date(Date.now() - 86_400_000 - 60_000)
  for (const path of [...paths.slice(0, 2), join(sha256.slice(0, 2), sha256)])
    utimesSync(join(root, 'files', path), longAgo, longAgo)
  expect(await sweepArrivals()).toBe(2)
  expect(paths.map((path) => existsSync(join(root, 'files', path)))).toEqual([false, false, true, true])
  expect(await buffer(readObject(sha256))).toEqual(few)
  rmSync(root, { recursive: true, force: true })
})

test('of a bucket too: objects and parts of uploads that were begun more than a day ago, and nothing else of it', async () => {
  Object.assign(process.env, s3.environment)
  forgetEnvironment()
  const longAgo = new Date(Date.now() - 86_400_000 - 60_000)
  const { sha256 } = await keepObject(inChunks(few, 5), few.length)
  const left = Array.from({ length: 5 }, () => inBucket(`incoming/${randomUUID()}`))
  const kept = [inBucket(`incoming/${randomUUID()}`), inBucket(`${sha256.slice(0, 2)}/${sha256}`)]
  for (const key of [...left, kept[0] ?? '']) s3.objects.set(key, few)
  for (const key of [...left, kept[1] ?? '']) s3.written.set(key, longAgo)
  const begun = (key: string, at: Date) => {
    const id = randomUUID()
    s3.uploads.set(id, { key, at, parts: new Map([[1, few]]) })
    return id
  }
  for (let each = 0; each < 3; each += 1) begun(inBucket(`incoming/${randomUUID()}`), longAgo)
  begun(inBucket(`exports/${randomUUID()}`), longAgo)
  const spared = [
    begun(inBucket(`incoming/${randomUUID()}`), new Date()),
    begun(`/caveat-test/evidence/hereafter/incoming/${randomUUID()}`, longAgo),
    begun(inBucket('Somebody else & sons/film.mov'), longAgo),
  ]
  s3.state.pageSize = 2
  expect(await sweepArrivals()).toBe(9)
  expect(left.filter((key) => s3.objects.has(key))).toEqual([])
  expect(kept.filter((key) => s3.objects.has(key))).toEqual(kept)
  expect([...s3.uploads.keys()].toSorted()).toEqual(spared.toSorted())
  expect(await sweepArrivals()).toBe(0)
  s3.state.failNext = 1
  await expect(sweepArrivals()).rejects.toThrow('The bucket listed nothing (400)')
})
