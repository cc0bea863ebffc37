import type pg from 'pg'
import { newId } from '#app/platform/id.ts'
import { insert } from './builders.ts'
import type { Pair } from './notices.ts'

/** What a vendor and a holder leave in the directory: a proof, a claim, a code and a correction. */
export async function fillDirectory(owner: pg.Pool, { vendor, holder }: Pair): Promise<void> {
  const at = new Date()
  const about = { vendor_id: vendor.id, created_at: at }
  await insert(owner, 'domain_proof', {
    id: newId(),
    organisation_id: vendor.organisation.id,
    domain: 'vendor.test',
    token: 'token',
    asked_by: vendor.person.id,
    how: 'dns',
    proven_at: at,
    created_at: at,
  })
  await insert(owner, 'vendor_claim', {
    ...about,
    id: newId(),
    organisation_id: vendor.organisation.id,
    claimed_by: vendor.person.id,
    domain: 'vendor.test',
  })
  await insert(owner, 'vendor_contact_code', { contact_id: vendor.contact.id, code_hash: 'hash', expires_at: at })
  await insert(owner, 'vendor_correction', {
    ...about,
    id: newId(),
    suggested_by: holder.person.id,
    organisation_id: holder.organisation.id,
    kind: 'model',
    value: 'A model',
    source_url: 'https://vendor.test/models',
  })
}
