import type pg from 'pg'
import { newId } from '#app/platform/id.ts'
import { insert } from './builders.ts'
import type { Pair } from './notices.ts'

type Holder = { organisation: { id: string }; person: { id: string } }

/** A row in every table of collective filings, about a notice that is there. */
export async function fillCollective(
  owner: pg.Pool,
  given: Pick<Pair, 'holder' | 'vendor'> & { association: Holder; catalogue: { id: string }; noticeId: string },
): Promise<void> {
  const { association, holder, vendor, catalogue, noticeId } = given
  const [id, at, person] = [newId(), new Date(), association.person.id]
  const filing = await owner.query('select filing_id from notice where id = $1', [noticeId])
  const filingId = filing.rows[0].filing_id
  await insert(owner, 'collective_filing', {
    id,
    reference: `FIL-${id}`,
    association_id: association.organisation.id,
    state: 'draft',
    content: {},
    review_hours: 72,
    created_by: person,
    created_at: at,
    updated_by: person,
    updated_at: at,
  })
  const ids = { collective_id: id, member_id: holder.organisation.id }
  await insert(owner, 'collective_member', { ...ids, catalogue_id: catalogue.id, catalogue_version: 1 })
  await insert(owner, 'collective_left_out', { ...ids, vendor_id: vendor.id, because: 'no_contact' })
  const letter = { locale: 'en', text: 'A letter', blocks: [], sha256: 'x' }
  await insert(owner, 'collective_letter', { filing_id: filingId, vendor_id: vendor.id, ...letter })
  await insert(owner, 'collective_news', {
    notice_id: noticeId,
    event_sequence: 1,
    kind: 'acknowledged',
    association_id: association.organisation.id,
    at,
  })
  await insert(owner, 'collective_link', {
    id: newId(),
    filing_id: filingId,
    vendor_id: vendor.id,
    address: vendor.contact.address,
    locale: 'en',
    created_at: at,
  })
}
