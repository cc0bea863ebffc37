import { PrismaPg } from '@prisma/adapter-pg'
import { randomUUID } from 'node:crypto'

// Prisma carries the values of a raw statement as JSON, bytes as base64 in it: a megabyte is copied eight times before it
// is sent. So a ticket goes in its place, and the bytes themselves are put in where the statement leaves for the driver.
const waiting = new Map<string, Uint8Array>()

/**
 * Runs a statement with bytes too large to go through Prisma: the ticket stands for them as a parameter, `${ticket}::bytea`,
 * once, in `$executeRaw` inside a transaction. A ticket that is not redeemed is no bytea, so PostgreSQL refuses it.
 */
export async function withLargeValue<T>(bytes: Uint8Array, run: (ticket: string) => Promise<T>): Promise<T> {
  const ticket = String.raw`\xlarge-value-${randomUUID()}`
  waiting.set(ticket, bytes)
  try {
    return await run(ticket)
  } finally {
    waiting.delete(ticket)
  }
}

/** Prisma's adapter for PostgreSQL, which redeems the tickets of large values. */
export class PrismaPgWithLargeValues extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect()
    const start = adapter.startTransaction.bind(adapter)
    adapter.startTransaction = async (isolation) => {
      const transaction = await start(isolation)
      const execute = transaction.executeRaw.bind(transaction)
      transaction.executeRaw = (query) => execute({ ...query, args: query.args.map((value) => redeemed(value)) })
      return transaction
    }
    return adapter
  }
}

function redeemed(value: unknown): unknown {
  return typeof value === 'string' ? (waiting.get(value) ?? value) : value
}
