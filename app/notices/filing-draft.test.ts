import { expect, test } from 'vitest'
import { newId } from '#app/platform/id.ts'
import {
  changedSince,
  emptyContent,
  filingContentSchema,
  measuresOf,
  scopeChoiceOf,
  withChoices,
  type FilingContent,
} from './filing-draft.ts'
import { otherWords, wordsFields } from './kept-choices.ts'

const catalogueId = newId()
const signed: FilingContent = {
  ...emptyContent('en'),
  kind: 'exclusion',
  vendorIds: [newId()],
  measures: [{ measure: 'STOP_TRAINING_FUTURE', detail: '' }],
  bases: ['EXCLUSION_REQUEST', 'JP_CA_30_4'],
  signature: {
    personId: newId(),
    name: 'Kenji Ono',
    capacity: 'Counsel',
    statements: ['accurate', 'authorised'],
    signedAt: '2026-11-22T08:52:00.000Z',
    timeZone: 'Asia/Tokyo',
  },
}

test('an empty draft is a draft', () => {
  expect(filingContentSchema.parse(emptyContent('ja'))).toEqual(emptyContent('ja'))
})

test('a change takes the signature away, saving the same again does not', () => {
  expect(withChoices(signed, 'vendors', { vendorIds: [...signed.vendorIds] }, 2)).toBe(signed)
  const changed = withChoices(signed, 'vendors', { vendorIds: [newId()] }, 2)
  expect(changed.signature).toBeNull()
  expect(changed.changedAt).toEqual({ vendors: 2 })
})

test('a step changes its own choices only', () => {
  const changed = withChoices(signed, 'vendors', { vendorIds: [], kind: 'takedown', bases: [] }, 2)
  expect(changed.kind).toBe('exclusion')
  expect(changed.bases).toEqual(signed.bases)
})

test('another kind drops the bases and measures that cannot stand with it', () => {
  const asking = {
    ...signed,
    kind: 'takedown' as const,
    measures: [{ measure: 'REMOVE_OUTPUT_URLS' as const, detail: '' }],
  }
  const changed = withChoices(asking, 'kind', { kind: 'cease_and_desist' }, 3)
  expect(changed.measures).toEqual([])
  expect(changed.bases).toEqual(['JP_CA_30_4'])
  expect(measuresOf('takedown')).toContain('REMOVE_OUTPUT_URLS')
  expect(measuresOf('exclusion')).not.toContain('REMOVE_OUTPUT_URLS')
})

test('two windows collide only over the same step', () => {
  const changed = withChoices(signed, 'vendors', { vendorIds: [] }, 5)
  expect(changedSince(changed, 'vendors', 4)).toBe(true)
  expect(changedSince(changed, 'vendors', 5)).toBe(false)
  expect(changedSince(changed, 'basis', 1)).toBe(false)
})

test.for([
  [{ kind: null }, null],
  [{ kind: 'all' }, { kind: 'all', catalogueId }],
  [{ kind: 'chosen' }, null],
  [
    { kind: 'filtered', filter: { yearFrom: 1980 } },
    { kind: 'filtered', catalogueId, filter: { yearFrom: 1980 }, except: [] },
  ],
] as const)('the scope %j is the choice %j', ([scope, choice]) => {
  expect(scopeChoiceOf({ ...signed, scope: { ...signed.scope, catalogueId, version: 3, ...scope } })).toEqual(choice)
})

test('a draft refuses what no page offers', () => {
  expect(filingContentSchema.safeParse({ ...signed, kind: 'lawsuit' }).success).toBe(false)
  expect(filingContentSchema.safeParse({ ...signed, vendorIds: ['x'] }).success).toBe(false)
  expect(filingContentSchema.safeParse({ ...signed, paragraph: 'x'.repeat(10_001) }).success).toBe(false)
})

test('of a kept version every word that the filer typed is told', () => {
  const draft = emptyContent('en')
  const said = Object.entries(draft.particulars).flatMap(([name, value]) =>
    value === '' && name !== 'capturedAt' ? [name] : [],
  )
  const kept: FilingContent = {
    ...draft,
    paragraph: 'paragraph',
    matterNumber: 'matterNumber',
    capacity: 'capacity',
    scope: { ...draft.scope, unmatched: 'pasted' },
    measures: [
      { measure: 'REMOVE_FROM_DATASETS', detail: 'source' },
      { measure: 'FILTER_OUTPUTS', detail: 'example' },
      { measure: 'DISCLOSE_USE', detail: '' },
    ],
    particulars: {
      ...draft.particulars,
      ...Object.fromEntries(said.map((name) => [name, name])),
      locations: [{ url: 'locations', work: '' }],
      signalUrls: ['signalUrls'],
    },
  }
  expect(otherWords(kept, draft)).toEqual(wordsFields.map((field) => ({ field, text: field })))
  expect(wordsFields).toEqual(expect.arrayContaining(said))
  expect(otherWords(kept, kept)).toEqual([])
})
