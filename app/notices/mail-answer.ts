import { m } from '#app/generated/messages/messages.js'
import { isNotComposed } from '#app/mail/not-composed.ts'

/** What is said of a mail that did not go out: the words of the server that refused it, or that the portal could not write it. */
export function mailAnswer(response: string): string {
  return isNotComposed(response) ? m.notices_mail_not_composed() : response
}
