import { build } from '../../scripts/bootstrap.js'
import { startPortal } from './start-portal.ts'

/**
 * Starts the portal that the stories share. Set CAVEAT_URL, CAVEAT_MAILBOX, CAVEAT_DATA and CAVEAT_MAIL_IN to run them against one that
 * runs already.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env['CAVEAT_URL'] !== undefined) return undefined
  build()
  const { environment, stop } = await startPortal()
  Object.assign(process.env, environment)
  return stop
}
