import { readFileSync } from 'node:fs'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { env } from '#app/platform/env.server.ts'
import { log } from '#app/platform/log.server.ts'
import { keepInbound, maxMailBytes, routeOf, TooManyError } from './keep-inbound.server.ts'

/** A listening server. */
export type MailIn = { port: number; close(): Promise<void> }

const maxConnections = 50
const maxPerAddress = 10
const maxRecipients = 50
// All connections together may hold this much of mails that are not kept yet.
const maxHeldBytes = 6 * maxMailBytes

/** What the sender's server is told; the first digit decides whether it tries again. */
class Refusal extends Error {
  override name = 'Refusal'
  responseCode: number
  constructor(responseCode: number, message: string) {
    super(message)
    this.responseCode = responseCode
  }
}

type Held = Map<string, { from: string; bytes: number }>

/**
 * Opens the server that takes mail for our own addresses and no other. A mail is answered with 250 when its bytes are
 * committed, and else with a code that makes its sender try again, or tell its writer.
 *
 * @param listen port 0 takes a free one
 */
export async function receiveMail({ host, port }: { host: string; port: number }): Promise<MailIn> {
  const { MAIL_IN_DOMAIN, MAIL_IN_TLS_KEY, MAIL_IN_TLS_CERT } = env()
  const secured = MAIL_IN_TLS_KEY !== undefined && MAIL_IN_TLS_CERT !== undefined
  const held: Held = new Map()
  const server = new SMTPServer({
    ...(MAIL_IN_DOMAIN === undefined ? {} : { name: MAIL_IN_DOMAIN }),
    banner: 'Caveat',
    authOptional: true,
    disabledCommands: secured ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    ...(secured ? { key: readFileSync(MAIL_IN_TLS_KEY), cert: readFileSync(MAIL_IN_TLS_CERT) } : {}),
    size: maxMailBytes,
    maxClients: maxConnections,
    socketTimeout: 60_000,
    closeTimeout: 2_000,
    disableReverseLookup: true,
    onConnect: ({ id, remoteAddress }, done) => {
      if (!isLocal(remoteAddress) && countFrom(held, remoteAddress) >= maxPerAddress)
        return done(new Refusal(421, '4.7.0 Too many connections from this address.'))
      held.set(id, { from: remoteAddress, bytes: 0 })
      done()
    },
    onClose: ({ id }) => void held.delete(id),
    onRcptTo: ({ address }, session, done) => done(refusalOf(address, session)),
    onData: (stream, session, done) => {
      // oxlint-disable-next-line promise/no-callback-in-promise -- smtp-server speaks in callbacks
      takeMail(stream, session, held).then((said) => done(null, said), done)
    },
  })
  server.on('error', (error) => log.warn({ err: error }, 'an inbound mail connection failed'))
  await new Promise<void>((listening, failed) => {
    server.server.once('error', failed)
    server.listen(port, host, listening)
  })
  const address = server.server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () => new Promise((closed) => server.close(closed)),
  }
}

function refusalOf(address: string, { envelope }: SMTPServerSession): Refusal | null {
  if (routeOf(address) === null)
    return new Refusal(
      550,
      '5.1.1 There is no such address here. Answer the mail that you got, or write to its sender.',
    )
  return envelope.rcptTo.length >= maxRecipients ? new Refusal(452, '4.5.3 Too many recipients.') : null
}

async function takeMail(stream: SMTPServerDataStream, session: SMTPServerSession, held: Held): Promise<string> {
  const bytes = await readAll(stream, session, held)
  const { mailFrom, rcptTo } = session.envelope
  try {
    await keepInbound({
      bytes,
      from: mailFrom === false ? '' : mailFrom.address,
      to: rcptTo.map(({ address }) => address),
      remoteAddress: session.remoteAddress,
      // Typed a string, it is false until a greeting was heard.
      helo: session.hostNameAppearsAs || null,
      secure: session.secure,
    })
  } catch (error) {
    if (error instanceof TooManyError) throw new Refusal(452, '4.7.1 Too much mail for one address today.')
    log.error({ err: error }, 'a mail could not be kept; its sender is asked to try again')
    throw new Refusal(451, '4.3.0 The mail could not be kept. Please try again later.')
  } finally {
    release(session, held)
  }
  return '2.0.0 Kept'
}

/** The whole mail, or a refusal once it has been read to its end: a server that is cut off in the middle would send it again. */
function readAll(stream: SMTPServerDataStream, session: SMTPServerSession, held: Held): Promise<Buffer> {
  const chunks: Buffer[] = []
  const state = { full: false }
  return new Promise((done, fail) => {
    stream.on('data', (chunk: Buffer) => {
      if (stream.sizeExceeded || state.full) {
        chunks.length = 0
        return
      }
      chunks.push(chunk)
      state.full = !hold(session, held, chunk.length)
    })
    stream.once('error', fail)
    stream.once('end', () => {
      if (stream.sizeExceeded) return fail(new Refusal(552, '5.3.4 The mail is larger than 25 MiB.'))
      if (state.full) return fail(new Refusal(452, '4.3.1 Too many mails at once. Please try again later.'))
      done(Buffer.concat(chunks))
    })
  })
}

function hold({ id }: SMTPServerSession, held: Held, bytes: number): boolean {
  const own = held.get(id)
  if (own !== undefined) own.bytes += bytes
  return [...held.values()].reduce((sum, each) => sum + each.bytes, 0) <= maxHeldBytes
}

function release({ id }: SMTPServerSession, held: Held): void {
  const own = held.get(id)
  if (own !== undefined) own.bytes = 0
}

function countFrom(held: Held, address: string): number {
  return [...held.values()].filter(({ from }) => from === address).length
}

function isLocal(address: string): boolean {
  return ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(address)
}
