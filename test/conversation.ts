import type pg from 'pg'
import { newId } from '#app/platform/id.ts'
import { insert } from './builders.ts'

/** A reply that came in, the guess that an operator had, and the address that the holder gave for its vendor. */
export async function fillConversation(
  owner: pg.Pool,
  {
    id,
    vendorId,
    holder,
  }: { id: string; vendorId: string; holder: { organisation: { id: string }; person: { id: string } } },
): Promise<void> {
  const at = new Date()
  const sha256 = id.replaceAll('-', '').repeat(2)
  const inboundId = newId()
  const messageId = newId()
  await insert(owner, 'inbound_raw', { sha256, bytes: Buffer.from(`A mail about ${id}`), received_at: at })
  await insert(owner, 'inbound_mail', {
    id: inboundId,
    sha256,
    size_bytes: 1,
    received_at: at,
    envelope_from: 'rights@vendor.test',
    envelope_to: 'n-x@reply.test',
    secure: false,
    route: 'reply',
    status: 'processed',
    next_attempt_at: at,
    notice_id: id,
  })
  await insert(owner, 'inbound_guess', { inbound_id: inboundId, notice_id: id, score: 50, reasons: '{reference}' })
  await insert(owner, 'notice_message', {
    id: messageId,
    notice_id: id,
    side: 'vendor',
    channel: 'mail',
    inbound_id: inboundId,
    author_name: 'A vendor',
    author_address: 'rights@vendor.test',
    subject: 'Re: your notice',
    fresh: 'We have it.',
    quoted: '',
    at,
  })
  await insert(owner, 'message_attachment', {
    message_id: messageId,
    notice_id: id,
    position: 0,
    name: 'letter.pdf',
    media_type: 'application/pdf',
    size_bytes: 1,
    sha256,
  })
  await insert(owner, 'contact_suggestion', {
    id: newId(),
    vendor_id: vendorId,
    organisation_id: holder.organisation.id,
    address: `legal-${id}@vendor.test`,
    locale: 'en',
    source: 'Their website',
    given_by: holder.person.id,
    given_at: at,
  })
}
