import { now } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { wake } from '#app/platform/wake.server.ts'
import { type Answer, BadUseError, columns } from './answer.ts'

const statuses = ['queued', 'sending', 'accepted', 'deferred', 'delivered', 'bounced', 'failed', 'cancelled'] as const

/** `mail list`: the newest mails with their state; never their words. */
export async function listMailCommand(given: { status?: string; most: number }): Promise<Answer> {
  const status = statuses.find((known) => known === given.status)
  if (given.status !== undefined && status === undefined)
    throw new BadUseError(`No such status: ${given.status}. There are ${statuses.join(', ')}.`)
  const mails = await withWorker((tx) =>
    tx.outgoingMail.findMany({
      ...(status === undefined ? {} : { where: { status } }),
      orderBy: { id: 'desc' },
      take: given.most,
      select: {
        id: true,
        kind: true,
        toAddress: true,
        status: true,
        attempts: true,
        nextAttemptAt: true,
        lastResponse: true,
        createdAt: true,
      },
    }),
  )
  return {
    json: { mails },
    lines: columns(
      mails.map((mail) => [
        mail.id,
        mail.createdAt.toISOString(),
        mail.kind,
        mail.toAddress,
        mail.status,
        String(mail.attempts),
        mail.lastResponse ?? '',
      ]),
    ),
  }
}

/** `mail retry`: sends finally failed mails once more, the same bytes; one by its id, or all. */
export async function retryMailCommand(given: { id?: string; all: boolean }): Promise<Answer> {
  if (given.all === (given.id !== undefined)) throw new BadUseError('Name one mail, or say --all.')
  const count = await withWorker(async (tx) => {
    const retried = await tx.outgoingMail.updateMany({
      where: { status: { in: ['failed', 'bounced'] }, ...(given.id === undefined ? {} : { id: given.id }) },
      data: { status: 'queued', nextAttemptAt: now(), leaseUntil: null, failedAt: null },
    })
    await wake(tx, 'mail')
    return retried.count
  })
  return {
    json: { retried: count },
    lines: [`${count} mails will be tried again.`],
    someFailed: given.id !== undefined && count === 0,
  }
}
