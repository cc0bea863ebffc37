import type { MailWording, Unwritable } from './mail-handlers.ts'

/** What a mail is to say, or why nobody can say it: the mail then waits where operators see the reason, and keeps no other back. */
export function wordingOrWhy(write: () => MailWording): MailWording | Unwritable {
  try {
    return write()
  } catch (error) {
    return { unwritable: error instanceof Error ? error.message : String(error) }
  }
}
