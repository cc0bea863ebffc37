import { Readable } from 'node:stream'
import { createTransport } from 'nodemailer'

/** A mail as it goes over the wire: whom the server is told, and the bytes. `report`: also a success is to be reported. */
export type WireMail = { from: string; to: string; raw: Buffer; report?: boolean }

/** How a sending ended, without a verdict: how far it came, and what the server said. */
export type WireResult = {
  reached: 'connection' | 'envelope' | 'data' | 'dot' | 'answer'
  code: number | null
  response: string
}

/** Something that takes mails. It never throws for what a server does; `connections` is how many it serves at once. */
export type MailTransport = {
  connections: number
  send(mail: WireMail): Promise<WireResult>
  /** Whether somebody is there who would take mails. */
  answers(): Promise<boolean>
  close(): Promise<void>
}

type Timing = { connectSeconds: number; silenceSeconds: number; wholeSeconds: number }

const patient: Timing = { connectSeconds: 30, silenceSeconds: 90, wholeSeconds: 120 }

/** No sending lasts longer than this; a lease must. */
export const longestSendingSeconds = patient.wholeSeconds

/**
 * A pool of SMTP connections to the server of `url` (`smtp://user:pass@host:port` or `smtps://...`).
 * With credentials and a host that is not this machine it insists on TLS; it never falls back from TLS to none.
 */
export function smtpTransport(
  url: string,
  { connections = 5, ...given }: Partial<Timing> & { connections?: number } = {},
): MailTransport {
  const timing = { ...patient, ...given }
  const pool = createTransport({ ...optionsOf(url), ...poolOptions(timing, connections) })
  const texts = new WeakMap<Buffer, Readable>()
  // The last stream before the connection: what was read from it was handed over, and no earlier buffer tells.
  pool.use('stream', (mail, done) => {
    const { raw } = mail.data
    mail.message.processFunc((input) => {
      if (!Buffer.isBuffer(raw)) return input
      const text = Readable.from(slices(raw), { objectMode: false })
      texts.set(raw, text)
      input.resume()
      return text
    })
    done()
  })
  return {
    connections,
    async send({ from, to, raw, report = false }) {
      // A view of its own: what was handed over is known for this sending, not for the same bytes sent before.
      const view = raw.subarray()
      const patience = AbortSignal.timeout(timing.wholeSeconds * 1000)
      try {
        const { response } = await pool.sendMail({
          envelope: { from, to: [to] },
          raw: view,
          signal: patience,
          // A server that does not offer RFC 3461 is not asked.
          ...(report ? { dsn: { ret: 'HDRS' as const, notify: ['SUCCESS', 'FAILURE', 'DELAY'] } } : {}),
        })
        return { reached: 'answer', code: codeIn(response), response }
      } catch (error) {
        return translated(error, texts.get(view))
      }
    },
    async answers() {
      // Whatever is wrong, the answer is no, and the caller asks again.
      return pool.verify().then(
        () => true,
        () => false,
      )
    },
    async close() {
      pool.close()
    },
  }
}

function optionsOf(url: string) {
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  const here = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  const auth =
    username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && !here && username !== '',
    ...auth,
  }
}

function poolOptions({ connectSeconds, silenceSeconds }: Timing, maxConnections: number) {
  return {
    pool: true as const,
    maxConnections,
    maxMessages: 500,
    // One: for a connection that the server closed while it was idle, before a byte of this mail was sent.
    maxRequeues: 1,
    connectionTimeout: connectSeconds * 1000,
    greetingTimeout: connectSeconds * 1000,
    socketTimeout: silenceSeconds * 1000,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 32_768) yield bytes.subarray(at, at + 32_768)
}

function codeIn(response: string): number | null {
  const digits = /^[2-5]\d\d/.exec(response)
  return digits === null ? null : Number(digits[0])
}

function translated(error: unknown, text: Readable | undefined): WireResult {
  if (!(error instanceof Error)) throw error
  const field = (name: string): unknown => Object.getOwnPropertyDescriptor(error, name)?.value
  const code = field('responseCode')
  const said = field('response')
  const response = typeof said === 'string' && said !== '' ? said : error.message
  const answered = typeof code === 'number' && code >= 400 ? code : null
  const refusedByCommand = field('code') === 'EENVELOPE'
  return { reached: reachedWith(text, refusedByCommand), code: answered, response }
}

function reachedWith(text: Readable | undefined, refusedByCommand: boolean): WireResult['reached'] {
  if (text?.readableEnded === true) return 'dot'
  if (text?.readableDidRead === true) return 'data'
  // The text is made when a connection is ready to carry it.
  return refusedByCommand || text !== undefined ? 'envelope' : 'connection'
}
