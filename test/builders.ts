import { createHash } from 'node:crypto'
import type pg from 'pg'
import { newId } from '#app/platform/id.ts'

type Row = Record<string, unknown>
type Kind = 'rights_holder' | 'vendor' | 'association' | 'operator'
type Role = 'owner' | 'editor' | 'approver' | 'viewer'

let count = 0
const next = (): number => (count += 1)

/** Inserts one row as given; keys are column names, objects become jsonb. Returns the row's values. */
export async function insert(owner: pg.Pool, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row)
  const values = Object.values(row).map((value) =>
    value !== null && typeof value === 'object' && !(value instanceof Date) && !Buffer.isBuffer(value)
      ? JSON.stringify(value)
      : value,
  )
  await owner.query(
    `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, index) => `$${index + 1}`).join(', ')})`,
    values,
  )
}

/** A verified organisation. */
export async function anOrganisation(
  owner: pg.Pool,
  kind: Kind,
  given: Row = {},
): Promise<{ id: string; name: string; slug: string }> {
  const number = next()
  const row = {
    id: newId(),
    kind,
    slug: `organisation-${number}`,
    name: `Organisation ${number}`,
    name_other: `組織${number}`,
    address_lines: '1-2-3 Example',
    locality: 'Tokyo',
    postal_code: '100-0001',
    country: 'JP',
    telephone: '+81 3 0000 0000',
    locale: 'en',
    time_zone: 'Asia/Tokyo',
    verified_at: new Date(),
    verified_how: 'domain',
    created_at: new Date(),
    ...given,
  }
  await insert(owner, 'organisation', row)
  return { id: row.id, name: row.name, slug: row.slug }
}

/** A person with a membership of `organisationId`, if one is given. */
export async function aPerson(
  owner: pg.Pool,
  { organisationId, role = 'owner', ...given }: { organisationId?: string; role?: Role } & Row = {},
): Promise<{ id: string; email: string; name: string }> {
  const number = next()
  const row = {
    id: newId(),
    name: `Person ${number}`,
    email: `person-${number}@example.test`,
    locale: 'en',
    time_zone: 'Asia/Tokyo',
    created_at: new Date(),
    ...given,
  }
  await insert(owner, 'person', row)
  if (organisationId !== undefined) {
    await insert(owner, 'membership', {
      id: newId(),
      person_id: row.id,
      organisation_id: organisationId,
      role,
      created_at: new Date(),
    })
  }
  return { id: row.id, email: row.email, name: row.name }
}

/** A verified rights holder and its owner. */
export async function aHolder(owner: pg.Pool, given: Row = {}) {
  const organisation = await anOrganisation(owner, 'rights_holder', given)
  return { organisation, person: await aPerson(owner, { organisationId: organisation.id }) }
}

/** A directory entry with a verified contact for legal notices, claimed by a vendor organisation with an owner. */
export async function aVendor(owner: pg.Pool, given: Row = {}) {
  const number = next()
  const organisation = await anOrganisation(owner, 'vendor', { country: 'US', time_zone: 'America/Los_Angeles' })
  const person = await aPerson(owner, { organisationId: organisation.id, time_zone: 'America/Los_Angeles' })
  const id = newId()
  await insert(owner, 'vendor', {
    id,
    slug: `vendor-${number}`,
    name: `Vendor ${number}`,
    organisation_id: organisation.id,
    is_invented: true,
    created_at: new Date(),
    updated_at: new Date(),
    ...given,
  })
  const contact = { id: newId(), address: `rights-${number}@vendor-${number}.test` }
  await insert(owner, 'vendor_contact', {
    ...contact,
    vendor_id: id,
    purpose: 'legal_notices',
    channel: 'email',
    country: 'US',
    region: 'CA',
    time_zone: 'America/Los_Angeles',
    verified_at: new Date(),
    verified_how: 'test',
    created_at: new Date(),
  })
  return { id, organisation, person, contact }
}

/** A catalogue of version 1 with `works` works, titled `Work 1` and so on unless titles are given. */
export async function aCatalogue(
  owner: pg.Pool,
  organisationId: string,
  { works = 3, titles = [] }: { works?: number; titles?: string[] } = {},
) {
  const id = newId()
  const all = titles.length > 0 ? titles : Array.from({ length: works }, (_, index) => `Work ${index + 1}`)
  await insert(owner, 'catalogue', {
    id,
    organisation_id: organisationId,
    name: `Catalogue ${next()}`,
    current_version: 1,
    created_at: new Date(),
  })
  const workIds: string[] = []
  for (const [index, title] of all.entries()) {
    const workId = newId()
    workIds.push(workId)
    await insert(owner, 'work', {
      catalogue_id: id,
      work_id: workId,
      valid_from: 1,
      external_id: `W-${index + 1}`,
      title,
      search_text: title.toLowerCase(),
      row_sha256: sha256(title),
    })
  }
  await insert(owner, 'catalogue_version', {
    catalogue_id: id,
    version: 1,
    works_count: all.length,
    works_sha256: sha256(workIds.join('\n')),
    added: all.length,
    made_at: new Date(),
  })
  return { id, version: 1, workIds }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
