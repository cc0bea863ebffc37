import { randomUUID } from 'node:crypto'
import { constants, createReadStream, createWriteStream } from 'node:fs'
import { access, mkdir, open, opendir, rename, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FoundFile } from './arrivals.ts'
import { isMissing, type ObjectStore } from './object-store.ts'

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
    list: (folder) => filesIn(root, join(root, folder), true),
    async removeUnfinished(before) {
      let removed = 0
      for await (const { path, writtenAt } of filesIn(root, root, false)) {
        if (!/^incoming-[0-9a-f-]{36}$/u.test(path) || writtenAt >= before) continue
        await rm(join(root, path), { force: true })
        removed += 1
      }
      return removed
    },
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

async function* filesIn(root: string, folder: string, recursive: boolean): AsyncGenerator<FoundFile> {
  for (const path of await pathsIn(folder, recursive)) {
    const writtenAt = await writtenAtOf(path)
    if (writtenAt !== null) yield { path: relative(root, path).replaceAll(sep, '/'), writtenAt }
  }
}

async function pathsIn(folder: string, recursive: boolean): Promise<string[]> {
  const paths: string[] = []
  try {
    for await (const entry of await opendir(folder, { recursive }))
      if (entry.isFile()) paths.push(join(entry.parentPath, entry.name))
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  return paths
}

// One that got its name meanwhile is no longer there.
async function writtenAtOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}
