import { describe, expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { aMember, aPair, aSentNotice } from '#test/notices.ts'
import type { Look } from './answering.ts'
import type { Setting } from './answers.ts'
import { findWorkIds } from './find-works-to-answer.server.ts'
import { previewAnswers } from './preview-answers.server.ts'
import { recordOutcomes } from './record-outcomes.server.ts'
import { asMember } from './taker.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { vendor, holder } = pair
const everywhere: Look = { text: '', view: 'all', cursor: null }

async function aSent(works: number) {
  const made = await aSentNotice(db.owner, pair, { works })
  const scope = { id: made.scopeId, catalogueId: made.catalogue.id, version: 1, kind: 'all' } as const
  return { ...made, scope, notice: { id: made.id, scope, stage: 'sent' } as const }
}

async function rows() {
  const tables = ['notice_event', 'outcome_cell', 'outcome_cell_history', 'mail_duty', 'event_person']
  const counts = await Promise.all(tables.map((table) => db.owner.query(`select count(*)::int as count from ${table}`)))
  const { rows: notices } = await db.owner.query('select stage, last_sequence, last_hash from notice order by id')
  const { rows: defaults } = await db.owner.query(
    'select default_outcome, event_sequence from notice_measure order by notice_id, position',
  )
  return { counts: counts.map((result) => result.rows[0].count), notices, defaults }
}

const excluded: Setting = {
  measures: ['STOP_TRAINING_FUTURE'],
  works: { kind: 'all', clear: false },
  answer: { outcome: 'accepted_excluded' },
}
const refusing = (workIds: string[]): Setting => ({
  measures: ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'],
  works: { kind: 'chosen', workIds },
  answer: { outcome: 'refused', code: 'exception_claimed', text: 'See our letter.' },
})

describe('a preview', () => {
  test('shows what recording would do and leaves nothing behind', async () => {
    const { notice, catalogue } = await aSent(5)
    const before = await rows()
    const settings = [excluded, refusing(catalogue.workIds.slice(0, 2))]
    const preview = await previewAnswers(vendor.member, { notice, settings, look: { ...everywhere, view: 'refused' } })
    expect(await rows()).toEqual(before)
    expect(preview.stage).toBe('in_review')
    // Five rest on the new default, less the two that get their own; those two change twice.
    expect(preview.changed).toBe(7)
    expect(preview.tally).toMatchObject({ accepted_excluded: 3, refused: 4, pending: 3 })
    expect(preview.measures).toMatchObject([{ outcome: 'accepted_excluded' }, { outcome: 'pending' }])
    expect(preview.works.matching).toBe(2)
    expect(preview.works.rows.map(({ workId }) => workId)).toEqual(catalogue.workIds.slice(0, 2))
    expect(preview.works.rows[0]?.cells).toMatchObject([
      { outcome: 'refused', code: 'exception_claimed', text: 'See our letter.' },
      { outcome: 'refused' },
    ])
  })

  test('is what recording then does', async () => {
    const { notice, catalogue } = await aSent(3)
    const settings = [excluded, refusing(catalogue.workIds.slice(1, 2))]
    const preview = await previewAnswers(vendor.member, { notice, settings, look: everywhere })
    const recorded = await asMember(vendor.member, (tx, taker) =>
      recordOutcomes(tx, { taker, noticeIds: [notice.id], settings }),
    )
    expect(preview.recorded).toEqual(recorded)
    const after = await previewAnswers(vendor.member, {
      notice: { ...notice, stage: preview.stage },
      settings: [],
      look: everywhere,
    })
    expect({ ...after, recorded: preview.recorded, changed: preview.changed }).toEqual(preview)
  })

  test('counts an answer once, and one that is given up as well', async () => {
    const { notice, catalogue } = await aSent(4)
    const changes = async (settings: Setting[]) => {
      const { changed } = await previewAnswers(vendor.member, { notice, settings, look: everywhere })
      await asMember(vendor.member, (tx, taker) => recordOutcomes(tx, { taker, noticeIds: [notice.id], settings }))
      return changed
    }
    const [first = '', second = ''] = catalogue.workIds
    expect(await changes([excluded, refusing([first, second]), refusing([second])])).toBe(6)
    expect(await changes([excluded])).toBe(0)
    // Back to the default, whose cell goes.
    expect(await changes([{ ...excluded, works: { kind: 'chosen', workIds: [first] } }])).toBe(1)
    expect(await changes([{ ...excluded, works: { kind: 'all', clear: true }, answer: { outcome: 'not_used' } }])).toBe(
      4,
    )
  })

  test('says why nothing can be recorded', async () => {
    const { notice } = await aSent(1)
    const viewer = await aMember(db.owner, vendor.organisation, 'vendor', 'viewer')
    const asViewer = await previewAnswers(viewer, { notice, settings: [excluded], look: everywhere })
    expect(asViewer.recorded).toMatchObject({ accepted: true, cells: 0, failed: [{ because: 'role-too-low' }] })
    const asHolder = await previewAnswers(holder.member, { notice, settings: [excluded], look: everywhere })
    expect(asHolder.recorded).toMatchObject({ failed: [{ because: 'not-yours' }] })
    const wrong = await previewAnswers(vendor.member, {
      notice,
      settings: [{ ...excluded, answer: { outcome: 'licensed' } }],
      look: everywhere,
    })
    expect(wrong.recorded).toMatchObject({ accepted: false, faults: [{ field: 'outcome' }] })
  })
})

describe('looking through works', () => {
  test('finds by a fragment, case and width aside, and pages both ways', async () => {
    const { notice, scope, catalogue } = await aSent(120)
    const find = (look: Partial<Look>) =>
      previewAnswers(vendor.member, { notice, settings: [], look: { ...everywhere, ...look } })
    const first = await find({})
    expect([first.works.matching, first.works.rows.length, first.works.previous]).toEqual([120, 50, null])
    const second = await find({ cursor: first.works.next })
    const third = await find({ cursor: second.works.next })
    expect([...first.works.rows, ...second.works.rows, ...third.works.rows].map(({ workId }) => workId)).toEqual(
      catalogue.workIds,
    )
    expect(third.works.next).toBeNull()
    const back = await find({ cursor: second.works.previous })
    expect(back.works.rows).toEqual(first.works.rows)
    expect(back.works.previous).toBeNull()
    expect((await find({ text: 'ＷＯＲＫ 12' })).works.rows.map(({ title }) => title)).toEqual(['Work 12', 'Work 120'])
    expect((await find({ text: '100%' })).works.matching).toBe(0)
    expect((await find({ view: 'pending' })).works.matching).toBe(120)
    expect((await find({ view: 'differ' })).works.matching).toBe(0)
    const ids = await asMember(vendor.member, (tx) =>
      findWorkIds(tx, { noticeId: notice.id, scope, look: { ...everywhere, text: 'work 1' } }, 10),
    )
    expect([ids.workIds.length, ids.more]).toEqual([10, true])
  })

  test('shows nobody else a work', async () => {
    const { notice } = await aSent(2)
    const other = await aPair(db.owner)
    for (const member of [other.vendor.member, other.holder.member])
      expect((await previewAnswers(member, { notice, settings: [], look: everywhere })).works.matching).toBe(0)
  })
})
