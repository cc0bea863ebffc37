import { spawnSync } from 'node:child_process'
import { mkdirSync, statfsSync } from 'node:fs'
import pg from 'pg'

const roomyMiB = 1_500
const pageBytes = 4_096

/** A disk of its own for the files of a portal, which can be full and have room again. */
export interface SmallDisk {
  /** Takes away all room but a few pages. */
  fill(): void
  /** Gives the room back. */
  free(): void
  unmount(): void
}

/** Mounts a disk at `place`; null where this machine does not allow it. */
export function mountSmallDisk(place: string): SmallDisk | null {
  mkdirSync(place, { recursive: true })
  if (mount('-t', 'tmpfs', '-o', `size=${roomyMiB}m,mode=755`, 'caveat-hurt', place).status !== 0) return null
  const resize = (size: string) => {
    const { status, stderr } = mount('-o', `remount,size=${size}`, place)
    if (status !== 0) throw new Error(`The disk of the test could not be made ${size}: ${stderr}`)
  }
  return {
    fill() {
      const { blocks, bfree, bsize } = statfsSync(place)
      resize(String((blocks - bfree) * bsize + 16 * pageBytes))
    },
    free: () => resize(`${roomyMiB}m`),
    unmount: () => void spawnSync('umount', [place]),
  }
}

function mount(...args: string[]) {
  return spawnSync('mount', args, { encoding: 'utf8' })
}

/**
 * Writes to the database's log, and nothing else, until there is no room for it: then PostgreSQL gives up, as it must.
 *
 * @returns whether it came to that
 */
export async function exhaustLog(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000, query_timeout: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    for (let tries = 0; tries < 200; tries += 1)
      await client.query(`select pg_logical_emit_message(true, 'full', repeat('x', 4000000))`)
    return false
  } catch {
    // The disk is full, or the database has ended: either way that was the last that could be written.
    return true
  } finally {
    await client.end().catch(() => undefined)
  }
}
