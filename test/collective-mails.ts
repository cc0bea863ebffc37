import type { MailTransport } from '#app/platform/smtp.server.ts'

/** A transport that keeps what it is sent; `refuses` is an address that takes no mail. */
export function collectingTransport() {
  const sent: { to: string; raw: string }[] = []
  const state = { refuses: '' }
  const transport: MailTransport = {
    connections: 2,
    answers: async () => true,
    close: async () => {},
    send: async ({ to, raw }) => {
      sent.push({ to, raw: Buffer.from(raw).toString('latin1') })
      return state.refuses === to
        ? { reached: 'data', code: 550, response: '550 5.1.1 nobody here' }
        : { reached: 'answer', code: 250, response: '250 ok' }
    },
  }
  return { transport, sent, state }
}

/** What a mail says in its parts and its attached texts. */
export function decodedMail(raw: string): string {
  const soft = raw.replaceAll(/=\r?\n/gu, '')
  const quoted = soft.replaceAll(/=([0-9A-F]{2})/gu, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  const files = [...raw.matchAll(/base64[\s\S]*?\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/gu)].map(([, body]) =>
    Buffer.from(body ?? '', 'base64').toString('utf8'),
  )
  return [quoted, ...files].join('\n')
}
