import { once } from 'node:events'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'

type Point = 'greeting' | 'mail' | 'rcpt' | 'text' | 'dot'

/**
 * What the sink does when a session comes to a point. `text` is the first byte of the mail, `dot` its end.
 * `say` answers with that line ("450 4.2.0 Greylisted"), `close` ends the connection without a word,
 * `waitMs` answers late.
 */
export type Behaviour = { at: Point; to?: string } & ({ say: string } | { close: true } | { waitMs: number })

/** One mail that was read to its final dot: answered with 250, refused in words, or neither. */
export type SunkMail = { from: string; to: string[]; raw: Buffer; answered: boolean; refused: boolean; at: number }

/** A real SMTP server on this machine that does as it is told and keeps what it reads. */
export type SmtpSink = {
  url: string
  mails: SunkMail[]
  /** Behaviours that are used up once each, in this order for each point. */
  once(...behaviours: Behaviour[]): void
  /** Behaviours for every session until they are replaced. */
  always(...behaviours: Behaviour[]): void
  /** Is told of every mail that was answered with 250, just after the answer was written. */
  onAnswered(listener: ((mail: SunkMail) => void) | null): void
  stop(): Promise<void>
  /** Listens again on the same port. */
  start(): Promise<void>
}

const never = new Promise<void>(() => {})

class Refusal extends Error {
  responseCode: number
  constructor(line: string) {
    super(line.slice(4))
    this.responseCode = Number(line.slice(0, 3))
  }
}

function settle(work: Promise<void>, done: (error?: Error | null) => void): void {
  // oxlint-disable-next-line promise/no-callback-in-promise -- smtp-server speaks in callbacks
  work.then(() => done(), done)
}

/** Starts a sink on a free port; stop it at the end of the test file. */
// oxlint-disable-next-line max-lines-per-function -- one server and what it remembers
export async function smtpSink(): Promise<SmtpSink> {
  const mails: SunkMail[] = []
  const sockets = new Map<number, Socket>()
  const scripted: Behaviour[] = []
  let standing: Behaviour[] = []
  let listener: ((mail: SunkMail) => void) | null = null
  let port = 0
  let server: SMTPServer | undefined

  async function meet(at: Point, session: SMTPServerSession, to: string[] = []): Promise<void> {
    const fits = (each: Behaviour) => each.at === at && (each.to === undefined || to.includes(each.to))
    const index = scripted.findIndex(fits)
    const found = index === -1 ? standing.find(fits) : scripted.splice(index, 1)[0]
    if (found === undefined) return
    if ('say' in found) throw new Refusal(found.say)
    if ('waitMs' in found) {
      await wait(found.waitMs)
      return
    }
    sockets.get(session.remotePort)?.destroy()
    await never
  }

  async function read(stream: AsyncIterable<Buffer>, session: SMTPServerSession): Promise<void> {
    const { mailFrom, rcptTo } = session.envelope
    const to = rcptTo.map(({ address }) => address)
    const chunks: Buffer[] = []
    for await (const chunk of stream) {
      if (chunks.length === 0) await meet('text', session, to)
      chunks.push(chunk)
    }
    const mail = {
      from: mailFrom === false ? '' : mailFrom.address,
      to,
      raw: Buffer.concat(chunks),
      answered: false,
      refused: false,
      at: Date.now(),
    }
    mails.push(mail)
    try {
      await meet('dot', session, to)
    } catch (refusal) {
      mail.refused = true
      throw refusal
    }
    mail.answered = true
    setImmediate(() => listener?.(mail))
  }

  async function start(): Promise<void> {
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      closeTimeout: 100,
      onConnect: (session, done) => settle(meet('greeting', session), done),
      onMailFrom: (_address, session, done) => settle(meet('mail', session), done),
      onRcptTo: ({ address }, session, done) => settle(meet('rcpt', session, [address]), done),
      onData: (stream, session, done) => settle(read(stream, session), done),
    })
    // A client that was killed resets its connection: that is what the tests are about.
    server.on('error', () => {})
    server.server.on('connection', (socket: Socket) => {
      const { remotePort } = socket
      if (remotePort === undefined) return
      sockets.set(remotePort, socket)
      socket.once('close', () => sockets.delete(remotePort))
    })
    server.listen(port, '127.0.0.1')
    await once(server.server, 'listening')
    const address = server.server.address()
    port = address !== null && typeof address === 'object' ? address.port : 0
  }

  async function stop(): Promise<void> {
    const closing = server
    server = undefined
    if (closing === undefined) return
    for (const socket of sockets.values()) socket.destroy()
    await new Promise<void>((resolve) => {
      closing.close(resolve)
    })
  }

  await start()
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    once(...behaviours) {
      scripted.push(...behaviours)
    },
    always(...behaviours) {
      standing = behaviours
    },
    onAnswered(given) {
      listener = given
    },
    stop,
    start,
  }
}
