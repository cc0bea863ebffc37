import { now } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { findHeld } from '#app/mail/find-held.server.ts'
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

/** `mail release`: lets mails go again after a restore, but for those named. */
export async function releaseMailCommand(given: { except: readonly string[] }): Promise<Answer> {
  const unknown = given.except.find((id) => !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
  if (unknown !== undefined) throw new BadUseError(`${unknown} is no id of a mail.`)
  const released = await withWorker(async (tx) => {
    const [row] = await tx.$queryRaw<{ released: boolean }[]>`
      select release_outbox(${[...given.except]}::uuid[], ${now()}::timestamptz) as released`
    await wake(tx, 'mail')
    return row?.released === true
  })
  return {
    json: { released },
    lines: [released ? 'Mails are sent again.' : 'No mail was held back.'],
    someFailed: !released,
  }
}

/** `mail held`: what waited when the restored backup was taken, oldest first. */
export async function heldMailCommand(): Promise<Answer> {
  const held = await withWorker((tx) => findHeld(tx, 1000))
  return {
    json: { held },
    lines: columns(
      held.map(({ id, createdAt, kind, toAddress, status, reference }) => [
        id,
        createdAt.toISOString(),
        kind,
        toAddress ?? '',
        status,
        reference ?? '',
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
      data: {
        status: 'queued',
        nextAttemptAt: now(),
        leaseUntil: null,
        failedAt: null,
        // One that came back had been accepted: with that mark it would wait for ever.
        acceptedAt: null,
        deliveredAt: null,
        delayedAt: null,
        triedSince: null,
      },
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
