import { describe, expect, test } from 'vitest'
import { latestMonths, monthTurns } from '#app/notices/month-turns.ts'
import { arrange } from './arranged-coverage.ts'
import { figureNames, pairOf, standingOf, sumOf, troubledOf, type Figures } from './coverage.ts'
import { noticesOfCell, readCoverageQuery, coverageAddress } from './coverage-query.ts'

const zero = sumOf([])
const figures = (given: Partial<Figures>): Figures => ({ ...zero, ...given })

describe('a cell shows what needs attention first', () => {
  test.each([
    [{ notices: 5, undeliverable: 1, lateDecision: 2, sent: 5 }, 'undeliverable', 1],
    [{ notices: 5, lateDecision: 2, lateAcknowledgement: 3, sent: 5 }, 'decision_overdue', 2],
    [{ notices: 5, lateAcknowledgement: 3, question: 1, sent: 4 }, 'acknowledge_overdue', 3],
    [{ notices: 5, question: 1, sent: 4 }, 'clarification_needed', 1],
    [{ notices: 5, sent: 1, inReview: 3, allAgreed: 1 }, 'sent', 1],
    [{ notices: 5, inReview: 1, allAgreed: 4 }, 'in_review', 1],
    [{ notices: 5, allAgreed: 5 }, 'all', 5],
    [{ notices: 5, noneAgreed: 4, withdrawn: 1 }, 'none', 4],
    [{ notices: 5, noneAgreed: 4, allAgreed: 1 }, 'partial', 5],
    [{ notices: 5, unanswered: 1, allAgreed: 4 }, 'pending', 1],
    [{ notices: 2, withdrawn: 2 }, 'withdrawn', 2],
    [{ notices: 2, superseded: 2 }, 'superseded', 2],
  ] as const)('%o stands at %s', (given, standing, count) => {
    expect(standingOf(figures(given))).toEqual({ standing, count })
  })

  test('one that is both overdue and bounced is in trouble once', () => {
    expect(troubledOf(figures({ late: 3, undeliverable: 2, lateUndeliverable: 1 }))).toBe(4)
  })

  test('the database says the sums in the order of their names', () => {
    const sums = figureNames.map((_, place) => place + 1)
    const { figures: named } = pairOf(['a', 'b', ...sums])
    expect(figureNames.map((name) => named[name])).toEqual(sums)
  })
})

const [ada, bo, cy] = ['Ada', 'Bo', 'Cy'].map((name) => ({
  id: name,
  name,
  nameOther: null,
  vendors: name === 'Cy' ? ['v1'] : null,
}))
const vendors = ['v1', 'v2'].map((id) => ({ id, name: id, nameOther: null }))
const vendorWorks = new Map<string, never>()
const members = [ada, bo, cy].flatMap((member) => (member ? [member] : []))
const pairs = [
  { memberId: 'Ada', vendorId: 'v1', figures: figures({ notices: 1, sent: 1 }) },
  { memberId: 'Bo', vendorId: 'v1', figures: figures({ notices: 3, sent: 3, late: 1, lateDecision: 1 }) },
]

describe('the matrix', () => {
  test('has a cell for every member and vendor, and says where a mandate is missing', () => {
    const { rows, unfiled, unmandated, total } = arrange({ members, vendors, pairs, vendorWorks }, {})
    expect(rows.map(({ cells }) => cells.map((cell) => cell?.kind))).toEqual([
      ['filed', 'unfiled'],
      ['filed', 'unfiled'],
      ['unfiled', 'no_mandate'],
    ])
    expect([unfiled, unmandated, total.notices]).toEqual([3, 1, 4])
  })

  test.each([
    ['name', ['Ada', 'Bo', 'Cy']],
    ['notices', ['Bo', 'Ada', 'Cy']],
    ['late', ['Bo', 'Ada', 'Cy']],
    ['v1', ['Bo', 'Ada', 'Cy']],
    ['v2', ['Ada', 'Bo', 'Cy']],
  ])('by %s the members stand as %o', (sort, names) => {
    expect(arrange({ members, vendors, pairs, vendorWorks }, { sort }).rows.map(({ member }) => member.name)).toEqual(
      names,
    )
  })

  test('shows only what is late, or only what was not filed, and sums everything all the same', () => {
    const late = arrange({ members, vendors, pairs, vendorWorks }, { show: 'late' })
    expect([late.rows.map(({ member }) => member.name), late.vendors.map(({ id }) => id), late.total.notices]).toEqual([
      ['Bo'],
      ['v1'],
      4,
    ])
    const unfiled = arrange({ members, vendors, pairs, vendorWorks }, { show: 'unfiled' })
    expect(unfiled.rows.map(({ cells }) => cells.filter((cell) => cell !== null).length)).toEqual([1, 1, 1])
  })
})

describe('its address', () => {
  test('is read as it is written, and forgives what it does not know', () => {
    const query = readCoverageQuery(
      'https://x.test/association/matrix?count=works&kind=exclusion&from=2026-08&to=2026-10&show=late&sort=late',
    )
    expect(readCoverageQuery(`https://x.test${coverageAddress(query)}`)).toEqual(query)
    expect(coverageAddress(readCoverageQuery('https://x.test/?kind=x&measure=y&from=2026-13&sort=z&count=q'))).toBe(
      '/association/matrix',
    )
  })

  test('a cell leads to its notices under the same filter', () => {
    const query = readCoverageQuery('https://x.test/?kind=takedown&measure=FILTER_OUTPUTS&from=2026-01&to=2026-02')
    expect(noticesOfCell(query, { member: 'm', vendor: 'v' })).toBe(
      '/association/notices?member=m&vendor=v&kind=takedown&measure=FILTER_OUTPUTS&from=2026-01-01&to=2026-02-28',
    )
    expect(noticesOfCell(readCoverageQuery('https://x.test/'), {})).toBe('/association/notices')
  })

  test('months turn at midnight of the zone', () => {
    expect(monthTurns({ from: '2026-03', to: '2026-03' }, 'Asia/Tokyo')).toEqual({
      from: '2026-02-28T15:00:00Z',
      before: '2026-03-31T15:00:00Z',
    })
    expect(monthTurns({ from: undefined, to: undefined }, 'UTC')).toEqual({ from: null, before: null })
    expect(latestMonths('2026-01-31', 3)).toEqual(['2026-01', '2025-12', '2025-11'])
  })
})
