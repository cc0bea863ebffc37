import { describe, expect, test } from 'vitest'
import { judgeTerms } from './judge-terms.ts'
import { differencesOf, grantOf, isLive, isNarrower, mandateCovers, tidyTerms, type Terms } from './mandate.ts'

const terms: Terms = {
  scopes: ['view', 'file'],
  vendors: ['v1', 'v2'],
  measures: ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'],
  catalogues: null,
  approvalRequired: false,
  startsOn: '2026-11-01',
  endsOn: '2026-12-31',
}
const sides = { associationId: 'a', memberId: 'm', timeZone: 'Asia/Tokyo' }
const grant = grantOf(terms, sides)
const notice = {
  holderId: 'm',
  filedById: 'm',
  stage: 'sent',
  vendorId: 'v1',
  catalogueId: 'c1',
  measures: ['STOP_TRAINING_FUTURE'],
}
const at = new Date('2026-11-15T00:00:00Z')

describe('the days of a mandate are the member’s', () => {
  test.for([
    ['2026-10-31T14:59:59.999Z', false],
    ['2026-10-31T15:00:00.000Z', true],
    ['2026-12-31T14:59:59.999Z', true],
    ['2026-12-31T15:00:00.000Z', false],
  ] as const)('in Tokyo it counts at %s: %s', ([instant, live]) => {
    expect(isLive(grant, new Date(instant))).toBe(live)
  })

  test('a day on which clocks change is as long as it is there', () => {
    const day = { ...terms, startsOn: '2026-03-29', endsOn: '2026-03-29' }
    const { startsAt, endsAt } = grantOf(day, { ...sides, timeZone: 'Europe/Berlin' })
    expect([startsAt.toISOString(), endsAt?.toISOString()]).toEqual([
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ])
  })
})

describe('a mandate covers', () => {
  test.for([
    ['the notice of its member', {}, 'view', true],
    ['and lets file', {}, 'file', true],
    ['not what it does not grant', {}, 'swear', false],
    ['not another holder', { holderId: 'x' }, 'view', false],
    ['not another vendor', { vendorId: 'v9' }, 'view', false],
    ['not a notice with one measure more', { measures: [...notice.measures, 'LICENCE_OFFER'] }, 'view', false],
    ['any catalogue, if all are', { catalogueId: 'c9' }, 'view', true],
    ['no draft', { stage: 'draft' }, 'view', false],
    ['nothing that waits for approval', { stage: 'awaiting_approval' }, 'view', false],
    ['unless it filed it itself', { stage: 'awaiting_approval', filedById: 'a' }, 'view', true],
    ['what is queued', { stage: 'queued' }, 'view', true],
  ] as const)('%s', ([, change, scope, covered]) => {
    expect(mandateCovers(grant, { ...notice, ...change }, scope, at)).toBe(covered)
  })

  test('nothing, when there is none', () => {
    expect(mandateCovers(null, notice, 'view', at)).toBe(false)
  })
})

describe('narrower', () => {
  test.for([
    ['the same', {}, true],
    ['fewer scopes', { scopes: ['view'] }, true],
    ['more scopes', { scopes: ['view', 'file', 'swear'] }, false],
    ['fewer vendors', { vendors: ['v2'] }, true],
    ['another vendor', { vendors: ['v3'] }, false],
    ['all vendors', { vendors: null }, false],
    ['one catalogue of all', { catalogues: ['c1'] }, true],
    ['another measure', { measures: ['LICENCE_OFFER'] }, false],
    ['with approval', { approvalRequired: true }, true],
    ['an earlier end', { endsOn: '2026-11-30' }, true],
    ['a later end', { endsOn: '2027-01-01' }, false],
    ['no end', { endsOn: null }, false],
    ['an earlier start', { startsOn: '2026-10-31' }, false],
    ['less and more at once', { scopes: ['view'], endsOn: null }, false],
  ] as const)('%s: %s', ([, change, narrower]) => {
    expect(isNarrower({ ...terms, ...change }, terms)).toBe(narrower)
  })

  test('without approval, where it was asked for, is wider', () => {
    expect(isNarrower(terms, { ...terms, approvalRequired: true })).toBe(false)
  })
})

test('two versions differ where they say something else, not where they say it in another order', () => {
  expect(differencesOf(terms, { ...terms, vendors: ['v2', 'v1'] })).toEqual([])
  expect(differencesOf(terms, { ...terms, vendors: null, endsOn: null })).toEqual(['vendors', 'endsOn'])
})

test('tidy terms always let see, and name each thing once', () => {
  const tidy = tidyTerms({ ...terms, scopes: ['file'], vendors: ['v2', 'v1', 'v2'] })
  expect(tidy).toMatchObject({ scopes: ['view', 'file'], vendors: ['v1', 'v2'] })
})

test.for([
  [{ startsOn: '2026-11-10', endsOn: '2026-11-09' }, null, 'ends-before-start'],
  [{ startsOn: '2026-11-01', endsOn: '2026-11-14' }, null, 'over-already'],
  [{ startsOn: '2026-11-16' }, null, null],
  [{ startsOn: '2026-11-16' }, grant, 'starts-later'],
  [{ startsOn: '2026-11-15' }, grant, null],
] as const)('terms %o can be offered or not', ([change, present, fault]) => {
  expect(judgeTerms({ ...terms, ...change }, { present, today: '2026-11-15', at })).toBe(fault)
})
