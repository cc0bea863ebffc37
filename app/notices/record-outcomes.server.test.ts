import { describe, expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import type { Answer, Setting } from './answers.ts'
import type { Measure } from './measures.ts'
import { recordOutcomes } from './record-outcomes.server.ts'
import { asMember } from './taker.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { vendor } = pair
const both: readonly Measure[] = ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS']
const refusal: Answer = { outcome: 'refused', code: 'exception_claimed', text: 'Section 30-4 applies.' }

function answer(noticeIds: readonly string[], settings: readonly Setting[]) {
  return asMember(vendor.member, (tx, taker) => recordOutcomes(tx, { taker, noticeIds, settings }))
}

async function stateOf(noticeId: string) {
  const ask = async (sql: string) => (await db.owner.query(sql, [noticeId])).rows
  return {
    notice: (await ask('select stage, outcome, challenge_due_at from notice where id = $1'))[0],
    measures: await ask('select *, effective_on::text from notice_measure where notice_id = $1 order by position'),
    cells: await ask('select *, effective_on::text from outcome_cell where notice_id = $1 order by measure, work_id'),
    history: await ask(
      'select * from outcome_cell_history where notice_id = $1 order by replaced_by, measure, work_id',
    ),
    events: await ask(
      'select e.*, p.facts from notice_event e left join event_person p using (notice_id, sequence) where notice_id = $1 order by sequence',
    ),
    duties: await ask("select * from mail_duty where notice_id = $1 and kind = 'outcomes-recorded'"),
  }
}

describe('recording', () => {
  test('for all works is one default and no cell, and decides when nothing is pending', async () => {
    const notice = await aSentNotice(db.owner, pair, { works: 5 })
    const all = {
      measures: both,
      works: { kind: 'all', clear: false },
      answer: { outcome: 'accepted_excluded' },
    } as const
    await expect(answer([notice.id], [all])).resolves.toMatchObject({
      accepted: true,
      cells: 10,
      succeeded: [{ stage: 'decided', sequence: 4 }],
    })
    const { notice: row, measures, cells, history, events, duties } = await stateOf(notice.id)
    expect(row).toMatchObject({ stage: 'decided', outcome: 'all', challenge_due_at: expect.any(Date) })
    expect(measures.map(({ default_outcome, event_sequence }) => [default_outcome, event_sequence])).toEqual([
      ['accepted_excluded', 4],
      ['accepted_excluded', 4],
    ])
    expect([cells, history]).toEqual([[], []])
    expect(events.map(({ type }) => type).slice(2)).toEqual(['notice.acknowledged', 'outcomes.recorded'])
    expect(events[3].payload).toMatchObject({ stage: 'decided', outcome: 'all', tally: { accepted_excluded: 10 } })
    expect(duties).toHaveLength(1)
  })

  test('for twelve million works is one row, and under a second', async () => {
    const works = { kind: 'all', clear: true } as const
    const took: number[] = []
    // Whoever else uses the machine may hold one of them up.
    for (let time = 0; time < 3; time += 1) {
      const notice = await aSentNotice(db.owner, pair, { works: 1 })
      await db.owner.query('update notice_scope set works_count = 12000000 where id = $1', [notice.scopeId])
      await db.owner.query('update notice set works_count = 12000000 where id = $1', [notice.id])
      const began = performance.now()
      await expect(
        answer([notice.id], [{ measures: both, works, answer: { outcome: 'accepted_excluded' } }]),
      ).resolves.toMatchObject({ accepted: true, cells: 24_000_000, succeeded: [{ stage: 'decided' }] })
      took.push(performance.now() - began)
      const { cells, history, events } = await stateOf(notice.id)
      expect([cells, history]).toEqual([[], []])
      expect(events.at(-1)?.payload.tally).toEqual({ accepted_excluded: 24_000_000 })
    }
    expect(Math.min(...took)).toBeLessThan(1_000)
  })

  test('for chosen works makes cells only where the answer differs; the text stays out of the chain', async () => {
    const notice = await aSentNotice(db.owner, pair, { works: 4 })
    const [one = '', two = ''] = notice.catalogue.workIds
    await answer([notice.id], [{ measures: both, works: { kind: 'chosen', workIds: [one, two] }, answer: refusal }])
    const { notice: row, cells, events } = await stateOf(notice.id)
    expect(row).toMatchObject({ stage: 'in_review', outcome: 'partial' })
    expect(cells).toHaveLength(4)
    expect(cells[0]).toMatchObject({
      outcome: 'refused',
      code: 'exception_claimed',
      text: refusal.text,
      event_sequence: 4,
    })
    expect(events[3].payload.tally).toEqual({ pending: 4, refused: 4 })
    expect(JSON.stringify(events[3].payload)).not.toContain('30-4')
    expect(events[3].facts.texts).toContainEqual({ measure: 'STOP_TRAINING_FUTURE', text: refusal.text })
  })

  test('what is recorded already changes nothing and leaves no line and no mail', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const settings: Setting[] = [
      { measures: both, works: { kind: 'chosen', workIds: notice.catalogue.workIds.slice(1) }, answer: refusal },
    ]
    await answer([notice.id], settings)
    const before = await stateOf(notice.id)
    await expect(answer([notice.id], settings)).resolves.toMatchObject({
      cells: 0,
      succeeded: [{ sequence: null }],
      failed: [],
    })
    await expect(stateOf(notice.id)).resolves.toEqual(before)
  })

  test('refuses an outcome that the measure does not allow, and records nothing', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const setting = {
      measures: both,
      works: { kind: 'all', clear: false },
      answer: { outcome: 'accepted_output_blocked' },
    } as const
    await expect(answer([notice.id], [setting])).resolves.toMatchObject({
      accepted: false,
      faults: [{ field: 'outcome' }, { field: 'outcome' }],
    })
    const { events } = await stateOf(notice.id)
    expect(events).toHaveLength(2)
  })

  test('a work that the notice does not cite, or another measure, is not touched', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const foreign = await aSentNotice(db.owner, pair)
    const settings: Setting[] = [
      { measures: both, works: { kind: 'chosen', workIds: foreign.catalogue.workIds }, answer: refusal },
      { measures: ['DISCLOSE_USE'], works: { kind: 'all', clear: false }, answer: { outcome: 'agreed', text: 'Yes.' } },
    ]
    await expect(answer([notice.id], settings)).resolves.toMatchObject({ cells: 0 })
    await expect(stateOf(notice.id)).resolves.toMatchObject({ cells: [], notice: { stage: 'sent' } })
  })

  test('a filter by title and present outcome, minus single works, finds its rows', async () => {
    const notice = await aSentNotice(db.owner, pair, { works: 12 })
    const [one = ''] = notice.catalogue.workIds
    const measures = ['STOP_TRAINING_FUTURE'] as const
    await answer(
      [notice.id],
      [{ measures, works: { kind: 'chosen', workIds: [one] }, answer: { outcome: 'not_used' } }],
    )
    const ten = notice.catalogue.workIds[9] ?? ''
    const works: Setting['works'] = {
      kind: 'filtered',
      filter: { text: 'ＷＯＲＫ 1', outcome: 'pending' },
      except: [ten],
    }
    await expect(answer([notice.id], [{ measures, works, answer: refusal }])).resolves.toMatchObject({ cells: 2 })
    const { cells } = await stateOf(notice.id)
    expect(cells.filter(({ outcome }) => outcome === 'refused').map(({ work_id }) => work_id)).toEqual(
      notice.catalogue.workIds.slice(10),
    )
  })

  test('many notices at once, each with its own result', async () => {
    const notices = [await aSentNotice(db.owner, pair), await aSentNotice(db.owner, pair)]
    const foreign = await aSentNotice(db.owner, await aPair(db.owner))
    const all = { measures: both, works: { kind: 'all', clear: false }, answer: { outcome: 'not_used' } } as const
    const result = await answer(
      [...notices, foreign].map(({ id }) => id),
      [all],
    )
    expect(result).toMatchObject({
      cells: 12,
      succeeded: [{ stage: 'decided' }, { stage: 'decided' }],
      failed: [{ because: 'unknown' }],
    })
  })
})

describe('a correction', () => {
  test('keeps the stage and the history; only what got worse reopens the challenge window', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const [one = '', two = ''] = notice.catalogue.workIds
    const set = (works: Setting['works'], given: Answer) =>
      answer([notice.id], [{ measures: both, works, answer: given }])
    await set({ kind: 'all', clear: false }, refusal)
    await db.owner.query("update notice set challenge_due_at = '2026-01-01' where id = $1", [notice.id])

    await set({ kind: 'chosen', workIds: [one] }, { outcome: 'accepted_excluded' })
    const better = await stateOf(notice.id)
    expect(better.notice).toMatchObject({
      stage: 'decided',
      outcome: 'partial',
      challenge_due_at: new Date('2026-01-01'),
    })
    expect(better.history).toHaveLength(2)
    expect(better.history[0]).toMatchObject({ work_id: one, outcome: 'refused', event_sequence: 4, replaced_by: 5 })

    await set({ kind: 'chosen', workIds: [one, two] }, refusal)
    const worse = await stateOf(notice.id)
    expect(worse.notice.challenge_due_at.getTime()).toBeGreaterThan(Date.now())
    expect(worse.notice).toMatchObject({ stage: 'decided', outcome: 'none' })
    expect(worse.cells).toEqual([])
  })

  test('set all leaves answers of single works alone unless they are given up', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const [one = ''] = notice.catalogue.workIds
    await answer([notice.id], [{ measures: both, works: { kind: 'chosen', workIds: [one] }, answer: refusal }])
    const all = (clear: boolean) =>
      ({ measures: both, works: { kind: 'all', clear }, answer: { outcome: 'not_used' } }) as const
    await answer([notice.id], [all(false)])
    await expect(stateOf(notice.id)).resolves.toMatchObject({
      cells: [{ work_id: one }, { work_id: one }],
      notice: { outcome: 'partial' },
    })
    await answer([notice.id], [all(true)])
    const { cells, history, notice: row } = await stateOf(notice.id)
    expect([cells, row.outcome]).toEqual([[], 'all'])
    expect(history.map(({ work_id, outcome }) => [work_id, outcome])).toEqual([
      [one, 'refused'],
      [one, 'refused'],
    ])
  })
})
