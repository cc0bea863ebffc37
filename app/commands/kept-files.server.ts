import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { opendir } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { diskStore } from '#app/platform/disk-store.server.ts'
import { isMissing, type ObjectStore } from '#app/platform/object-store.ts'

/** How many files were copied, and which of them no longer have the bytes whose hash is their name. */
export type CopiedFiles = { files: number; damaged: string[] }

/**
 * Copies what is kept under one folder to another, byte for byte, and hashes it on the way. What is still arriving has no
 * name that a row knows and stays behind; a file that is removed meanwhile is left out.
 */
export async function copyKeptFiles(from: string, to: string): Promise<CopiedFiles> {
  const copied: CopiedFiles = { files: 0, damaged: [] }
  if (!existsSync(from)) return copied
  const store = diskStore(to)
  for await (const entry of await opendir(from, { recursive: true })) {
    const path = relative(from, join(entry.parentPath, entry.name)).replaceAll(sep, '/')
    if (!entry.isFile() || /^incoming[-/]/u.test(path)) continue
    const sha256 = await copyOne(join(from, path), store, path)
    if (sha256 === null) continue
    copied.files += 1
    if (/^[0-9a-f]{64}$/u.test(basename(path)) && sha256 !== basename(path)) copied.damaged.push(path)
  }
  return copied
}

async function copyOne(file: string, store: ObjectStore, key: string): Promise<string | null> {
  const hash = createHash('sha256')
  async function* hashed(): AsyncGenerator<Uint8Array> {
    const source: AsyncIterable<Uint8Array> = createReadStream(file)
    for await (const chunk of source) {
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    await store.put(key, hashed())
  } catch (error) {
    if (isMissing(error) && !existsSync(file)) return null
    throw error
  }
  return hash.digest('hex')
}
