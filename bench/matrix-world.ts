import pg from 'pg'
import { createPerson } from '#app/accounts/create-person.server.ts'
import { newId } from '#app/platform/id.ts'
import { anOrganisation, insert } from '#test/builders.ts'
import { multiply } from './multiply.ts'
import { fileAndAnswer } from './scale-world.ts'
import { benchPassword, keptGround, type Ground } from './world.ts'

/** The association's person who is measured with. */
export const benchAssociationEmail = 'bench-association@example.test'

const vendors = 40
const otherMembers = 199
const filings = 5
const patterns = vendors * filings
const daysOfNotices = 720

/**
 * A portal with so many notices of 200 members of an association to 40 vendors, over two years, with several kinds, sets
 * of measures and late ones; most mandates cover everything, some leave out vendors or measures. Of a million works fifty
 * thousand are claimed by two members.
 *
 * @param folder kept from one run to the next, and made when it is not there
 */
export function matrixWorld({ notices, folder }: { notices: number; folder: string }): Promise<Ground> {
  return keptGround(folder, async (ground) => {
    await fileAndAnswer(ground, { vendors, filings })
    await asAdmin(ground, vary)
    const rounds = Math.max(1, Math.round(notices / patterns))
    const minutesApart = Math.max(1, Math.floor((daysOfNotices * 1440) / rounds))
    await multiply(ground, { notices, works: notices, otherHolders: otherMembers, minutesApart })
    const association = await anOrganisation(ground.owner, 'association')
    await addPerson(ground.owner, association.id)
    await asAdmin(ground, ...mandates(association.id), identifiers, 'select recount_coverage()', 'vacuum analyze')
  })
}

async function addPerson(owner: pg.Pool, organisationId: string): Promise<void> {
  const made = await createPerson({
    email: benchAssociationEmail,
    name: 'Bench Association',
    locale: 'en',
    timeZone: 'Asia/Tokyo',
    password: benchPassword,
  })
  if (!made.created) throw new Error('The association of the bench is there already')
  await insert(owner, 'membership', {
    id: newId(),
    person_id: made.personId,
    organisation_id: organisationId,
    role: 'owner',
    created_at: new Date(),
  })
}

// Patterns differ in kind, in measures and in when they were due.
const vary = `
  set session_replication_role = replica;
  update notice set kind = case when hashtext(id::text || 'kind') % 3 = 0 then 'cease_and_desist' else 'exclusion' end,
    acknowledge_due_at = acknowledge_due_at - case when hashtext(id::text) % 4 = 0 then interval '40 days' else interval '0' end,
    decide_due_at = decide_due_at - case when hashtext(id::text) % 5 = 0 then interval '60 days' else interval '0' end;
  delete from notice_measure where position = 2 and hashtext(notice_id::text || 'measure') % 3 = 0`

const mandates = (association: string): readonly string[] => [
  `set session_replication_role = replica`,
  `create temp table given as select gen_random_uuid() as id, o.id as member, row_number() over (order by o.id) as place
     from organisation o where o.kind = 'rights_holder'`,
  `insert into mandate (id, association_id, member_id, created_by, created_at) select id, '${association}', member, gen_random_uuid(), now() from given`,
  `insert into mandate_version (mandate_id, version, scopes, starts_on, signatory_name, signatory_capacity, offered_by_organisation_id, offered_by, offered_at, accepted_at)
     select id, 1, '{view}', current_date - 900, 'Sato Yuki', 'Head of rights', member, gen_random_uuid(), now(), now() from given`,
  `insert into mandate_grant (mandate_id, version, association_id, member_id, scopes, approval_required, starts_at, vendors, measures)
     select id, 1, '${association}', member, '{view}', false, now() - interval '900 days',
       case when place % 20 = 0 then (select array_agg(v.id) from (select id from vendor order by id limit 30) v) end,
       case when place % 25 = 0 then array['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'] end from given`,
]

// Catalogues come in pairs of two holders, which share five hundred works.
const identifiers = `
  insert into work_identifier (catalogue_id, work_id, scheme, value, raw, valid_from)
    select w.catalogue_id, w.work_id, 'isbn', v.value, v.value, 1 from (
      select w.*, dense_rank() over (order by w.catalogue_id) as shelf, substr(w.external_id, 3)::int as number from work w where w.title like 'Work %' and w.external_id like 'W-%') w
    cross join lateral (select case when w.number <= 500 then 'J-' || w.shelf / 2 else 'O-' || w.shelf end || '-' || w.number as value) v`

async function asAdmin({ adminUrl }: Ground, ...statements: readonly string[]): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    for (const statement of statements) await admin.query(statement)
  } finally {
    await admin.end()
  }
}
