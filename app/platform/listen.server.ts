import { Client } from 'pg'
import { databaseUrl } from './database-urls.server.ts'
import { log } from './log.server.ts'
import { wakeChannel } from './wake.server.ts'

/**
 * Listens for alarms of committed transactions, on a connection of its own that is made again whenever it is lost.
 * Alarms may be missed meanwhile: whoever listens also looks by itself now and then.
 *
 * @returns stops listening
 */
export function listenForAlarms(onAlarm: (alarm: string) => void): () => Promise<void> {
  let client: Client | undefined
  let again: NodeJS.Timeout | undefined
  let stopped = false

  const lost = (error: unknown) => {
    const gone = client
    client = undefined
    if (stopped || gone === undefined) return
    log.warn({ err: error }, 'alarms are not heard for a moment')
    // It is gone already: nothing can be done about how it ends.
    // oxlint-disable-next-line promise/no-promise-in-callback -- see above
    gone.end().catch(() => {})
    again = setTimeout(connect, 1000)
  }
  const open = async () => {
    const made = new Client({ connectionString: databaseUrl('worker'), keepAlive: true })
    client = made
    made.on('error', lost)
    made.on('end', () => lost(new Error('The connection ended.')))
    made.on('notification', ({ payload }) => onAlarm(payload ?? ''))
    await made.connect()
    await made.query(`listen ${wakeChannel}`)
  }
  const connect = () => void open().catch(lost)
  connect()
  return async () => {
    stopped = true
    clearTimeout(again)
    await client?.end()
  }
}
