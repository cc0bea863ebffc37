import type pg from 'pg'
import { newId } from '#app/platform/id.ts'
import { insert } from './builders.ts'

type Owned = { organisation: { id: string }; person: { id: string } }

/** A line in the record of an organisation, and where it came from. */
export async function fillAudit(owner: pg.Pool, { organisation, person }: Owned): Promise<void> {
  const id = newId()
  const own = { organisation_id: organisation.id, person_id: person.id }
  await insert(owner, 'audit_entry', { ...own, id, at: new Date(), kind: 'signed-in', actor: 'member' })
  await insert(owner, 'audit_origin', { ...own, entry_id: id, network_address: '192.0.2.1' })
}

/** An archive that an organisation ordered, and one of its owner's own data. */
export async function fillExports(owner: pg.Pool, { organisation, person }: Owned): Promise<void> {
  const order = { requested_by: person.id, locale: 'en', status: 'queued', created_at: new Date() }
  await insert(owner, 'data_export', { ...order, id: newId(), organisation_id: organisation.id })
  await insert(owner, 'data_export', { ...order, id: newId() })
}

/** A restore whose mails were let go. */
export async function fillHold(owner: pg.Pool): Promise<void> {
  const at = new Date()
  await insert(owner, 'outbox_hold', { id: newId(), backup_made_at: at, restored_at: at, released_at: at })
}

/** An alarm that is over, and how far its sweep and the walks of others came. */
export async function fillAlarms(owner: pg.Pool): Promise<void> {
  const at = new Date()
  const alarm = { condition: 'jobs_failed', amount: 1, began_at: at, seen_at: at, ended_at: at }
  await insert(owner, 'portal_alarm', { id: newId(), ...alarm })
  await insert(owner, 'alarm_sweep', { name: 'portal', ran_at: at })
  await insert(owner, 'sweep_walk', { name: 'links', after_id: newId() })
}

/** A closing that its organisation cancelled, with a mail and a file marked for one that it would have taken along. */
export async function fillClosings(owner: pg.Pool, { organisation, person }: Owned): Promise<void> {
  const [id, at] = [newId(), new Date()]
  await insert(owner, 'organisation_closing', {
    id,
    organisation_id: organisation.id,
    asked_by: person.id,
    asked_at: at,
    erase_at: new Date(at.getTime() + 86_400_000),
    cancelled_by: person.id,
    cancelled_at: at,
  })
  const duties = await owner.query('select id from mail_duty limit 1')
  await insert(owner, 'closing_mail', { closing_id: id, duty_id: duties.rows[0].id })
  await insert(owner, 'closing_file', { closing_id: id, sha256: 'a'.repeat(64) })
}
