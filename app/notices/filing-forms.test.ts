import { parseWithZod } from '@conform-to/zod/v4'
import { expect, test } from 'vitest'
import { newId } from '#app/platform/id.ts'
import { emptyContent } from './filing-draft.ts'
import { basisChoices, basisForm, scopeChoices, scopeForm, vendorsForm } from './filing-forms.ts'

function formOf(fields: Readonly<Record<string, string | readonly string[]>>): FormData {
  const form = new FormData()
  for (const [name, values] of Object.entries(fields)) {
    for (const value of typeof values === 'string' ? [values] : values) form.append(name, value)
  }
  return form
}

// What a browser sends of an untouched page: every text field, empty, and no box.
const emptyScope = {
  revision: '1',
  catalogue: '',
  text: '',
  yearFrom: '',
  yearTo: '',
  pasted: '',
  source: '',
  example: '',
}
const emptyBasis = {
  revision: '1',
  models: '',
  rights: '',
  evidence: '',
  locations: '',
  japanFacts: '',
  deadlineOn: '',
  locale: 'en',
  paragraph: '',
  matterNumber: '',
  capacity: '',
  signName: '',
}

test('an untouched page of works says nothing', () => {
  const parsed = parseWithZod(formOf(emptyScope), { schema: scopeForm })
  if (parsed.status !== 'success') throw new Error(JSON.stringify(parsed.error))
  expect(scopeChoices(parsed.value, emptyContent('en'))).toEqual({
    scope: emptyContent('en').scope,
    measures: [],
    stance: null,
    priorPermission: false,
  })
})

test('what is filled in of works is kept as typed, measures in their order', () => {
  const id = newId()
  const fields = {
    ...emptyScope,
    catalogue: `${id}:3`,
    scope: 'filtered',
    text: ' ととろ ',
    yearFrom: '１９８０',
    measure: ['FILTER_OUTPUTS', 'STOP_TRAINING_FUTURE'],
    example: 'a sky castle\u0000',
    stance: 'demand',
    priorPermission: 'on',
  }
  const parsed = parseWithZod(formOf(fields), { schema: scopeForm })
  if (parsed.status !== 'success') throw new Error(JSON.stringify(parsed.error))
  const choices = scopeChoices(parsed.value, emptyContent('en'))
  expect(choices.scope).toMatchObject({
    kind: 'filtered',
    catalogueId: id,
    version: 3,
    filter: { text: 'ととろ', yearFrom: 1980 },
  })
  expect(choices.measures).toEqual([
    { measure: 'STOP_TRAINING_FUTURE', detail: '' },
    { measure: 'FILTER_OUTPUTS', detail: 'a sky castle' },
  ])
})

test('works taken out stay out while the catalogue stays, and are forgotten with another', () => {
  const id = newId()
  const empty = emptyContent('en')
  const before = { ...empty, scope: { ...empty.scope, catalogueId: id, except: [newId()] } }
  const same = parseWithZod(formOf({ ...emptyScope, catalogue: `${id}:4` }), { schema: scopeForm })
  const other = parseWithZod(formOf({ ...emptyScope, catalogue: `${newId()}:1` }), { schema: scopeForm })
  if (same.status !== 'success' || other.status !== 'success') throw new Error('a form did not parse')
  expect(scopeChoices(same.value, before).scope.except).toHaveLength(1)
  expect(scopeChoices(other.value, before).scope.except).toEqual([])
})

test.for([
  ['yearFrom', 'nineteen'],
  ['yearTo', '12345'],
  ['text', 'x'.repeat(201)],
  ['measure', 'PAY_US'],
  ['stance', 'plea'],
  ['catalogue', 'robots'],
] as const)('a page of works with %s %j comes back', ([name, value]) => {
  const parsed = parseWithZod(formOf({ ...emptyScope, [name]: value }), { schema: scopeForm })
  expect(
    Object.keys((parsed.status === 'error' && parsed.error) || {}).map((each) => each.replace(/\[.*/u, '')),
  ).toEqual([name])
})

test('an untouched page of bases says nothing', () => {
  const parsed = parseWithZod(formOf(emptyBasis), { schema: basisForm })
  if (parsed.status !== 'success') throw new Error(JSON.stringify(parsed.error))
  const { bases, particulars, paragraph } = emptyContent('en')
  expect(basisChoices(parsed.value)).toMatchObject({ bases, particulars, paragraph, deadlineOn: null })
})

test('locations are addresses, one a line', () => {
  const good = parseWithZod(
    formOf({ ...emptyBasis, locations: 'https://a.example/1\r\n\r\nhttp://b.example/2\tHZ-0001' }),
    {
      schema: basisForm,
    },
  )
  if (good.status !== 'success') throw new Error(JSON.stringify(good.error))
  expect(good.value.locations).toEqual([
    { url: 'https://a.example/1', work: '' },
    { url: 'http://b.example/2', work: 'HZ-0001' },
  ])
  for (const locations of ['javascript:alert(1)', 'a.example', 'https://a.example/1 https://b.example']) {
    expect(parseWithZod(formOf({ ...emptyBasis, locations }), { schema: basisForm }).status).toBe('error')
  }
})

test('no box is no vendor, and two hundred are the most', () => {
  const none = parseWithZod(formOf({ revision: '1', q: '' }), { schema: vendorsForm })
  expect(none.status === 'success' && none.value.vendor).toEqual([])
  const many = formOf({ revision: '1', q: '', vendor: Array.from({ length: 201 }, () => newId()) })
  expect(parseWithZod(many, { schema: vendorsForm }).status).toBe('error')
})
