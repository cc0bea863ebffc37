import type pg from 'pg'
import { newId } from '#app/platform/id.ts'
import { insert } from './builders.ts'

type Holder = { organisation: { id: string }; person: { id: string } }

/** What a holder keeps about a notice for itself. */
export async function fillOwnWords(
  owner: pg.Pool,
  { id, holder: { organisation, person } }: { id: string; holder: Holder },
): Promise<void> {
  const at = new Date()
  const own = { organisation_id: organisation.id, notice_id: id }
  await insert(owner, 'notice_private', {
    notice_id: id,
    holder_organisation_id: organisation.id,
    escalation: 'litigation',
  })
  await owner.query(`insert into filing_private select filing_id, $2, 'x' from notice where id = $1`, [
    id,
    organisation.id,
  ])
  await insert(owner, 'notice_tag', { ...own, tag: 'x', tagged_by: person.id, tagged_at: at })
  await insert(owner, 'notice_note', { ...own, id: newId(), text: 'x', written_by: person.id, written_at: at })
  await insert(owner, 'notice_assignment', { ...own, person_id: person.id, assigned_by: person.id, assigned_at: at })
}

/** An act of a holder on many notices, and a view that it saved. */
export async function fillBulkActs(owner: pg.Pool, { organisation, person }: Holder): Promise<void> {
  const [id, at] = [newId(), new Date()]
  const selection = { kind: 'ticked', noticeIds: [id] }
  const own = { organisation_id: organisation.id, requested_by: person.id, selection, locale: 'en' }
  await insert(owner, 'bulk_act', {
    id,
    ...own,
    act: 'chase',
    status: 'queued',
    rows_total: 1,
    queued_at: at,
    created_at: at,
  })
  await insert(owner, 'bulk_row', { act_id: id, position: 1, notice_id: id, reference: 'x' })
  const view = { name: 'x', query: '', shared: true, saved_by: person.id, saved_at: at }
  await insert(owner, 'saved_view', { organisation_id: organisation.id, id: newId(), ...view })
}

/** That an association took a file with a notice of a member. */
export async function fillMemberExport(
  owner: pg.Pool,
  { memberId, associationId }: { memberId: string; associationId: string },
): Promise<void> {
  await insert(owner, 'member_export', {
    act_id: newId(),
    member_id: memberId,
    association_id: associationId,
    format: 'csv',
    notices: 1,
    sha256: 'a'.repeat(64),
    exported_at: new Date(),
  })
}
