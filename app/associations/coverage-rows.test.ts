import { expect, test } from 'vitest'
import { arrange } from './arranged-coverage.ts'
import { sumOf } from './coverage.ts'
import { readCoverageQuery } from './coverage-query.ts'
import { coverageFoot, coverageRows } from './coverage-rows.tsx'

const query = readCoverageQuery('https://x.test/?kind=takedown')
const vendors = [{ id: 'v', name: 'V', nameOther: null }]
const zero = sumOf([])

test('a name in the matrix is text, whatever it holds', () => {
  const name = `"><img src=x onerror='1'>&amp; 星空`
  const arranged = arrange(
    { members: [{ id: 'm', name, nameOther: null, vendors: null }], vendors, pairs: [], vendorWorks: new Map() },
    {},
  )
  const html = coverageRows({ arranged, query })
  expect(html).toContain('lang="ja">&quot;&gt;&lt;img src=x onerror=&#39;1&#39;&gt;&amp;amp; 星空</a>')
  expect(html).not.toContain('<img')
})

test('a cell says its number, its state in words and how far it is, and leads to its notices', () => {
  const figures = {
    ...zero,
    notices: 3,
    works: 30,
    sent: 1,
    lateAcknowledgement: 1,
    late: 1,
    acknowledged: 2,
    allAgreed: 1,
  }
  const given = {
    members: [{ id: 'm', name: 'M', nameOther: null, vendors: null }],
    vendors,
    pairs: [{ memberId: 'm', vendorId: 'v', figures }],
    vendorWorks: new Map([['v', { notices: 3, claims: 30, works: 22 }]]),
  }
  const arranged = arrange(given, {})
  const html = coverageRows({ arranged, query })
  expect(html).toContain('<td class="x-late"><a href="/association/notices?member=m&amp;vendor=v&amp;kind=takedown">')
  expect(html).toContain('<span class="fig">3</span><span class="t-id">2 ack., 1 decided</span></a>')
  expect(html).toMatch(
    /vendor=v&amp;kind=takedown&amp;state=acknowledge_overdue"><span.*>Ack\. overdue: 1<\/span><\/a>/,
  )
  const all = readCoverageQuery('https://x.test/?count=works')
  expect(coverageFoot({ arranged, query: all })).toContain(
    '<span class="fig">22</span><span class="t-id">each once; 30 claims</span>',
  )
  // What was counted of other notices is not these' number.
  const before = { ...given, vendorWorks: new Map([['v', { notices: 2, claims: 30, works: 22 }]]) }
  expect(coverageFoot({ arranged: arrange(before, {}), query: all })).toContain(
    '<span class="fig">30</span><span class="t-id">claims; the works are being counted</span>',
  )
  expect(coverageFoot({ arranged, query: { ...query, count: 'share' } })).toContain('<span class="fig">33 %</span>')
})
