import { randomUUID } from 'node:crypto'
import { constants, createReadStream, createWriteStream } from 'node:fs'
import { access, mkdir, open, rename, rm, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ObjectStore } from './object-store.ts'

/** Objects as files under one folder. A file is written beside, flushed, and moved when whole. */
export function diskStore(root: string): ObjectStore {
  const pathOf = (key: string) => join(root, ...key.split('/'))

  async function put(key: string, source: AsyncIterable<Uint8Array>): Promise<void> {
    const temporary = join(root, `incoming-${randomUUID()}`)
    await mkdir(root, { recursive: true })
    try {
      await pipeline(source, createWriteStream(temporary, { flush: true }))
      await settle(temporary, pathOf(key))
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  }

  return {
    put,
    read: (key) => createReadStream(pathOf(key)),
    has: (key) =>
      access(pathOf(key)).then(
        () => true,
        () => false,
      ),
    move: (from, to) => settle(pathOf(from), pathOf(to)),
    remove: (key) => rm(pathOf(key), { force: true, recursive: true }),
    async answers() {
      await mkdir(root, { recursive: true })
      await access(root, constants.W_OK)
      return (await statfs(root)).bavail > 0
    },
  }
}

async function settle(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await rename(from, to)
  // The name too must outlive a power cut, not only the bytes.
  const folder = await open(dirname(to), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
