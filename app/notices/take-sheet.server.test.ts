import { text } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { withPerson } from '#app/platform/db.server.ts'
import { readObject } from '#app/platform/objects.server.ts'
import { testDatabase } from '#test/database.ts'
import { aMember, aPair, aSentNotice } from '#test/notices.ts'
import { cellsOf, csvOf, judged, sendFile, sentFile, workbookOf } from '#test/sheets.ts'
import { asMember } from './taker.server.ts'
import { findSheet } from './find-sheet.server.ts'
import { recordOutcomes } from './record-outcomes.server.ts'
import { askToRecord } from './record-sheet.server.ts'
import { withdrawWorks } from './withdraw-works.server.ts'
import type { Answer, Setting } from './answers.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { vendor, holder } = pair
const member = vendor.member
const refusal: Answer = { outcome: 'refused', code: 'other', text: 'One,\r\n"two"' }

function answerAll(noticeId: string, answer: Answer, workIds?: readonly string[]) {
  const works: Setting['works'] = workIds ? { kind: 'chosen', workIds: [...workIds] } : { kind: 'all', clear: false }
  return asMember(member, (tx, taker) =>
    recordOutcomes(tx, {
      taker,
      noticeIds: [noticeId],
      settings: [{ measures: ['STOP_TRAINING_FUTURE'], works, answer }],
    }),
  )
}

/** A downloaded CSV file with some of its lines changed. */
function edited(csv: string, change: (line: string, place: number) => string): string {
  return csv
    .split('\r\n')
    .map((line, place) => (place === 0 || line === '' ? line : change(line, place)))
    .join('\r\n')
}

const record = (sheetId: string, overwrite = false) =>
  askToRecord({ sender: { by: 'member', member }, sheetId, overwrite })

async function stateOf(noticeId: string) {
  const ask = async (sql: string) => (await db.owner.query(sql, [noticeId])).rows
  return {
    notice: (await ask('select stage, outcome from notice where id = $1'))[0],
    cells: await ask(
      'select work_id, measure, outcome, code, text from outcome_cell where notice_id = $1 order by measure, work_id',
    ),
    events: await ask(
      "select type, channel, payload from notice_event where notice_id = $1 and type = 'outcomes.recorded' order by sequence",
    ),
    duties: await ask("select 1 from mail_duty where notice_id = $1 and kind = 'outcomes-recorded'"),
  }
}

describe('a file that was not changed changes nothing', () => {
  test.each(['csv', 'xlsx'] as const)('as %s', async (format) => {
    const notice = await aSentNotice(db.owner, pair, { works: 3 })
    const [one = '', two = '', three = ''] = notice.catalogue.workIds
    await answerAll(notice.id, refusal, [one])
    await answerAll(notice.id, { outcome: 'accepted_future_only', effectiveOn: '2027-01-01' }, [two])
    await asMember(holder.member, (tx, taker) =>
      withdrawWorks(tx, {
        taker,
        noticeIds: [notice.id],
        works: { kind: 'chosen', workIds: [three] },
        reason: 'Sold.',
      }),
    )
    const file = format === 'csv' ? await csvOf(member, notice.reference) : await workbookOf(member, notice.reference)
    const { sheetId, sheet } = await sentFile(member, notice.reference, file)
    expect(sheet).toMatchObject({ status: 'read', rows: { changed: 0, newer: 0, same: 6, failed: 0 } })
    const before = await stateOf(notice.id)
    await expect(record(sheetId)).resolves.toEqual({ came: 'recorded', cells: 0 })
    expect(await stateOf(notice.id)).toEqual(before)
  })
})

describe('a workbook', () => {
  test('is all text, offers what each measure allows, and comes back', async () => {
    const notice = await aSentNotice(db.owner, pair, { works: 2 })
    await db.owner.query(
      "update work set title = '=1+1', external_id = '0' || right(external_id, 1) where catalogue_id = $1",
      [notice.catalogue.id],
    )
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(new Uint8Array(await workbookOf(member, notice.reference)).buffer)
    const [answers, choices] = book.worksheets
    if (answers === undefined || choices === undefined) throw new Error('a sheet is missing')
    expect(answers.getRow(1).getCell(10).text).toMatch(new RegExp(`^${notice.reference}@\\d+$`))
    const row = answers.getRow(2)
    expect([row.getCell(2).value, row.getCell(3).value, row.getCell(3).numFmt]).toEqual(['01', '=1+1', '@'])
    expect(row.getCell(6).dataValidation.formulae).toEqual(['INDIRECT("outcomes_"&$E2)'])
    expect(book.definedNames.getRanges('outcomes_STOP_TRAINING_FUTURE').ranges).toHaveLength(1)
    const offered = choices.getColumn(3).values.filter((value) => value === 'licensed')
    expect(offered).toEqual([])

    row.getCell(6).value = 'refused'
    row.getCell(7).value = 'not our service'
    row.getCell(8).value = 'Nicht bei uns.'
    answers.getRow(3).getCell(6).value = 'accepted_future_only'
    answers.getRow(3).getCell(9).value = new Date(Date.UTC(2027, 0, 31))
    answers.getRow(3).getCell(9).numFmt = 'dd/mm/yyyy'
    const sent = await sentFile(member, notice.reference, Buffer.from(await book.xlsx.writeBuffer()))
    expect(sent.sheet?.rows).toEqual({ changed: 2, newer: 0, same: 2, failed: 0 })
    await expect(record(sent.sheetId)).resolves.toEqual({ came: 'recorded', cells: 2 })
    const cells = await cellsOf(member, notice.reference)
    expect(cells.map((each) => each.slice(5)).slice(0, 2)).toEqual([
      ['refused', 'not_our_service', 'Nicht bei uns.', ''],
      ['accepted_future_only', '', '', '2027-01-31'],
    ])
  })
})

describe('good rows are recorded though others fail', () => {
  test('with one line of the ledger, one mail, and a result for each row', async () => {
    const notice = await aSentNotice(db.owner, pair, { works: 5 })
    const csv = edited(await csvOf(member, notice.reference), (line, place) => {
      if (place === 1) return line.replace('pending', 'accepted_excluded')
      if (place === 2) return line.replace(',pending,,', ',refused,,')
      if (place === 3) return line.replace(',pending,,,', ',refused,other,"No, sir.",')
      if (place === 4) return line.replace('pending', 'TRUE')
      if (place === 5) return line.replace(/^[^,]+,W-3,Work 3/u, `${notice.catalogue.workIds[0]},W-9,Work 9`)
      if (place === 6) return line.replace('pending', 'agreed')
      if (place === 7) return line.replace(/^[^,]+/u, '019a0000-0000-7000-8000-000000000000')
      return line
    })
    const sent = await sentFile(member, notice.reference, csv)
    expect(sent.rows.map(({ line, verdict, because }) => [line, verdict, because])).toEqual([
      [2, 'change', null],
      [3, 'failed', 'missing-code'],
      [4, 'change', null],
      [5, 'failed', 'unknown-outcome'],
      [6, 'failed', 'other-work'],
      [7, 'failed', 'not-for-this-measure'],
      [8, 'failed', 'unknown-work'],
      [9, 'same', null],
      [10, 'same', null],
      [11, 'same', null],
    ])
    expect((await stateOf(notice.id)).events).toEqual([])
    // Two presses of the button at once.
    const both = await Promise.all([record(sent.sheetId), record(sent.sheetId)])
    expect(both).toEqual(both.map(() => ({ came: 'recorded', cells: 2 })))
    const { notice: row, cells, events, duties } = await stateOf(notice.id)
    expect(row).toEqual({ stage: 'in_review', outcome: 'partial' })
    expect(cells.map(({ outcome, code, text: said }) => [outcome, code, said])).toEqual([
      ['accepted_excluded', null, null],
      ['refused', 'other', 'No, sir.'],
    ])
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({
      channel: 'portal',
      payload: {
        tally: { pending: 8, accepted_excluded: 1, refused: 1 },
        file: { sha256: sent.sheet?.fileSha256, changed: 2, failed: 5 },
      },
    })
    expect(JSON.stringify(events)).not.toContain('sir')
    expect(duties).toHaveLength(1)

    const { sheet, rows } = await judged(member, sent.sheetId)
    expect(rows).toEqual([])
    const result = await text(readObject(sheet?.resultSha256 ?? ''))
    expect(result).toContain('2,W-1,Work 1,STOP_TRAINING_FUTURE,accepted_excluded,recorded,\r\n')
    expect(result).toContain('5,W-2,Work 2,REMOVE_FROM_DATASETS,,not recorded,“TRUE” is not an answer.')
  })

  test('a work that is answered twice, and not alike, is answered by neither row', async () => {
    const notice = await aSentNotice(db.owner, pair, { works: 2 })
    const lines = (await csvOf(member, notice.reference)).trimEnd().split('\r\n')
    const [head = '', first = ''] = lines
    const as = (outcome: string) => first.replace('pending', outcome)
    const twice = [head, as('not_used'), as('accepted_excluded'), ...lines.slice(2)].join('\r\n')
    const torn = await sentFile(member, notice.reference, twice)
    expect(torn.rows.slice(0, 2).map(({ because }) => because)).toEqual(['answered-twice', 'answered-twice'])
    const alike = await sentFile(member, notice.reference, [head, as('not_used'), as('not_used')].join('\r\n'))
    expect(alike.sheet?.rows).toEqual({ changed: 1, newer: 0, same: 1, failed: 0 })
    // The newer file takes the place of the older.
    expect((await judged(member, torn.sheetId)).sheet?.status).toBe('dropped')
    await expect(record(torn.sheetId)).resolves.toEqual({ came: 'not-now' })
  })

  test('a withdrawn work takes no answer', async () => {
    const notice = await aSentNotice(db.owner, pair, { works: 2 })
    const csv = await csvOf(member, notice.reference)
    const workIds = notice.catalogue.workIds.slice(0, 1)
    await asMember(holder.member, (tx, taker) =>
      withdrawWorks(tx, { taker, noticeIds: [notice.id], works: { kind: 'chosen', workIds }, reason: 'Sold.' }),
    )
    const { rows } = await sentFile(member, notice.reference, csv.replaceAll('pending', 'not_used'))
    expect(rows.map(({ because }) => because)).toEqual(['withdrawn-work', 'withdrawn-work', null, null])
  })
})

describe('answers that changed after the download', () => {
  test('are kept unless whoever sends the file says otherwise', async () => {
    const notice = await aSentNotice(db.owner, pair, { works: 3 })
    const csv = await csvOf(member, notice.reference)
    const [one = ''] = notice.catalogue.workIds
    await answerAll(notice.id, { outcome: 'not_used' }, [one])
    const file = csv.replaceAll(',STOP_TRAINING_FUTURE,pending', ',STOP_TRAINING_FUTURE,accepted_excluded')
    const sent = await sentFile(member, notice.reference, file)
    expect(sent.sheet).toMatchObject({ rows: { changed: 2, newer: 1, same: 3, failed: 0 } })
    await record(sent.sheetId)
    expect((await stateOf(notice.id)).cells.map(({ outcome }) => outcome)).toEqual([
      'not_used',
      'accepted_excluded',
      'accepted_excluded',
    ])
    const again = await sentFile(member, notice.reference, file)
    expect(again.sheet?.rows).toMatchObject({ changed: 0, newer: 1 })
    await expect(record(again.sheetId, true)).resolves.toEqual({ came: 'recorded', cells: 1 })
    const { rows: history } = await db.owner.query('select outcome from outcome_cell_history where notice_id = $1', [
      notice.id,
    ])
    expect(history).toEqual([{ outcome: 'not_used' }])
  })

  test('between the look and the button are shown before anything is recorded', async () => {
    const notice = await aSentNotice(db.owner, pair, { works: 2 })
    const csv = (await csvOf(member, notice.reference)).replaceAll('pending', 'not_used')
    const sent = await sentFile(member, notice.reference, csv)
    expect(sent.sheet?.rows?.changed).toBe(4)
    await answerAll(notice.id, { outcome: 'accepted_excluded' }, notice.catalogue.workIds.slice(0, 1))
    await expect(record(sent.sheetId)).resolves.toEqual({ came: 'moved' })
    expect((await judged(member, sent.sheetId)).sheet).toMatchObject({
      status: 'read',
      failure: 'moved',
      rows: { changed: 3, newer: 1 },
    })
    expect((await stateOf(notice.id)).events).toHaveLength(1)
    await expect(record(sent.sheetId)).resolves.toEqual({ came: 'recorded', cells: 3 })
  })

  test('cannot be told where the stamp was removed, and then every difference is a change', async () => {
    const notice = await aSentNotice(db.owner, pair, { works: 1 })
    const csv = (await csvOf(member, notice.reference)).replace(/,CAV-[^,\r]*/u, ',').replace('pending', 'not_used')
    expect((await sentFile(member, notice.reference, csv)).sheet).toMatchObject({ basedOn: null, rows: { changed: 1 } })
  })
})

describe('a file is read as spreadsheets leave it', () => {
  test('in Shift_JIS, parted by semicolons, with Japanese headings', async () => {
    const notice = await aSentNotice(db.owner, pair, { works: 1 })
    const [workId] = notice.catalogue.workIds
    // 作品ID;要求事項;回答
    const head = Buffer.concat([
      Buffer.from([0x8d, 0xec, 0x95, 0x69]),
      Buffer.from('ID;'),
      Buffer.from([0x97, 0x76, 0x8b, 0x81, 0x8e, 0x96, 0x8d, 0x80]),
      Buffer.from(';'),
      Buffer.from([0x89, 0xf1, 0x93, 0x9a]),
    ])
    const file = Buffer.concat([head, Buffer.from(`\r\n${workId};STOP_TRAINING_FUTURE;not_used\r\n`)])
    expect((await sentFile(member, notice.reference, file)).sheet?.rows?.changed).toBe(1)
  })

  test('and not at all if it is of another notice, has no columns, or is no table', async () => {
    const notice = await aSentNotice(db.owner, pair, { works: 1 })
    const other = await aSentNotice(db.owner, pair, { works: 1 })
    await expect(sendFile(member, notice.reference, await csvOf(member, other.reference))).resolves.toEqual({
      taken: false,
      because: 'other-notice',
      reference: other.reference,
    })
    await expect(sendFile(member, notice.reference, 'Title,Year\r\nOne,1999\r\n')).resolves.toEqual({
      taken: false,
      because: 'no-columns',
      lacks: ['work', 'measure', 'outcome'],
    })
    await expect(sendFile(member, notice.reference, '%PDF-1.7\n')).resolves.toMatchObject({ because: 'pdf' })
  })
})

describe('nobody else', () => {
  test('sees a file, not even the holder, and a viewer sends none', async () => {
    const notice = await aSentNotice(db.owner, pair, { works: 1 })
    const csv = (await csvOf(member, notice.reference)).replaceAll('pending', 'not_used')
    const { sheetId } = await sentFile(member, notice.reference, csv)
    const other = await aPair(db.owner)
    for (const person of [holder.person, other.vendor.person, other.holder.person]) {
      expect(await withPerson(person.id, (tx) => findSheet(tx, { sheetId }))).toBeNull()
      await expect(
        withPerson(person.id, (tx) => tx.$executeRaw`select judge_answer_rows(${sheetId}::uuid)`),
      ).rejects.toThrow('Not a file of the asker')
    }
    await expect(
      askToRecord({ sender: { by: 'member', member: holder.member }, sheetId, overwrite: false }),
    ).resolves.toEqual({
      came: 'not-now',
    })
    const viewer = await aMember(db.owner, vendor.organisation, 'vendor', 'viewer')
    await expect(sendFile(viewer, notice.reference, csv)).rejects.toThrow('row-level security')
    expect((await stateOf(notice.id)).events).toEqual([])
  })
})
