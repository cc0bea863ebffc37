import { array, assert, asyncProperty, boolean, constantFrom, oneof, record, subarray } from 'fast-check'
import { expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { sentFile } from '#test/sheets.ts'
import { storedAnswer, type Answer, type Setting, type StoredAnswer } from './answers.ts'
import type { Measure } from './measures.ts'
import { deriveOutcome, type Outcome } from './outcomes.ts'
import { recordOutcomes } from './record-outcomes.server.ts'
import { askToRecord } from './record-sheet.server.ts'
import { countAnswers } from './tally-answers.server.ts'
import { asMember } from './taker.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const both: readonly Measure[] = ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS']

const anySetting = record({
  measures: subarray([...both], { minLength: 1 }),
  answer: constantFrom<Answer>(
    { outcome: 'refused', code: 'exception_claimed', text: 'No.' },
    { outcome: 'refused', code: 'other', text: 'No.' },
    { outcome: 'accepted_excluded' },
    { outcome: 'accepted_future_only', effectiveOn: '2027-01-01' },
    { outcome: 'not_used' },
  ),
  choice: oneof(
    record({ clear: boolean() }),
    subarray([0, 1, 2, 3, 4], { minLength: 1 }).map((indexes) => ({ indexes })),
    // All that a filter finds, but some.
    subarray([0, 1, 2, 3, 4], { maxLength: 4 }).map((indexes) => ({ indexes, how: 'filter' as const })),
    subarray([0, 1, 2, 3, 4], { minLength: 1 }).map((indexes) => ({ indexes, how: 'file' as const })),
  ),
})
type AnySetting = Parameters<Parameters<typeof anySetting.map>[0]>[0]

/** Every cell written out, with a note which of them have an answer of their own. */
class Matrix {
  readonly cells = new Map<string, StoredAnswer>()
  readonly own = new Set<string>()
  // The defaults.
  readonly standard = new Map<Measure, StoredAnswer>(
    both.map((measure) => [measure, storedAnswer({ outcome: 'pending' })]),
  )
  readonly workIds: readonly string[]

  constructor(workIds: readonly string[]) {
    this.workIds = workIds
    for (const measure of both)
      for (const id of workIds) this.cells.set(`${measure} ${id}`, storedAnswer({ outcome: 'pending' }))
  }

  set({ measures, answer, choice }: AnySetting): void {
    const given = storedAnswer(answer)
    for (const measure of measures) {
      const keys = this.workIds.map((id) => `${measure} ${id}`)
      if ('clear' in choice) {
        if (choice.clear) for (const key of keys) this.own.delete(key)
        this.standard.set(measure, given)
        for (const key of keys) if (!this.own.has(key)) this.cells.set(key, given)
      } else
        for (const at of choice.indexes) {
          this.cells.set(keys[at] ?? '', given)
          this.own.add(keys[at] ?? '')
        }
      for (const key of keys) if (same(this.cells.get(key), this.standard.get(measure))) this.own.delete(key)
    }
  }
}

function same(one: StoredAnswer | undefined, other: StoredAnswer | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function worksOf(choice: AnySetting['choice'], workIds: readonly string[]): Setting['works'] {
  if ('clear' in choice) return { kind: 'all', clear: choice.clear }
  const named = choice.indexes.map((at) => workIds[at] ?? '')
  if (!('how' in choice)) return { kind: 'chosen', workIds: named }
  return { kind: 'filtered', filter: { text: 'work' }, except: workIds.filter((id) => !named.includes(id)) }
}

async function recordSetting(
  notice: { id: string; reference: string },
  workIds: readonly string[],
  setting: AnySetting,
) {
  const { measures, answer, choice } = setting
  if ('how' in choice && choice.how === 'file') {
    const { outcome, code = '', text = '', effectiveOn = '' } = answer
    const rows = measures.flatMap((measure) =>
      choice.indexes.map((at) => [workIds[at], measure, outcome, code, text, effectiveOn].join(',')),
    )
    const file = ['work_id,measure,outcome,code,text,effective_on', ...rows].join('\r\n')
    const { sheetId } = await sentFile(pair.vendor.member, notice.reference, file)
    const sender = { by: 'member', member: pair.vendor.member } as const
    const { came } = await askToRecord({ sender, sheetId, overwrite: false })
    if (came !== 'recorded') throw new Error(`A file was ${came}`)
    return
  }
  const settings = [{ measures, answer, works: worksOf(choice, workIds) }]
  await asMember(pair.vendor.member, (tx, taker) => recordOutcomes(tx, { taker, noticeIds: [notice.id], settings }))
}

interface StoredRow {
  key: string
  answer: StoredAnswer
}

async function storedRows(sql: string, noticeId: string): Promise<ReadonlyMap<string, StoredAnswer>> {
  const { rows } = await db.owner.query<StoredRow>(sql, [noticeId])
  return new Map(rows.map(({ key, answer }) => [key, answer]))
}

const cellsSql = `select measure || ' ' || work_id as key,
  json_build_object('outcome', outcome, 'code', code, 'text', text, 'effectiveOn', effective_on) as answer
  from outcome_cell where notice_id = $1`
const defaultsSql = `select measure as key, json_build_object('outcome', default_outcome, 'code', default_code,
  'text', default_text, 'effectiveOn', effective_on) as answer from notice_measure where notice_id = $1`

test('defaults and cells say the same as every cell written out, after any sequence of settings', async () => {
  await assert(
    asyncProperty(array(anySetting, { minLength: 1, maxLength: 5 }), async (settings) => {
      const notice = await aSentNotice(db.owner, pair, { works: 5 })
      const { workIds } = notice.catalogue
      const matrix = new Matrix(workIds)
      for (const setting of settings) {
        matrix.set(setting)
        await recordSetting(notice, workIds, setting)
      }
      const cells = await storedRows(cellsSql, notice.id)
      const defaults = await storedRows(defaultsSql, notice.id)
      expect(new Set(cells.keys())).toEqual(matrix.own)
      for (const [key, expected] of matrix.cells)
        expect(cells.get(key) ?? defaults.get(key.split(' ')[0] ?? '')).toEqual(expected)

      const tally: Partial<Record<Outcome, number>> = {}
      for (const { outcome } of matrix.cells.values()) tally[outcome] = (tally[outcome] ?? 0) + 1
      const counted = await asMember(pair.vendor.member, (tx) => countAnswers(tx, [notice.id]))
      const told = Object.entries(counted.get(notice.id)?.tally ?? {}).filter(([, count]) => count > 0)
      expect(Object.fromEntries(told)).toEqual(tally)
      const { rows } = await db.owner.query('select outcome from notice where id = $1', [notice.id])
      expect(rows).toEqual([{ outcome: deriveOutcome(tally) }])
    }),
    { numRuns: 40 },
  )
}, 120_000)
