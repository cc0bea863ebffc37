import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import PostalMime, { type Email } from 'postal-mime'

/** A mail as its recipient's server got it. */
export type ReceivedMail = {
  number: number
  to: string[]
  from: string
  subject: string
  text: string
  html: string
  raw: Buffer
  email: Email
}

type Wanted = { to: string; subject?: string | RegExp; after?: number }

/** Every mail that was delivered so far, oldest first; `after` leaves out those numbered up to it. */
export async function readMailbox(after = 0): Promise<ReceivedMail[]> {
  const folder = process.env['CAVEAT_MAILBOX'] ?? ''
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.json') && Number.parseInt(name, 10) > after)
    .toSorted()
  return Promise.all(
    names.map(async (name) => {
      const kept: { to: string[]; from: string; raw: string } = JSON.parse(readFileSync(join(folder, name), 'utf8'))
      const raw = Buffer.from(kept.raw, 'base64')
      const email = await PostalMime.parse(raw)
      return {
        number: Number.parseInt(name, 10),
        to: kept.to,
        from: kept.from,
        subject: email.subject ?? '',
        text: email.text ?? '',
        html: email.html ?? '',
        raw,
        email,
      }
    }),
  )
}

/** The first mail to this address with this subject, waited for up to a minute. */
export async function waitForMail({ to, subject, after = 0 }: Wanted): Promise<ReceivedMail> {
  for (let tries = 0; tries < 240; tries += 1) {
    const found = (await readMailbox(after)).find((mail) => mail.to.includes(to) && matches(mail.subject, subject))
    if (found !== undefined) return found
    await sleep(250)
  }
  const seen = (await readMailbox(after)).map((mail) => `${mail.to.join()}: ${mail.subject}`).join('\n')
  throw new Error(`No mail to ${to} about ${String(subject)} came within a minute. There are:\n${seen}`)
}

/** The number of the newest mail: pass it as `after` to wait for what comes later. */
export function newestMail(): number {
  const numbers = readdirSync(process.env['CAVEAT_MAILBOX'] ?? '').map((name) => Number.parseInt(name, 10) || 0)
  return Math.max(0, ...numbers)
}

/** The first link of the text part that contains `part`. */
export function linkIn(mail: ReceivedMail, part: string): string {
  const link = [...mail.text.matchAll(/https?:\/\/[^\s<>]+/g)].map(([url]) => url).find((url) => url.includes(part))
  if (link === undefined) throw new Error(`The mail "${mail.subject}" has no link with ${part}`)
  return link
}

function matches(subject: string, wanted: string | RegExp | undefined): boolean {
  if (wanted === undefined) return true
  return typeof wanted === 'string' ? subject.includes(wanted) : wanted.test(subject)
}
