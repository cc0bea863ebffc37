import { createTransport } from 'nodemailer'
import type { ReceivedMail } from './mailbox.ts'

/** Hands a mail to the portal's own mail port, as another company's server does. `from` is empty for a bounce. */
export async function postMail({ from, to, raw }: { from: string; to: string; raw: string | Buffer }): Promise<string> {
  const port = Number(process.env['CAVEAT_MAIL_IN'])
  const server = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
  try {
    const { response } = await server.sendMail({ envelope: { from, to: [to] }, raw })
    return response
  } finally {
    server.close()
  }
}

/** Where the reply button of a mail program would write to. */
export function replyAddressOf({ email }: ReceivedMail): string {
  const address = email.replyTo?.[0]?.address
  if (address === undefined) throw new Error(`The mail "${email.subject}" takes no reply`)
  return address
}
