import type pg from 'pg'
import { emptyCollective } from '#app/associations/collective.ts'
import { statementsWanted } from '#app/notices/filing-facts.ts'
import { drawReference } from '#app/notices/filing-reference.server.ts'
import { newId } from '#app/platform/id.ts'
import { aPerson, aVendor, anOrganisation, insert } from './builders.ts'

/** An association, so many members with a mandate, a catalogue and an owner each, and so many vendors: a filing to be made. */
export async function collectiveWorld(
  owner: pg.Pool,
  { members, vendors, works }: { members: number; vendors: number; works: number },
): Promise<{ collectiveId: string }> {
  const association = await anOrganisation(owner, 'association')
  const person = await aPerson(owner, { organisationId: association.id, role: 'editor' })
  const vendorIds: string[] = []
  for (let number = 0; number < vendors; number += 1) vendorIds.push((await aVendor(owner)).id)
  const ids = Array.from({ length: members }, (_, number) => ({
    number,
    holder: newId(),
    person: newId(),
    membership: newId(),
    catalogue: newId(),
    mandate: newId(),
  }))
  await addMembers(owner, ids, { associationId: association.id, works })
  const [collectiveId, at] = [newId(), new Date()]
  const by = person.id
  await insert(owner, 'collective_filing', {
    id: collectiveId,
    reference: drawReference('FIL'),
    association_id: association.id,
    state: 'making',
    content: contentOf(vendorIds, { personId: by, name: person.name, at }),
    review_hours: 72,
    created_by: by,
    created_at: at,
    updated_by: by,
    updated_at: at,
    submitted_by: by,
    submitted_at: at,
  })
  await owner.query(
    `insert into collective_member (collective_id, member_id, catalogue_id, catalogue_version)
     select $1, r.holder, r.catalogue, 1 from jsonb_to_recordset($2::jsonb) as r (holder uuid, catalogue uuid)`,
    [collectiveId, JSON.stringify(ids)],
  )
  await owner.query('analyze')
  return { collectiveId }
}

function contentOf(vendorIds: string[], { personId, name, at }: { personId: string; name: string; at: Date }) {
  const empty = emptyCollective('en')
  return {
    ...empty,
    coverLetter: 'We write for our members.',
    filing: {
      ...empty.filing,
      kind: 'exclusion',
      vendorIds,
      measures: [
        { measure: 'STOP_TRAINING_FUTURE', detail: '' },
        { measure: 'RESPOND_TO_OUTPUT_CLAIMS', detail: '' },
      ],
      stance: 'demand',
      priorPermission: true,
      bases: ['EXCLUSION_REQUEST'],
      capacity: 'Secretary general',
      signature: {
        personId,
        name,
        capacity: 'Secretary general',
        statements: statementsWanted({ bases: ['EXCLUSION_REQUEST'] }),
        signedAt: at.toISOString(),
        timeZone: 'Asia/Tokyo',
      },
    },
  }
}

async function addMembers(
  owner: pg.Pool,
  ids: readonly object[],
  { associationId, works }: { associationId: string; works: number },
): Promise<void> {
  const rows = JSON.stringify(ids)
  const from = `from jsonb_to_recordset($1::jsonb) as r (number int, holder uuid, person uuid, membership uuid, catalogue uuid, mandate uuid)`
  const run = (sql: string, ...more: unknown[]) => owner.query(sql, [rows, ...more])
  await run(`insert into organisation (id, kind, slug, name, address_lines, locality, postal_code, country, telephone, time_zone, verified_at, verified_how, created_at)
    select holder, 'rights_holder', 'member-' || number, 'Member ' || number, '1-2-3 Example', 'Tokyo', '100-0001', 'JP', '+81 3 0000 0000', 'Asia/Tokyo', now(), 'domain', now() ${from}`)
  await run(
    `insert into person (id, name, email, created_at) select person, 'Owner ' || number, 'owner-' || number || '@member.test', now() ${from}`,
  )
  await run(
    `insert into membership (id, person_id, organisation_id, role, created_at) select membership, person, holder, 'owner', now() ${from}`,
  )
  await run(
    `insert into catalogue (id, organisation_id, name, current_version, created_at) select catalogue, holder, 'Catalogue ' || number, 1, now() ${from}`,
  )
  await run(
    `insert into work (catalogue_id, work_id, valid_from, external_id, title, search_text, row_sha256)
     select catalogue, gen_random_uuid(), 1, 'W-' || w, 'Work ' || w, 'work ' || w, repeat('0', 64) ${from} cross join generate_series(1, $2::int) w`,
    works,
  )
  await run(
    `insert into catalogue_version (catalogue_id, version, works_count, works_sha256, made_at) select catalogue, 1, $2::int, repeat('0', 64), now() ${from}`,
    works,
  )
  await run(
    `insert into mandate (id, association_id, member_id, created_by, created_at) select mandate, $2::uuid, holder, person, now() ${from}`,
    associationId,
  )
  await run(`insert into mandate_version (mandate_id, version, scopes, starts_on, signatory_name, signatory_capacity, offered_by_organisation_id, offered_by, offered_at, accepted_by, accepted_at)
    select mandate, 1, '{view,file}', current_date - 1, 'A', 'B', holder, person, now(), person, now() ${from}`)
  await run(
    `insert into mandate_grant (mandate_id, version, association_id, member_id, scopes, approval_required, starts_at)
     select mandate, 1, $2::uuid, holder, '{view,file}', false, now() - interval '1 day' ${from}`,
    associationId,
  )
}
