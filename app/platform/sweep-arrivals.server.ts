import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isLeftArrival } from './arrivals.ts'
import { isMissing, storageFolder } from './objects.server.ts'

/**
 * Removes what killed processes left of files that were arriving. A bucket has rules of its own for what was not finished.
 *
 * @returns how many
 */
export async function sweepArrivals(): Promise<number> {
  const root = storageFolder()
  if (root === null) return 0
  const beside = (await namesIn(root)).filter((name) => name.startsWith('incoming-'))
  const within = (await namesIn(join(root, 'incoming'))).map((name) => `incoming/${name}`)
  let swept = 0
  for (const path of [...beside, ...within]) {
    const writtenAt = await writtenAtOf(join(root, path))
    // Files bear the machine's time, whatever the portal's clock says.
    if (writtenAt === null || !isLeftArrival({ path, writtenAt }, Date.now())) continue
    await rm(join(root, path), { force: true })
    swept += 1
  }
  return swept
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
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
