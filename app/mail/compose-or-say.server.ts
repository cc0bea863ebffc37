import { isMailName } from '#emails/mails.ts'
import { composeMail } from './compose.server.ts'
import type { MailLocale, MailWording, Unwritable } from './mail-handlers.ts'

/** A mail to be composed, as plain values that may go to another thread. */
export type ToCompose = {
  id: string
  kind: string
  toAddress: string
  locale: MailLocale
  messageId: string
  thread: readonly string[]
  wording: MailWording | Unwritable | null
}

/** The mail's bytes with their SHA-256, or why it could not be composed. */
export type Composed = { id: string } & ({ raw: Buffer; sha256: string; error: null } | { raw: null; error: string })

/** Composes one mail; one that cannot be composed says why and holds up no other. */
export function composeOrSay({ id, kind, wording, ...mail }: ToCompose, at: Date): Composed {
  try {
    if (!isMailName(kind)) throw new Error(`There is no mail ${kind}.`)
    if (wording === null) throw new Error(`Nobody had facts for ${kind}.`)
    if ('unwritable' in wording) throw new Error(wording.unwritable)
    const { raw, sha256 } = composeMail({ ...mail, kind, wording }, at)
    return { id, raw, sha256, error: null }
  } catch (error) {
    return { id, raw: null, error: error instanceof Error ? error.message.slice(0, 500) : 'unknown' }
  }
}
