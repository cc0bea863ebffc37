import type { DNSResolver } from 'mailauth'
import { now } from '#app/platform/clock.server.ts'
import { type Transaction, withWorker } from '#app/platform/db.server.ts'
import { log } from '#app/platform/log.server.ts'
import type { Arrived } from './arrived.ts'
import type { InboundHandlers } from './inbound-handlers.ts'
import { placeInbound, type Placed } from './place-inbound.server.ts'
import { readInbound, type Reading } from './read-inbound.server.ts'

/** How mail is taken in. `resolver` stands in for DNS in tests. */
export type TakeIn = { handlers: InboundHandlers<Transaction>; resolver?: DNSResolver }

const mostAttempts = 5
// Longer than reading takes, with all that it asks of DNS.
const readingSeconds = 120

/**
 * Takes in every mail that waits: reads it, finds what it belongs to, tells its owner. What a killed process was reading is
 * taken up two minutes later, after the others: a mail that ends every process that reads it holds up no other for long.
 *
 * @returns how many were taken in
 */
export async function takeInMail(options: TakeIn, stopping: () => boolean = () => false): Promise<number> {
  let taken = 0
  for (;;) {
    const ids = await withWorker((tx) => dueIds(tx))
    if (ids.length === 0 || stopping()) return taken
    for (const id of ids) {
      if (stopping()) return taken
      await takeInOne(id, options)
      taken += 1
    }
  }
}

async function dueIds(tx: Transaction): Promise<string[]> {
  const rows = await tx.inboundMail.findMany({
    where: { status: 'received', nextAttemptAt: { lte: now() } },
    orderBy: { nextAttemptAt: 'asc' },
    take: 20,
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

async function takeInOne(id: string, { handlers, resolver }: TakeIn): Promise<void> {
  try {
    const bytes = await withWorker(async (tx) => ((await claim(tx, id)) ? bytesOf(tx, id) : null))
    if (bytes === null) return
    const envelope = { from: bytes.envelopeFrom, remoteAddress: bytes.remoteAddress, helo: bytes.helo }
    // Read outside of any transaction: DNS may take its time, and nothing is written before all is known.
    const reading = await readInbound(Buffer.from(bytes.raw), envelope, resolver)
    await withWorker(async (tx) => {
      const arrived = await lockArrived(tx, id)
      if (arrived === undefined) return
      await finish(tx, { arrived, reading, placed: await placeInbound(tx, { arrived, reading, handlers }) })
    })
  } catch (error) {
    log.error({ err: error, mail: id }, 'a mail that came in could not be taken in')
    await withWorker((tx) => putOff(tx, id, error))
  }
}

/** Whether it is this process that reads it now. */
async function claim(tx: Transaction, id: string): Promise<boolean> {
  const at = now()
  const { count } = await tx.inboundMail.updateMany({
    where: { id, status: 'received', nextAttemptAt: { lte: at } },
    data: { nextAttemptAt: new Date(at.getTime() + readingSeconds * 1000) },
  })
  return count === 1
}

async function bytesOf(tx: Transaction, id: string) {
  const row = await tx.inboundMail.findUniqueOrThrow({
    where: { id },
    select: { sha256: true, envelopeFrom: true, remoteAddress: true, helo: true },
  })
  const { bytes } = await tx.inboundRaw.findUniqueOrThrow({ where: { sha256: row.sha256 }, select: { bytes: true } })
  return { ...row, raw: bytes }
}

/** The line, locked until the end of the transaction; none if somebody else has taken it in meanwhile. */
async function lockArrived(tx: Transaction, id: string): Promise<Arrived | undefined> {
  const [row] = await tx.$queryRaw<Arrived[]>`
    select id, sha256, received_at as "receivedAt", envelope_from as "envelopeFrom", envelope_to as "envelopeTo",
      remote_address as "remoteAddress", helo, route, route_mail_id as "routeMailId", attempts, assigned_notice_id as "assignedNoticeId"
    from inbound_mail where id = ${id}::uuid and status = 'received' for update`
  return row
}

type Finished = { arrived: Arrived; reading: Reading; placed: Placed }

async function finish(tx: Transaction, { arrived, reading, placed }: Finished): Promise<void> {
  const at = now()
  if (placed.place === 'later') {
    const again = new Date(at.getTime() + 30_000)
    await tx.inboundMail.update({
      where: { id: arrived.id },
      data: { attempts: { increment: 1 }, nextAttemptAt: again },
      select: { id: true },
    })
    return
  }
  await tx.inboundMail.update({
    where: { id: arrived.id },
    data: {
      status: 'processed',
      processedAt: at,
      lastError: null,
      kind: reading.verdict.kind,
      place: placed.place,
      tags: [...placed.tags],
      noticeId: placed.noticeId,
      mailId: placed.mailId,
      eventSequence: placed.sequence,
      messageId: reading.messageId,
      bodySha256: reading.bodySha256,
      subject: reading.subject,
      fromAddress: reading.from.address,
      fromName: reading.from.name,
      ...(reading.authentication === null ? {} : { authentication: reading.authentication }),
      linkIds: [...reading.linkIds],
    },
    select: { id: true },
  })
  if (placed.guesses.length > 0)
    await tx.inboundGuess.createMany({
      data: placed.guesses.map(({ noticeId, score, reasons }) => ({
        inboundId: arrived.id,
        noticeId,
        score,
        reasons: [...reasons],
      })),
      skipDuplicates: true,
    })
}

/** What cannot be taken in is tried again, and at last waits for an operator with the reason. */
async function putOff(tx: Transaction, id: string, error: unknown): Promise<void> {
  const [row] = await tx.$queryRaw<{ attempts: number }[]>`
    select attempts from inbound_mail where id = ${id}::uuid and status = 'received' for update`
  if (row === undefined) return
  const attempts = row.attempts + 1
  const at = now()
  await tx.inboundMail.update({
    where: { id },
    data: {
      attempts,
      nextAttemptAt: new Date(at.getTime() + 15_000 * 2 ** attempts),
      lastError: error instanceof Error ? error.message.replaceAll('\0', '').slice(0, 500) : 'unknown',
      ...(attempts < mostAttempts ? {} : { status: 'processed', processedAt: at, place: 'queue', kind: 'unknown' }),
    },
    select: { id: true },
  })
}
