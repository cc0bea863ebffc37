import { beforeAll, expect, test } from 'vitest'

import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { aCatalogue, aHolder, anOrganisation, aPerson, aVendor, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'

import { findJobs } from './find-jobs.server.ts'
import { findMails } from './find-mails.server.ts'
import { findOrganisation, findOrganisations } from './find-organisations.server.ts'
import { isAmbiguous, type MailView } from './mails.ts'
import type { OrganisationFilter } from './organisations.ts'
import { retryJob } from './retry-job.server.ts'
import { retryMail } from './retry-mail.server.ts'

const db = await testDatabase()
const operator = await anOrganisation(db.owner, 'operator')
const keeper = await aPerson(db.owner, { organisationId: operator.id, role: 'editor' })
const member = { personId: keeper.id, organisation: { kind: 'operator', role: 'editor' } } as const
const holder = await aHolder(db.owner, { name: 'Hoshizora Animation', name_other: '星空アニメーション' })
const vendor = await aVendor(db.owner)
const mails: string[] = []
const jobs: string[] = []
const failedImport = newId()

const mailsIn = (
  view: MailView,
  { to = '', before = null, most = 50 }: { to?: string; before?: string | null; most?: number } = {},
) => withPerson(keeper.id, (tx) => findMails(tx, { view, to, before, most }))
const organisationsBy = (filter: Partial<OrganisationFilter>) =>
  withPerson(keeper.id, (tx) =>
    findOrganisations(tx, { filter: { search: '', kind: null, verified: null, ...filter }, before: null, most: 50 }),
  )
const jobsBy = (status: 'failed' | 'queued' | null = null) =>
  withPerson(keeper.id, (tx) => findJobs(tx, { status, before: null, most: 50 }))

beforeAll(async () => {
  const at = new Date()
  for (const [index, status] of ['queued', 'accepted', 'failed', 'bounced', 'delivered'].entries()) {
    const dutyId = newId()
    const id = newId()
    mails.push(id)
    await insert(db.owner, 'mail_duty', {
      id: dutyId,
      kind: 'confirm-address',
      audience: 'address',
      address: `p${index}@example.test`,
      not_before: at,
      created_at: at,
    })
    await insert(db.owner, 'outgoing_mail', {
      id,
      duty_id: dutyId,
      kind: 'confirm-address',
      to_address: `p${index}@example.test`,
      locale: 'en',
      message_id: `<${id}@caveat.test>`,
      status,
      next_attempt_at: at,
      failed_at: status === 'failed' ? at : null,
      last_response: status === 'failed' ? '550 5.1.1 No such user' : null,
      created_at: at,
    })
  }
  await insert(db.owner, 'mail_attempt', {
    mail_id: mails[2],
    number: 1,
    started_at: at,
    ended_at: at,
    reached: 'data',
    result: 'ambiguous',
  })
  await insert(db.owner, 'mail_attempt', {
    mail_id: mails[2],
    number: 2,
    started_at: at,
    ended_at: at,
    result: 'refused',
    code: 550,
    response: '550 5.1.1 No such user',
  })
  const catalogue = await aCatalogue(db.owner, holder.organisation.id)
  await insert(db.owner, 'catalogue_import', {
    id: failedImport,
    organisation_id: holder.organisation.id,
    catalogue_id: catalogue.id,
    requested_by: holder.person.id,
    status: 'failed',
    file_sha256: '0'.repeat(64),
    file_name: 'films.csv',
    file_bytes: 10,
    failure: 'outage',
    created_at: at,
    finished_at: at,
  })
  for (const status of ['queued', 'failed', 'done']) {
    const id = newId()
    jobs.push(id)
    await insert(db.owner, 'job', {
      id,
      kind: 'import',
      subject_id: status === 'failed' ? failedImport : newId(),
      organisation_id: holder.organisation.id,
      status,
      attempts: 3,
      run_at: at,
      last_error: status === 'failed' ? 'The file is not there.' : null,
      created_at: at,
      finished_at: status === 'queued' ? null : at,
    })
  }
})

test('the delivery queue shows every mail with its attempts, newest first, and pages', async () => {
  const first = await mailsIn('all', { most: 2 })
  expect(first.found).toBe(5)
  expect(first.mails.map(({ id }) => id)).toEqual([mails[4], mails[3]])
  const second = await mailsIn('all', { most: 3, before: first.next })
  expect(second.mails.map(({ id }) => id)).toEqual([mails[2], mails[1], mails[0]])
  expect(second.next).toBeNull()
  expect(second.mails[0]).toMatchObject({
    toAddress: 'p2@example.test',
    status: 'failed',
    lastResponse: '550 5.1.1 No such user',
    reference: null,
  })
  expect(second.mails[0]?.attempts).toMatchObject([{ result: 'ambiguous' }, { result: 'refused', code: 550 }])
  expect(second.mails.map(isAmbiguous)).toEqual([true, false, false])
  expect(Object.keys(second.mails[0] ?? {}).filter((key) => /subject|body|raw|text/.test(key))).toEqual([])
})

test.each<[MailView, number[]]>([
  ['failed', [3, 2]],
  ['waiting', [0]],
  ['sent', [4, 1]],
  ['ambiguous', [2]],
])('the view %s holds its mails', async (view, indexes) => {
  const { mails: found } = await mailsIn(view)
  expect(found.map(({ id }) => id)).toEqual(indexes.map((index) => mails[index]))
})

test('an address finds its own mails only', async () => {
  expect((await mailsIn('all', { to: 'p1@example.test' })).mails.map(({ id }) => id)).toEqual([mails[1]])
  expect((await mailsIn('all', { to: 'p1' })).found).toBe(0)
})

test('a failed mail is queued again, another is not', async () => {
  expect(await retryMail({ member, mailId: mails[1] ?? '' })).toEqual({ allowed: false, because: 'not-failed' })
  expect(await retryMail({ member, mailId: mails[2] ?? '' })).toEqual({ allowed: true })
  expect((await mailsIn('waiting')).mails.map(({ id }) => id)).toEqual([mails[2], mails[0]])
})

test('a failed job is queued again, another is not', async () => {
  const before = await jobsBy('failed')
  expect(before.jobs).toMatchObject([
    {
      id: jobs[1],
      kind: 'import',
      attempts: 3,
      lastError: 'The file is not there.',
      organisation: { name: 'Hoshizora Animation' },
    },
  ])
  expect(before.counts).toEqual({ queued: 1, running: 0, done: 1, failed: 1, stopped: 0 })
  expect(await retryJob({ member, jobId: jobs[0] ?? '' })).toEqual({ allowed: false, because: 'not-failed' })
  expect(await retryJob({ member, jobId: jobs[1] ?? '' })).toEqual({ allowed: true })
  expect((await jobsBy('failed')).jobs).toEqual([])
  const { rows } = await db.owner.query('select status, failure from catalogue_import where id = $1', [failedImport])
  expect(rows).toEqual([{ status: 'queued', failure: null }])
  expect((await jobsBy('queued')).jobs.map(({ id }) => id)).toEqual([jobs[1], jobs[0]])
})

test('organisations are found by either name, kind and whether they are verified', async () => {
  const waiting = await anOrganisation(db.owner, 'rights_holder', {
    name: 'Kumonoue Press',
    verified_at: null,
    verified_how: null,
  })
  expect((await organisationsBy({})).found).toBe(4)
  expect((await organisationsBy({ search: '星空' })).organisations).toMatchObject([
    { name: 'Hoshizora Animation', people: 1, vendor: null },
  ])
  expect((await organisationsBy({ verified: false })).organisations.map(({ slug }) => slug)).toEqual([waiting.slug])
  const [claimed] = (await organisationsBy({ kind: 'vendor' })).organisations
  expect(claimed).toMatchObject({ slug: vendor.organisation.slug, vendor: { name: expect.stringContaining('Vendor') } })
  expect(await withPerson(keeper.id, (tx) => findOrganisation(tx, waiting.slug))).toMatchObject({
    name: 'Kumonoue Press',
  })
})

test('nobody else sees the queues or acts in them', async () => {
  const refusal = { allowed: false, because: 'not-operator' }
  for (const [personId, kind] of [
    [holder.person.id, 'rights_holder'],
    [vendor.person.id, 'vendor'],
  ] as const) {
    const other = { personId, organisation: { kind, role: 'owner' } } as const
    const forged = { personId, organisation: { kind: 'operator', role: 'owner' } } as const
    expect(await retryMail({ member: other, mailId: mails[3] ?? '' })).toEqual(refusal)
    expect(await retryJob({ member: other, jobId: jobs[2] ?? '' })).toEqual(refusal)
    expect(await retryMail({ member: forged, mailId: mails[3] ?? '' })).toEqual({
      allowed: false,
      because: 'not-failed',
    })
    const seen = await withPerson(personId, (tx) => findMails(tx, { view: 'all', to: '', before: null, most: 50 }))
    expect(seen.mails).toEqual([])
    const filter = { search: '', kind: null, verified: null }
    const organisations = await withPerson(personId, (tx) => findOrganisations(tx, { filter, before: null, most: 50 }))
    expect(organisations.organisations).toHaveLength(1)
  }
  const seen = await withPerson(vendor.person.id, (tx) => findJobs(tx, { status: null, before: null, most: 50 }))
  expect(seen.jobs).toEqual([])
})
