import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, expect, test } from 'vitest'
import { measures } from '#app/notices/measures.ts'
import { newId } from '#app/platform/id.ts'
import { anAssociation, dayFromNow } from '#test/associations.ts'
import { aCatalogue, aHolder, aPerson, aVendor, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import {
  grantOf,
  isNarrower,
  mandateCovers,
  mandateScopes,
  tidyTerms,
  type CoveredNotice,
  type Terms,
} from './mandate.ts'

// Random histories of two mandates of one member, told to the database and to the oracle: who sees and who may act must be the same.

const db = await testDatabase()
const holder = await aHolder(db.owner)
const [first, second] = [await anAssociation(db.owner), await anAssociation(db.owner)]
const both = await aPerson(db.owner, { organisationId: first.organisation.id, role: 'viewer' })
await insert(db.owner, 'membership', {
  id: newId(),
  person_id: both.id,
  organisation_id: second.organisation.id,
  role: 'editor',
  created_at: new Date(),
})
const vendors = [(await aVendor(db.owner)).id, (await aVendor(db.owner)).id]
const catalogues = [
  (await aCatalogue(db.owner, holder.organisation.id)).id,
  (await aCatalogue(db.owner, holder.organisation.id)).id,
]
const mandates = [await aBareMandate(first.organisation.id), await aBareMandate(second.organisation.id)]
const notices = await everyNotice()
// The owner of the server writes the history, and asks as caveat_app within the same transaction, which is undone.
const client = new Client({ connectionString: db.url })
await client.connect()
afterAll(() => client.end())

type Event = { does: 'agree' | 'narrow'; terms: Terms } | { does: 'revoke' }

const some = <T>(all: readonly T[]) => fc.option(fc.subarray([...all], { minLength: 1 }), { nil: null })
const day = fc.integer({ min: -3, max: 3 }).map(dayFromNow)
const terms: fc.Arbitrary<Terms> = fc
  .record({
    scopes: fc.subarray([...mandateScopes]),
    vendors: some(vendors),
    measures: some(measures.slice(0, 3)),
    catalogues: some(catalogues),
    approvalRequired: fc.boolean(),
    startsOn: day,
    endsOn: fc.option(day, { nil: null }),
  })
  .filter(({ startsOn, endsOn }) => endsOn === null || endsOn >= startsOn)
  .map(tidyTerms)
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 3, arbitrary: terms.map((each) => ({ does: 'agree' as const, terms: each })) },
  { weight: 3, arbitrary: terms.map((each) => ({ does: 'narrow' as const, terms: each })) },
  { weight: 1, arbitrary: fc.constant({ does: 'revoke' as const }) },
)
const history = fc.array(event, { maxLength: 5 })
const zone = fc.constantFrom('Asia/Tokyo', 'America/Los_Angeles', 'Pacific/Kiritimati', 'UTC')

type Version = { terms: Terms; ended: boolean; revoked: boolean }

/** The versions that a history leaves; a narrowing that adds anything leaves none. */
function versionsOf(events: readonly Event[]): Version[] {
  return events.reduce<Version[]>((versions, each) => {
    const present = versions.at(-1)
    const ended = (revoked: boolean): Version[] =>
      versions.map((version) =>
        version === present && !version.ended ? { ...version, ended: true, revoked } : version,
      )
    if (each.does === 'revoke') return ended(true)
    if (each.does === 'narrow' && (!present || present.ended || !isNarrower(each.terms, present.terms))) return versions
    return [...ended(false), { terms: each.terms, ended: false, revoked: false }]
  }, [])
}

test(
  'who sees and who may act is what the oracle says, in 2,000 pairs of histories',
  { timeout: 120_000 },
  async () => {
    let covered = 0
    await fc.assert(
      fc.asyncProperty(history, history, zone, async (one, other, timeZone) => {
        const timelines = [versionsOf(one), versionsOf(other)]
        const { at, answers } = await askDatabase(timelines, timeZone)
        const grants = timelines.map((versions, index) => {
          const current = versions.find(({ ended }) => !ended)
          const associationId = [first, second][index]?.organisation.id ?? ''
          return current ? grantOf(current.terms, { associationId, memberId: holder.organisation.id, timeZone }) : null
        })
        const covers = (index: number, scope: 'view' | 'file') =>
          notices.filter((notice) => mandateCovers(grants[index] ?? null, notice, scope, at)).map(({ id }) => id)
        const expected = {
          'first sees': covers(0, 'view'),
          'first acts': covers(0, 'file'),
          'both sees': either(covers(0, 'view'), covers(1, 'view')),
          // A viewer of the first, an editor of the second.
          'both acts': covers(1, 'file'),
        }
        covered += expected['both sees'].length
        expect(answers).toEqual(expected)
      }),
      { numRuns: 2_000 },
    )
    // Else the two would agree about nothing at all.
    expect(covered).toBeGreaterThan(2_000)
  },
)

test('what is narrower is the same to the database', { timeout: 60_000 }, async () => {
  const counted = { narrower: 0, wider: 0 }
  await fc.assert(
    fc.asyncProperty(terms, terms, async (present, next) => {
      await client.query('begin')
      try {
        await client.query(versionSql(mandates[0] ?? '', [{ terms: present, ended: false, revoked: false }]))
        const { rows } = await client.query<{ narrows: boolean }>(
          `select narrows_mandate('${mandates[0]}', ${termsSql(next)}) as narrows`,
        )
        const narrower = isNarrower(next, present)
        counted[narrower ? 'narrower' : 'wider'] += 1
        expect(rows[0]?.narrows).toBe(narrower)
      } finally {
        await client.query('rollback')
      }
    }),
    { numRuns: 1_000 },
  )
  expect(Math.min(counted.narrower, counted.wider)).toBeGreaterThan(2)
})

async function askDatabase(timelines: readonly Version[][], timeZone: string) {
  const written = timelines.map((versions, index) => versionSql(mandates[index] ?? '', versions)).join(';')
  const ids = `'${notices.map(({ id }) => id).join("','")}'`
  const ask = (person: string) =>
    `select set_config('caveat.person', '${person}', true);
     select array(select id from notice where id in (${ids}) order by id) as sees,
            array(select n.id from unnest(array[${ids}]::uuid[]) n(id) where may_act_on(n.id) order by n.id) as acts`
  const results: unknown = await client.query(
    `begin; update organisation set time_zone = '${timeZone}' where id = '${holder.organisation.id}'; ${written};
     select settle_mandate_grant(id)::text from unnest(array['${mandates.join("','")}']::uuid[]) m(id);
     set local role caveat_app; select now() as at; ${ask(first.person.id)}; ${ask(both.id)}; rollback`,
  )
  const rows = rowsIn(results)
  const [one, other] = rows.filter((row) => 'sees' in row)
  const at = rows.find((row) => 'at' in row)?.['at']
  if (!(at instanceof Date) || !one || !other) throw new Error('The database did not answer')
  return {
    at,
    answers: {
      'first sees': one['sees'],
      'first acts': one['acts'],
      'both sees': other['sees'],
      'both acts': other['acts'],
    },
  }
}

// A query of many statements answers with many results, which the types do not say.
function rowsIn(results: unknown): Record<string, unknown>[] {
  if (!Array.isArray(results)) throw new Error('One result only')
  return results.flatMap((result: { rows: Record<string, unknown>[] }) => result.rows)
}

function versionSql(mandateId: string, versions: readonly Version[]): string {
  if (versions.length === 0) return 'select 1'
  const rows = versions.map(
    ({ terms: each, ended, revoked }, index) =>
      `('${mandateId}', ${index + 1}, ${termsSql(each)}, 'x', 'y', '${holder.organisation.id}', '${holder.person.id}',
        now() - interval '1 hour', '${holder.person.id}', now() - interval '1 hour' + interval '${index} s',
        ${ended ? 'now()' : 'null'}, ${revoked ? 'now()' : 'null'})`,
  )
  return `insert into mandate_version (mandate_id, version, scopes, vendors, measures, catalogues, approval_required, starts_on, ends_on,
      signatory_name, signatory_capacity, offered_by_organisation_id, offered_by, offered_at, accepted_by, accepted_at, ended_at, revoked_at)
    values ${rows.join(',')}`
}

function termsSql(each: Terms): string {
  return `${list(each.scopes, 'text')}, ${list(each.vendors, 'uuid')}, ${list(each.measures, 'text')}, ${list(each.catalogues, 'uuid')},
    ${each.approvalRequired}, '${each.startsOn}'::date, ${each.endsOn === null ? 'null' : `'${each.endsOn}'`}::date`
}

function list(values: readonly string[] | null, type: string): string {
  return values === null ? `null::${type}[]` : `'{${values.join(',')}}'::${type}[]`
}

function either(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])].toSorted()
}

async function aBareMandate(associationId: string): Promise<string> {
  const id = newId()
  await insert(db.owner, 'mandate', {
    id,
    association_id: associationId,
    member_id: holder.organisation.id,
    created_by: holder.person.id,
    created_at: new Date(),
  })
  return id
}

/** Notices of every kind that the rule tells apart. */
async function everyNotice(): Promise<readonly (CoveredNotice & { id: string })[]> {
  const made: (CoveredNotice & { id: string })[] = []
  const wanted = [['STOP_TRAINING_FUTURE'], ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS']]
  const filers = [holder.organisation.id, first.organisation.id, second.organisation.id]
  const stages = ['draft', 'awaiting_approval', 'queued', 'sent', 'withdrawn']
  for (const [index, stage] of [...stages, ...stages, ...stages].entries()) {
    const notice = {
      id: newId(),
      holderId: holder.organisation.id,
      filedById: filers[Math.floor(index / stages.length)] ?? '',
      stage,
      vendorId: vendors[index % 2] ?? '',
      catalogueId: catalogues[Math.floor(index / 2) % 2] ?? '',
      measures: wanted[Math.floor(index / 3) % 2] ?? [],
    }
    await store(notice)
    made.push(notice)
  }
  return made
}

async function store(notice: CoveredNotice & { id: string }): Promise<void> {
  const [at, scopeId, filingId] = [new Date(), newId(), newId()]
  await insert(db.owner, 'notice_scope', {
    id: scopeId,
    organisation_id: notice.holderId,
    catalogue_id: notice.catalogueId,
    version: 1,
    kind: 'all',
    works_count: 3,
    works_sha256: 'x',
    created_at: at,
  })
  await insert(db.owner, 'filing', {
    id: filingId,
    reference: `FIL-${filingId}`,
    filed_by_organisation_id: notice.filedById,
    submitted_by: holder.person.id,
    kind: 'exclusion',
    signatory_name: holder.person.name,
    signatory_capacity: 'Director',
    signed_at: at,
    statements: [],
    idempotency_key: filingId,
    submitted_at: at,
    send_at: at,
  })
  await insert(db.owner, 'notice', {
    id: notice.id,
    reference: `CAV-${notice.id}`,
    filing_id: filingId,
    holder_organisation_id: notice.holderId,
    filed_by_organisation_id: notice.filedById,
    vendor_id: notice.vendorId,
    kind: 'exclusion',
    stance: 'demand',
    locale: 'en',
    scope_id: scopeId,
    works_count: 3,
    stage: notice.stage,
    last_sequence: 0,
    last_hash: '0'.repeat(64),
    verify_code: 'x',
    waiting_on: 'holder',
    decide_days: 20,
    send_at: at,
    created_at: at,
  })
  for (const [position, measure] of notice.measures.entries())
    await insert(db.owner, 'notice_measure', { notice_id: notice.id, measure, position: position + 1 })
}
