import { rmSync } from 'node:fs'
import { build } from '../../scripts/bootstrap.js'
import { startPortal } from './start-portal.ts'

/**
 * Plays the demo once, for the portals of all workers to begin with. Set CAVEAT_URL, CAVEAT_MAILBOX, CAVEAT_DATA, CAVEAT_CLOCK and
 * CAVEAT_MAIL_IN to run the stories against one that runs already, with one worker.
 */
export default async function setup(): Promise<(() => void) | undefined> {
  if (process.env['CAVEAT_URL'] !== undefined) return undefined
  build()
  const { folder, stop } = await startPortal()
  await stop('keep')
  process.env['CAVEAT_PLAYED'] = folder
  return () => rmSync(folder, { recursive: true, force: true })
}
