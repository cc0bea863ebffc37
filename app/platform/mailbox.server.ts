import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { now } from './clock.server.ts'
import { env } from './env.server.ts'
import type { MailTransport } from './smtp.server.ts'

/** A mail in the built-in mailbox: its file name without `.eml`, when it came, and to whom. */
export type BoxedMail = { name: string; at: Date; to: string }

const namePattern = /^(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z)_([^/\\]+)_([0-9a-f]{8})$/

function folder(): string {
  return join(env().DATA_DIR, 'mail')
}

/** Takes every mail and keeps it as a file under DATA_DIR/mail: what development and the demo have instead of a server. */
export function mailboxTransport(): MailTransport {
  return {
    connections: 4,
    async send({ to, raw }) {
      await mkdir(folder(), { recursive: true })
      const name = `${now().toISOString().replaceAll(/[:.]/g, '-')}_${encodeURIComponent(to)}_${randomUUID().slice(0, 8)}`
      const path = join(folder(), `${name}.eml`)
      const file = await open(`${path}.part`, 'wx')
      try {
        await file.writeFile(raw)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(`${path}.part`, path)
      return { reached: 'answer', code: 250, response: `250 Kept as ${name}.eml` }
    },
    answers: async () => true,
    close: async () => {},
  }
}

/** What lies in the built-in mailbox, newest first, at most `most`. */
export async function listMailbox(most: number): Promise<BoxedMail[]> {
  await mkdir(folder(), { recursive: true })
  const names = (await readdir(folder()))
    .filter((name) => name.endsWith('.eml'))
    .toSorted()
    .toReversed()
  return names.slice(0, most).flatMap((file) => {
    const mail = boxedMail(file.slice(0, -'.eml'.length))
    return mail === null ? [] : [mail]
  })
}

/** The bytes of one mail, or null when there is none of that name. */
export async function readBoxedMail(name: string): Promise<Buffer | null> {
  if (boxedMail(name) === null) return null
  const names = await readdir(folder())
  return names.includes(`${name}.eml`) ? readFile(join(folder(), `${name}.eml`)) : null
}

function boxedMail(name: string): BoxedMail | null {
  const match = namePattern.exec(name)
  const [, stamp, to] = match ?? []
  if (stamp === undefined || to === undefined) return null
  return {
    name,
    at: new Date(stamp.replace(/T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z$/, 'T$1:$2:$3.$4Z')),
    to: decodeURIComponent(to),
  }
}
