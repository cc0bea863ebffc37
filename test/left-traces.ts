import type pg from 'pg'
import { now } from '#app/platform/clock.server.ts'
import { newId } from '#app/platform/id.ts'
import { insert } from './builders.ts'

/** An invitation to a mandate, and a line of the file in which an association named the person. */
export async function leaveInvitations(
  owner: pg.Pool,
  { associationId, inviter, email }: { associationId: string; inviter: string; email: string },
): Promise<void> {
  await insert(owner, 'mandate_invitation', {
    id: newId(),
    association_id: associationId,
    email,
    name: 'Quill Pictures',
    scopes: '{view}',
    approval_required: false,
    starts_on: '2026-01-01',
    invited_by: inviter,
    invited_at: now(),
  })
  const lines = [email.toUpperCase(), 'somebody@else.test'].map((address, line) => ({
    line,
    email: address,
    name: 'A member',
    result: 'invited',
  }))
  await insert(owner, 'mandate_batch', {
    id: newId(),
    association_id: associationId,
    made_by: inviter,
    made_at: now(),
    file_name: 'members.csv',
    results: lines,
  })
}

/** A mail that served all notices of a collective filing to somebody: it names no notice of its own. */
export async function aCollectiveMail(
  owner: pg.Pool,
  { personId, vendorId, email }: { personId: string; vendorId: string; email: string },
): Promise<string> {
  const { rows } = await owner.query('select id from filing limit 1')
  const [duty, id, at] = [newId(), newId(), now()]
  await insert(owner, 'mail_duty', {
    id: duty,
    kind: 'collective-served',
    audience: 'vendor',
    filing_id: rows[0].id,
    vendor_id: vendorId,
    not_before: at,
    created_at: at,
    resolved_at: at,
  })
  await insert(owner, 'outgoing_mail', {
    id,
    duty_id: duty,
    kind: 'collective-served',
    to_address: email,
    person_id: personId,
    locale: 'en',
    message_id: `<${id}@caveat.example>`,
    status: 'accepted',
    accepted_at: at,
    next_attempt_at: at,
    created_at: at,
  })
  await insert(owner, 'mail_raw', { mail_id: id, bytes: Buffer.from(`To: ${email}`) })
  return id
}
