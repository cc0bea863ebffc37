import { createHash } from 'node:crypto'
import { now } from '#app/platform/clock.server.ts'
import { withWorker, type Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { wake } from '#app/platform/wake.server.ts'
import { openSealed } from './sealed-address.server.ts'

/** The largest mail that is taken, in bytes; announced by SIZE (RFC 1870). */
export const maxMailBytes = 25 * 1024 * 1024

/** To what a recipient of ours leads: an outgoing mail, or the people who run the portal. */
export type Route = { kind: 'reply' | 'bounce'; mailId: string } | { kind: 'mailbox' }

/** A mail with what SMTP said of it. `from` is empty for the null sender. */
export type ArrivedMail = {
  bytes: Buffer
  from: string
  to: readonly string[]
  remoteAddress: string | null
  helo: string | null
  secure: boolean
}

/** Thrown when an address gets more than anybody writes; the sender may try again later. */
export class TooManyError extends Error {
  override name = 'TooManyError'
}

// A seal can leak with the mail that it stands on: what one address takes has a limit.
const mostPerDay = { reply: 200, bounce: 200, mailbox: 2_000 } as const

/**
 * Where a recipient leads: a sealed address, the postmaster that RFC 5321 wants, or the address that our mails come from.
 * Null for every other: nothing is relayed, and a seal that is not ours names nothing.
 */
export function routeOf(address: string): Route | null {
  const sealed = openSealed(address)
  if (sealed !== null) return { kind: sealed.kind, mailId: sealed.mailId }
  const { MAIL_IN_DOMAIN, MAIL_FROM } = env()
  if (MAIL_IN_DOMAIN === undefined) return null
  const [sender = ''] = MAIL_FROM.toLowerCase().split('@')
  const own = [`postmaster@${MAIL_IN_DOMAIN}`, `${sender}@${MAIL_IN_DOMAIN}`, MAIL_FROM.toLowerCase()]
  return own.includes(address.toLowerCase()) ? { kind: 'mailbox' } : null
}

/**
 * Keeps a mail: its bytes once, a line for each recipient of ours, in one transaction. The same bytes for the same recipient
 * are kept once however often they are sent. The mail counts as taken when this returns.
 *
 * @throws TooManyError when a recipient has got too much today
 */
export function keepInbound({ bytes, from, to, ...session }: ArrivedMail): Promise<string[]> {
  const at = now()
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const routes = [...new Set(to.map((address) => address.toLowerCase()))].flatMap((address) => {
    const route = routeOf(address)
    return route === null ? [] : [{ address, route }]
  })
  const rows = routes.map(({ address, route }) => ({
    id: newId(),
    sha256,
    sizeBytes: bytes.length,
    receivedAt: at,
    nextAttemptAt: at,
    envelopeFrom: plain(from),
    envelopeTo: address,
    remoteAddress: session.remoteAddress,
    helo: session.helo === null ? null : plain(session.helo),
    secure: session.secure,
    route: route.kind,
    routeMailId: route.kind === 'mailbox' ? null : route.mailId,
  }))
  return withWorker(async (tx) => {
    await tx.inboundRaw.createMany({
      data: [{ sha256, bytes: Uint8Array.from(bytes), receivedAt: at }],
      skipDuplicates: true,
    })
    for (const { route } of routes) await refuseFlood(tx, route, at)
    await tx.inboundMail.createMany({ data: rows, skipDuplicates: true })
    await wake(tx, 'inbound')
    return rows.map(({ id }) => id)
  })
}

async function refuseFlood(tx: Transaction, route: Route, at: Date): Promise<void> {
  const since = new Date(at.getTime() - 24 * 60 * 60 * 1000)
  const count = await tx.inboundMail.count({
    where: {
      route: route.kind,
      routeMailId: route.kind === 'mailbox' ? null : route.mailId,
      receivedAt: { gt: since },
    },
  })
  if (count >= mostPerDay[route.kind]) throw new TooManyError('Too much mail for one address.')
}

/** What a sender's server says of itself, as it can be kept: PostgreSQL refuses NUL. */
function plain(text: string): string {
  return text.toWellFormed().replaceAll('\0', '').slice(0, 320)
}
