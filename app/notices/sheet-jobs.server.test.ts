import { expect, test } from 'vitest'
import { runOneJob } from '#app/platform/run-jobs.server.ts'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { csvOf, judged, sentFile } from '#test/sheets.ts'
import { askToRecord } from './record-sheet.server.ts'
import { checkSheetJob, recordSheetJob } from './sheet-jobs.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { member } = pair.vendor

const jobs = {
  'check-answers': ({ subjectId }: { subjectId: string }) => checkSheetJob({ sheetId: subjectId, isLastTry: false }),
  'record-answers': ({ subjectId }: { subjectId: string }) => recordSheetJob({ sheetId: subjectId, isLastTry: false }),
}

async function aLongFile() {
  const notice = await aSentNotice(db.owner, pair, { works: 1 })
  const { catalogue } = notice
  await db.owner.query(
    `insert into work (catalogue_id, work_id, valid_from, external_id, title, search_text, row_sha256)
     select $1, gen_random_uuid(), 1, 'L-' || i, 'Long ' || i, 'long ' || i, 'x' from generate_series(1, 2999) i`,
    [catalogue.id],
  )
  await db.owner.query('update notice_scope set works_count = 3000 where id = $1', [notice.scopeId])
  await db.owner.query('update notice set works_count = 3000 where id = $1', [notice.id])
  const csv = (await csvOf(member, notice.reference)).replaceAll('pending', 'accepted_excluded')
  return { notice, ...(await sentFile(member, notice.reference, csv)) }
}

const eventsOf = async (noticeId: string) =>
  (
    await db.owner.query("select payload from notice_event where notice_id = $1 and type = 'outcomes.recorded'", [
      noticeId,
    ])
  ).rows

test('a long file is read and recorded by the worker, entirely or not at all', async () => {
  const { notice, sheetId, sheet } = await aLongFile()
  expect(sheet?.status).toBe('reading')
  // Killed while it read: some rows lie there, and the next try begins anew.
  await db.owner.query(
    `insert into answer_sheet_row (sheet_id, notice_id, line, verdict) values ($1, $2, 3, 'change')`,
    [sheetId, notice.id],
  )
  await expect(runOneJob(jobs)).resolves.toBe(true)
  expect((await judged(member, sheetId)).sheet).toMatchObject({
    status: 'read',
    rowsRead: 6_000,
    rowsTotal: 6_000,
    rows: { changed: 6_000, newer: 0, same: 0, failed: 0 },
  })
  const sender = { by: 'member', member } as const
  await expect(askToRecord({ sender, sheetId, overwrite: false })).resolves.toEqual({ came: 'queued' })
  expect((await judged(member, sheetId)).sheet?.status).toBe('recording')
  // Killed while it recorded: nothing is there, and the job is tried again.
  await db.owner.query(
    `create function broken() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$`,
  )
  await db.owner.query('create trigger broken before update on answer_sheet for each row execute function broken()')
  await expect(runOneJob(jobs)).resolves.toBe(true)
  await db.owner.query('drop trigger broken on answer_sheet')
  expect(await eventsOf(notice.id)).toEqual([])
  expect((await db.owner.query('select 1 from outcome_cell where notice_id = $1', [notice.id])).rows).toEqual([])

  await db.owner.query("update job set run_at = now() where subject_id = $1 and status = 'queued'", [sheetId])
  await expect(runOneJob(jobs)).resolves.toBe(true)
  expect((await judged(member, sheetId)).sheet).toMatchObject({ status: 'recorded', cells: 6_000 })
  expect(await eventsOf(notice.id)).toMatchObject([
    { payload: { tally: { accepted_excluded: 6_000 }, stage: 'decided' } },
  ])
  // Run again, as after a lease that was lost.
  await recordSheetJob({ sheetId, isLastTry: true })
  expect(await eventsOf(notice.id)).toHaveLength(1)
}, 120_000)

test('whoever lost the role meanwhile records nothing', async () => {
  const { notice, sheetId } = await aLongFile()
  await db.owner.query("update membership set role = 'viewer' where person_id = $1", [member.personId])
  await expect(runOneJob(jobs)).resolves.toBe(true)
  await db.owner.query('delete from membership where person_id = $1', [member.personId])
  await checkSheetJob({ sheetId, isLastTry: true })
  const { rows } = await db.owner.query('select status, failure from answer_sheet where id = $1', [sheetId])
  expect(rows).toEqual([{ status: 'failed', failure: 'not-allowed' }])
  expect(await eventsOf(notice.id)).toEqual([])
}, 120_000)
