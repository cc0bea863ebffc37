import { connect } from 'node:net'
import type pg from 'pg'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { takeInMail } from '#app/mail/take-in-mail.server.ts'
import { noticeInboundHandlers } from '#app/notices/inbound-mail-handlers.server.ts'
import { noticeMailHandlers } from '#app/notices/notice-mail-handlers.server.ts'
import type { MailTransport, WireMail } from '#app/platform/smtp.server.ts'

/** A mail that left, as the other side's server got it. */
export type LeftMail = WireMail & { text: string }

/** A transport that accepts every mail and keeps it. */
export function acceptingTransport(): { transport: MailTransport; left: LeftMail[] } {
  const left: LeftMail[] = []
  const transport: MailTransport = {
    connections: 2,
    async send(mail) {
      left.push({ ...mail, text: mail.raw.toString('latin1') })
      return { reached: 'answer', code: 250, response: '250 2.0.0 queued as A1' }
    },
    answers: async () => true,
    close: async () => {},
  }
  return { transport, left }
}

/** Sends all that is owed, and takes in all that waits. */
export function postOffice() {
  const { transport, left } = acceptingTransport()
  const outbox = openOutbox({ transport, handlers: noticeMailHandlers })
  return {
    left,
    send: () => outbox.pass(),
    takeIn: () => takeInMail({ handlers: noticeInboundHandlers }),
    to: (address: string) => left.filter((mail) => mail.to === address),
  }
}

/** The address in a field of a mail. */
export function addressIn({ text }: LeftMail, field: string): string {
  const [, value = ''] = new RegExp(String.raw`^${field}:\s*(?:.*<)?([^\s<>]+@[^\s<>]+)>?`, 'im').exec(text) ?? []
  return value
}

/**
 * One line after another to an SMTP server; answers with what it said. A Buffer goes over as it is; after `lastWords` the
 * line is cut without waiting.
 */
export async function talkSmtp(
  port: number,
  says: readonly (string | Buffer)[],
  lastWords?: Buffer,
): Promise<string[]> {
  const socket = connect(port, '127.0.0.1')
  const answers: string[] = []
  const state = { buffer: '', wake: () => {} }
  socket.on('data', (chunk: Buffer) => {
    state.buffer += chunk.toString('latin1')
    for (let end = state.buffer.indexOf('\r\n'); end !== -1; end = state.buffer.indexOf('\r\n')) {
      const line = state.buffer.slice(0, end)
      state.buffer = state.buffer.slice(end + 2)
      if (line[3] !== '-') answers.push(line)
    }
    state.wake()
  })
  socket.on('error', () => state.wake())
  socket.on('close', () => state.wake())
  const heard = async (count: number) => {
    while (answers.length < count && !socket.destroyed) await new Promise<void>((done) => (state.wake = done))
  }
  await heard(1)
  for (const [at, line] of says.entries()) {
    socket.write(typeof line === 'string' ? `${line}\r\n` : line)
    await heard(at + 2)
  }
  if (lastWords !== undefined) await new Promise<void>((done) => socket.write(lastWords, () => done()))
  socket.destroy()
  return answers
}

/** What the database holds of the mails that came in, oldest first. */
export async function inboundRows(owner: pg.Pool): Promise<
  {
    id: string
    to: string
    status: string
    kind: string | null
    place: string | null
    tags: string[]
    notice: string | null
    mail: string | null
  }[]
> {
  const { rows } = await owner.query(`
    select id, envelope_to as to, status, kind, place, tags, notice_id as notice, mail_id as mail
    from inbound_mail order by id`)
  return rows
}
