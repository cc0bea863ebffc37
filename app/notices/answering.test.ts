import { describe, expect, test } from 'vitest'
import { newId } from '#app/platform/id.ts'
import { isNamable, newDraft, readChosen, readDefaults, readDraft, readIntent, type AnswerDraft } from './answering.ts'
import type { Measure } from './measures.ts'

const measures: readonly Measure[] = ['STOP_TRAINING_FUTURE', 'FILTER_OUTPUTS']
const work = newId()
const typed = (outcome: string, more: Partial<{ code: string; text: string; date: string }> = {}) => ({
  outcome,
  code: '',
  text: '',
  date: '',
  ...more,
})

function formOf(fields: Record<string, string | readonly string[]>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields))
    for (const each of typeof value === 'string' ? [value] : value) form.append(name, each)
  return form
}

function drafted(change: Partial<AnswerDraft['chosen']>, look: Partial<AnswerDraft['look']> = {}): AnswerDraft {
  const draft = newDraft()
  return { ...draft, look: { ...draft.look, ...look }, chosen: { ...draft.chosen, ...change } }
}

describe('reading the form', () => {
  test('an empty form is a new draft', () => {
    expect(readDraft(formOf({}), measures)).toEqual({
      ...newDraft(),
      defaults: { STOP_TRAINING_FUTURE: typed(''), FILTER_OUTPUTS: typed('') },
    })
  })

  test('everything typed is kept', () => {
    const settings = [
      { measures: ['FILTER_OUTPUTS'], works: { kind: 'chosen', workIds: [work] }, answer: { outcome: 'not_used' } },
    ]
    const draft = readDraft(
      formOf({
        intent: 'set',
        settings: JSON.stringify(settings),
        'd-STOP_TRAINING_FUTURE-outcome': 'refused',
        'd-STOP_TRAINING_FUTURE-code': 'other',
        clear: 'on',
        work: [work],
        'shown-q': 'ドラゴン',
        'shown-show': 'pending',
        'shown-cursor': `after:${work}`,
        q: 'typed since',
        's-measure': 'FILTER_OUTPUTS',
        's-outcome': 'accepted_output_blocked',
      }),
      measures,
    )
    expect(draft).toMatchObject({
      settings,
      defaults: { STOP_TRAINING_FUTURE: typed('refused', { code: 'other' }) },
      clear: true,
      look: { text: 'ドラゴン', view: 'pending', cursor: { after: work } },
      chosen: {
        workIds: [work],
        everything: false,
        measure: 'FILTER_OUTPUTS',
        answer: typed('accepted_output_blocked'),
      },
    })
  })

  test('the filter that was typed holds only for the button that shows it, and begins at the first page', () => {
    const draft = readDraft(
      formOf({ intent: 'look', q: ' gold ', show: 'refused', 'shown-q': 'old', 'shown-cursor': `after:${work}` }),
      measures,
    )
    expect(draft?.look).toEqual({ text: 'gold', view: 'refused', cursor: null })
  })

  test.each([
    ['after:0190aaaa-0000-7000-8000-000000000000', { intent: 'after', at: '0190aaaa-0000-7000-8000-000000000000' }],
    ['remove:2', { intent: 'remove', at: '2' }],
    ['record', { intent: 'record', at: '' }],
    ['delete-everything', { intent: 'look', at: '' }],
  ])('the button %s', (intent, read) => {
    expect(readIntent(formOf({ intent }))).toEqual(read)
  })

  test.each([
    'not JSON',
    '[{"measures":["NOTHING"]}]',
    '{"a":1}',
    '[{"measures":["FILTER_OUTPUTS"],"works":{"kind":"chosen","workIds":["x"]},"answer":{"outcome":"not_used"}}]',
  ])('settings that no page wrote are refused: %s', (settings) => {
    expect(readDraft(formOf({ settings }), measures)).toBeNull()
  })
})

describe('the answers for all', () => {
  test('are settings where an outcome is chosen', () => {
    const draft = {
      ...newDraft(),
      clear: true,
      defaults: {
        STOP_TRAINING_FUTURE: typed('accepted_future_only', { date: '2026-12-01' }),
        FILTER_OUTPUTS: typed(''),
      },
    }
    expect(readDefaults(draft, measures)).toEqual({
      settings: [
        {
          measures: ['STOP_TRAINING_FUTURE'],
          works: { kind: 'all', clear: true },
          answer: { outcome: 'accepted_future_only', effectiveOn: '2026-12-01' },
        },
      ],
      faults: [],
    })
  })

  test.each([
    [typed('refused'), ['d-FILTER_OUTPUTS-code', 'd-FILTER_OUTPUTS-text']],
    [typed('refused', { code: 'other' }), ['d-FILTER_OUTPUTS-text']],
    [typed('accepted_excluded'), ['d-FILTER_OUTPUTS-outcome']],
    [typed('licensed'), ['d-FILTER_OUTPUTS-outcome']],
    [typed('duplicate_of'), ['d-FILTER_OUTPUTS-text']],
    [typed('nonsense'), ['d-FILTER_OUTPUTS-outcome']],
    [typed('not_used', { date: 'tomorrow' }), ['d-FILTER_OUTPUTS-date']],
  ])('%j is refused at its fields', (answer, ids) => {
    const { settings, faults } = readDefaults({ ...newDraft(), defaults: { FILTER_OUTPUTS: answer } }, measures)
    expect(settings).toEqual([])
    expect(faults.map(({ id }) => id)).toEqual(ids)
  })
})

describe('the answer for chosen works', () => {
  const refused = typed('refused', { code: 'exception_claimed', text: 'See our letter.' })

  test('names the works that are ticked, for one measure or all', () => {
    expect(readChosen(drafted({ workIds: [work], answer: refused }), measures).settings).toEqual([
      {
        measures,
        works: { kind: 'chosen', workIds: [work] },
        answer: { outcome: 'refused', code: 'exception_claimed', text: 'See our letter.' },
      },
    ])
    expect(
      readChosen(drafted({ workIds: [work], answer: refused, measure: 'FILTER_OUTPUTS' }), measures).settings,
    ).toMatchObject([{ measures: ['FILTER_OUTPUTS'] }])
  })

  test('keeps a filter as words, and names the works of one that words cannot tell', () => {
    const everything = { everything: true, answer: refused }
    expect(readChosen(drafted(everything, { text: 'gold', view: 'pending' }), measures).settings).toMatchObject([
      { works: { kind: 'filtered', filter: { text: 'gold', outcome: 'pending' }, except: [] } },
    ])
    expect(isNamable({ text: '', view: 'differ', cursor: null })).toBe(false)
    expect(readChosen(drafted(everything, { view: 'differ' }), measures, [work]).settings).toMatchObject([
      { works: { kind: 'chosen', workIds: [work] } },
    ])
  })

  test.each([
    [drafted({ answer: refused }), ['works']],
    [drafted({ workIds: [work] }), ['s-outcome']],
    // Allowed for training, not for outputs: refused by name for the one, not in silence for both.
    [drafted({ workIds: [work], answer: typed('accepted_excluded') }), ['s-outcome']],
    [drafted({ workIds: [work], answer: typed('refused') }), ['s-code', 's-text']],
  ])('%# is refused at its fields', (draft, ids) => {
    const { settings, faults } = readChosen(draft, measures)
    expect(settings).toEqual([])
    expect(faults.map(({ id }) => id)).toEqual(ids)
  })
})
