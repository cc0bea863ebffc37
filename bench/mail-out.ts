import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { noticeMailHandlers } from '#app/notices/notice-mail-handlers.server.ts'
import { smtpTransport, type MailTransport } from '#app/platform/smtp.server.ts'
import { smtpSink } from '#test/smtp-sink.ts'
import type { Result } from './result.ts'
import { fileRounds, makeWorld } from './world.ts'

const vendors = 200
const filings = 20
const warmRounds = 3

/**
 * Notices mailed per second: recipients resolved, composed, kept, sent, marked and the step taken, from a full outbox.
 * Floor: nodemailer sending the same bytes through the same pool to the same server.
 */
export async function mailOut(): Promise<Result> {
  const world = await makeWorld({ vendors, works: 200 })
  const sink = await smtpSink()
  const transport = smtpTransport(sink.url)
  try {
    const outbox = openOutbox({ transport, handlers: noticeMailHandlers })
    // A worker runs for days: pool, database and compiled code are as warm as the floor's, which comes last. As many were
    // filed before as are measured, so that the news of those go out among the letters of these.
    for (let round = 0; round < warmRounds; round += 1) {
      await fileRounds(world, filings)
      await outbox.pass()
      // The receiving server keeps its mails elsewhere: here they would only be walked over by our collector of garbage.
      sink.mails.length = 0
    }
    await fileRounds(world, filings)
    await world.owner.query('analyze')
    const begun = performance.now()
    await outbox.pass()
    const mails = [...sink.mails]
    const rate = mails.length / ((performance.now() - begun) / 1000)
    // Two seconds are short: the middle one of three.
    const bare = [await bareRate(transport, mails), await bareRate(transport, mails), await bareRate(transport, mails)]
    return { value: rate, unit: 'mails/s', limit: bare.toSorted((a, b) => a - b)[1] ?? 0, runs: mails.length }
  } finally {
    await transport.close()
    await sink.stop()
    await world.close()
  }
}

async function bareRate(
  transport: MailTransport,
  mails: readonly { from: string; to: string[]; raw: Buffer }[],
): Promise<number> {
  const waiting = [...mails]
  const begun = performance.now()
  const lane = async (): Promise<void> => {
    for (let mail = waiting.shift(); mail !== undefined; mail = waiting.shift()) {
      const { code } = await transport.send({ from: mail.from, to: mail.to[0] ?? '', raw: mail.raw })
      if (code !== 250) throw new Error(`The sink answered ${code}`)
    }
  }
  await Promise.all(Array.from({ length: transport.connections * 2 }, lane))
  return mails.length / ((performance.now() - begun) / 1000)
}
