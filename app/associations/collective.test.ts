import { describe, expect, test } from 'vitest'
import { namedIn, readMembers, readWords, withChoices } from './collective-form.ts'
import { judgeAnnex, type AnnexWanted, type Grant } from './collective.ts'

const at = new Date('2026-11-22T00:00:00Z')
const grant: Grant = {
  mandateId: 'm',
  version: 2,
  memberId: 'a',
  scopes: ['view', 'file'],
  vendors: null,
  measures: null,
  catalogues: null,
  approvalRequired: false,
  startsAt: new Date('2026-01-01T00:00:00Z'),
  endsAt: null,
}
const wanted: AnnexWanted = {
  grant,
  at,
  catalogueId: 'c',
  verified: true,
  sworn: false,
  measures: ['STOP_TRAINING_FUTURE'],
  vendors: [
    { id: 'v', reachable: true },
    { id: 'w', reachable: false },
  ],
}

describe('what a mandate lets an association file', () => {
  test.each<[string, Partial<AnnexWanted>, unknown]>([
    ['none', { grant: undefined }, 'no_mandate'],
    ['to view', { grant: { ...grant, scopes: ['view'] } }, 'no_mandate'],
    ['of the future', { grant: { ...grant, startsAt: new Date('2026-11-23T00:00:00Z') } }, 'no_mandate'],
    ['that ends at this instant', { grant: { ...grant, endsAt: at } }, 'no_mandate'],
    ['of a member that is not verified', { verified: false }, 'not_verified'],
    ['for another catalogue', { grant: { ...grant, catalogues: ['d'] } }, 'catalogue_not_covered'],
    ['for another measure', { grant: { ...grant, measures: ['DISCLOSE_USE'] } }, 'measures_not_covered'],
    ['without an oath', { sworn: true }, 'needs_swear'],
  ])('a mandate %s: nothing', (_, more, because) => {
    expect(judgeAnnex({ ...wanted, ...more })).toEqual({
      grant: null,
      vendorIds: [],
      leftOut: [{ vendorId: null, because }],
    })
  })

  test('a vendor that cannot be reached is left out, and one that is not covered', () => {
    expect(judgeAnnex(wanted)).toMatchObject({ vendorIds: ['v'], leftOut: [{ vendorId: 'w', because: 'no_contact' }] })
    const narrow = { ...grant, vendors: ['w'] }
    expect(judgeAnnex({ ...wanted, grant: narrow }).leftOut).toEqual([
      { vendorId: 'v', because: 'vendor_not_covered' },
      { vendorId: 'w', because: 'no_contact' },
    ])
  })

  test('with the oath sworn statements go', () => {
    const swears = { ...grant, scopes: ['view', 'file', 'swear'] }
    expect(judgeAnnex({ ...wanted, sworn: true, grant: swears }).vendorIds).toEqual(['v'])
  })
})

test('a pasted list names members in either script, quoted or not, by the first cell', () => {
  const members = [
    { id: '1', slug: 'hoshi', name: 'Hoshi, Inc.', nameOther: '星' },
    { id: '2', slug: 'umi', name: 'Umi Games', nameOther: null },
  ]
  const { named, unmatched } = namedIn('"Hoshi, Inc.",x\n ＵＭＩ  games\tTokyo\r\n星\n\nNobody', members)
  expect([...named].toSorted()).toEqual(['1', '2'])
  expect(unmatched).toEqual(['Nobody'])
})

test('all that a search finds join those that are ticked, and a search alone keeps these', () => {
  const catalogues = [{ id: 'c', name: 'Films', version: 1, works: 3 }]
  const made = (id: string, name: string, nameOther: string | null) => ({
    id,
    slug: id,
    name,
    nameOther,
    catalogues,
    verified: true,
    approvalRequired: false,
    chosen: null,
  })
  const members = [
    made('hoshi', 'Hoshi, Inc.', '星'),
    made('umi', 'Umi Games', '海ゲームズ'),
    made('yama', 'Yama', null),
  ]
  const read = (given: Record<string, string>) => {
    const fields = new FormData()
    for (const [name, value] of Object.entries({ revision: '1', member: 'yama', ...given })) fields.append(name, value)
    return readMembers(fields, members)?.choices.map(({ memberId }) => memberId)
  }
  expect(read({ intent: 'search', q: 'umi' })).toEqual(['yama'])
  expect(read({ intent: 'all', q: ' ＵＭＩ ' })).toEqual(['umi', 'yama'])
  expect(read({ intent: 'all', q: '海' })).toEqual(['umi', 'yama'])
  expect(read({ intent: 'all' })).toEqual(['hoshi', 'umi', 'yama'])
  expect(read({ intent: 'none', q: 'umi' })).toEqual([])
  const again = withChoices(members, [{ memberId: 'umi', catalogueId: 'c', works: null }])
  expect(again.map(({ chosen }) => chosen?.catalogueId ?? null)).toEqual([null, 'c', null])
})

test('words that are too long are not kept, and shown again whole', () => {
  const fields = new FormData()
  const long = 'a'.repeat(10_001)
  for (const [name, value] of Object.entries({ revision: '3', paragraph: long, coverLetter: 'To all.', locale: 'ja' }))
    fields.append(name, value)
  fields.append('vendor', '0197a000-0000-7000-8000-000000000001')
  fields.append('measure', 'STOP_TRAINING_FUTURE')
  const { form, typed } = readWords(fields)
  expect(form).toBeNull()
  expect(typed).toMatchObject({
    paragraph: long,
    coverLetter: 'To all.',
    locale: 'ja',
    measure: ['STOP_TRAINING_FUTURE'],
  })
  expect(typed.vendor).toHaveLength(1)
})
