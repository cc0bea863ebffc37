import { expect, test } from 'vitest'

import { givenUpJobs } from '#app/given-up-jobs.server.ts'
import { findHealth, healthText } from '#app/platform/portal-health.server.ts'
import { newId } from '#app/platform/id.ts'
import { runOneJob } from '#app/platform/run-jobs.server.ts'
import { aCatalogue, anOrganisation, aPerson, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice } from '#test/notices.ts'

import { retryJob } from './retry-job.server.ts'

const db = await testDatabase()
const operator = await anOrganisation(db.owner, 'operator')
const keeper = await aPerson(db.owner, { organisationId: operator.id, role: 'editor' })
const member = { personId: keeper.id, organisation: { kind: 'operator', role: 'editor' } } as const
const pair = await aPair(db.owner)
const { organisation, person } = pair.holder
const catalogue = await aCatalogue(db.owner, organisation.id)
const notice = await aSentNotice(db.owner, pair)
const at = new Date()

async function aFailedJob(kind: string, subjectId: string): Promise<string> {
  const id = newId()
  const row = {
    kind,
    subject_id: subjectId,
    status: 'failed',
    attempts: 3,
    last_error: 'outage',
    run_at: at,
    created_at: at,
  }
  await insert(db.owner, 'job', { id, ...row, finished_at: at })
  return id
}

async function anImport(): Promise<string> {
  const id = newId()
  const file = { file_sha256: 'x', file_name: 'works.csv', file_bytes: 1, created_at: at }
  const own = { organisation_id: organisation.id, catalogue_id: catalogue.id, requested_by: person.id }
  await insert(db.owner, 'catalogue_import', {
    id,
    ...own,
    ...file,
    status: 'failed',
    failure: 'outage',
    finished_at: at,
  })
  return id
}

async function aSheet(): Promise<string> {
  const id = newId()
  const file = { locale: 'en', file_sha256: 'x', file_name: 'x.csv', file_bytes: 1, encoding: 'utf-8', separator: ',' }
  const sender = { organisation_id: pair.vendor.organisation.id, requested_by: pair.vendor.person.id }
  const state = { status: 'failed', failure: 'outage', created_at: at, finished_at: at }
  await insert(db.owner, 'answer_sheet', { id, notice_id: notice.id, ...file, ...sender, ...state })
  return id
}

async function anAct(): Promise<string> {
  const id = newId()
  const own = { organisation_id: organisation.id, requested_by: person.id, locale: 'en' }
  const asked = {
    selection: { kind: 'ticked', noticeIds: [notice.id] },
    act: 'tag',
    options: { tag: 'x' },
    rows_total: 1,
  }
  const state = { status: 'failed', failure: 'outage', created_at: at, queued_at: at, finished_at: at }
  await insert(db.owner, 'bulk_act', { id, ...own, ...asked, ...state })
  return id
}

async function anExport(): Promise<string> {
  const id = newId()
  const own = { organisation_id: organisation.id, requested_by: person.id, locale: 'en' }
  await insert(db.owner, 'data_export', { id, ...own, status: 'failed', created_at: at, finished_at: at })
  return id
}

const kinds = [
  ['import', anImport, 'catalogue_import', 'queued', 'import'],
  ['preview-import', anImport, 'catalogue_import', 'mapping', 'preview-import'],
  ['check-answers', aSheet, 'answer_sheet', 'reading', 'check-answers'],
  ['record-answers', aSheet, 'answer_sheet', 'reading', 'check-answers'],
  ['export', anExport, 'data_export', 'queued', 'export'],
  ['bulk-act', anAct, 'bulk_act', 'queued', 'bulk-act'],
] as const

test.each(kinds)(
  'a failed job of kind %s, tried again, finds its work undone',
  async (kind, make, table, status, then) => {
    const subject = await make()
    const jobId = await aFailedJob(kind, subject)
    expect(await retryJob({ member, jobId })).toEqual({ allowed: true })
    const { rows } = await db.owner.query(`select status, finished_at from ${table} where id = $1`, [subject])
    expect(rows).toEqual([{ status, finished_at: null }])
    const { rows: jobs } = await db.owner.query('select kind, status from job where id = $1', [jobId])
    expect(jobs).toEqual([{ kind: then, status: 'queued' }])
    expect(await retryJob({ member, jobId }), 'once').toEqual({ allowed: false, because: 'not-failed' })
  },
)

test('an export that was ordered anew meanwhile is not made twice', async () => {
  const jobId = await aFailedJob('export', await anExport())
  expect(await retryJob({ member, jobId })).toEqual({ allowed: true })
  const { rows } = await db.owner.query("select status from data_export where status in ('queued', 'running')")
  expect(rows).toHaveLength(1)
})

test('what waits and what failed can be counted from outside, without a word of anybody', async () => {
  await aFailedJob('import', newId())
  const text = healthText(await findHealth())
  expect(text).toMatch(/^caveat_jobs\{status="failed"\} 1$/m)
  expect(text).toMatch(/^caveat_mails_held 0$/m)
  expect(text).toMatch(/^caveat_mail_duties_waiting [1-9]\d*$/m)
  expect(text).not.toContain('@')
})

test.each(kinds)('what a job of kind %s worked on says that it was given up', async (kind, make, table, status) => {
  await db.owner.query(`delete from job; delete from data_export`)
  const subject = await make()
  await db.owner.query(`update ${table} set status = $2, finished_at = null where id = $1`, [
    subject,
    status === 'queued' ? 'running' : status,
  ])
  const jobId = await aFailedJob(kind, subject)
  await db.owner.query(
    `update job set status = 'running', attempts = 10, lease_until = now() - interval '1 hour', finished_at = null where id = $1`,
    [jobId],
  )
  expect(await runOneJob({ [kind]: () => Promise.reject(new Error('begun once more')) }, givenUpJobs)).toBe(false)
  const { rows } = await db.owner.query(`select status, finished_at is not null as ended from ${table} where id = $1`, [
    subject,
  ])
  expect(rows).toEqual([{ status: 'failed', ended: true }])
  const { rows: jobs } = await db.owner.query('select status from job where id = $1', [jobId])
  expect(jobs).toEqual([{ status: 'failed' }])
  expect(await retryJob({ member, jobId }), 'and can be tried again').toEqual({ allowed: true })
  await db.owner.query('delete from job where id = $1', [jobId])
})
