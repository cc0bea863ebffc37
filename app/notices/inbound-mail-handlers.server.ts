import type { InboundHandlers, ReportedMail } from '#app/mail/inbound-handlers.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { recordContactDelivery, recordContactFailure } from '#app/vendors/record-contact-health.server.ts'
import { guessNotices } from './guess-notices.server.ts'
import { receiveMessage } from './receive-message.server.ts'
import { recordBounced, recordDelivered, type ServedMail } from './record-delivery.server.ts'

/** What notices make of mail that comes back. */
export const noticeInboundHandlers: InboundHandlers<Transaction> = {
  received: receiveMessage,
  guesses: guessNotices,
  async bounced(tx, mail, addressIsDead) {
    const { contactId, at, response } = mail
    if (addressIsDead && contactId !== null) await recordContactFailure(tx, { contactId, at, response })
    await recordBounced(tx, served(mail))
  },
  async delivered(tx, mail) {
    if (mail.contactId !== null) await recordContactDelivery(tx, { contactId: mail.contactId, at: mail.at })
    await recordDelivered(tx, served(mail))
  },
}

/** Only the mail that carries a notice says whether the notice arrived. */
function served({ kind, noticeId, ...mail }: ReportedMail): ServedMail[] {
  return kind === 'notice-served' && noticeId !== null ? [{ ...mail, noticeId }] : []
}
