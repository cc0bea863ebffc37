import { createHash } from 'node:crypto'
import type pg from 'pg'
import { expect } from 'vitest'
import { outboxRows } from './outbox.ts'
import type { SmtpSink } from './smtp-sink.ts'

/** How many mails the server has taken, as the outbox knows it. */
export async function countAccepted(owner: pg.Pool): Promise<number> {
  return (await outboxRows(owner)).filter(({ status }) => status === 'accepted').length
}

/** Nothing is missing, every copy is the same mail, and there is one more copy at most for each attempt that is in doubt. */
export async function expectKept(owner: pg.Pool, sink: SmtpSink, owed: number): Promise<void> {
  const rows = await outboxRows(owner)
  expect(rows).toHaveLength(owed)
  const copies = Map.groupBy(sink.mails, ({ to }) => to[0] ?? '')
  for (const { to, sha256, results } of rows) {
    const sent = copies.get(to) ?? []
    expect(sent.length, `${to} got its mail`).toBeGreaterThan(0)
    expect(new Set(sent.map(({ raw }) => createHash('sha256').update(raw).digest('hex')))).toEqual(new Set([sha256]))
    const doubts = results.filter((result) => result === 'ambiguous').length
    expect(sent.length, `${to}: at most one more copy for each doubt`).toBeLessThanOrEqual(1 + doubts)
    expect(results.at(-1)).toBe('accepted')
  }
}
