import { expect, test } from 'vitest'
import { judgeSigning } from './filing-signing.ts'

const signed = {
  basis: ['EXCLUSION_REQUEST' as const],
  statement: ['accurate' as const, 'authorised' as const],
  shown: ['accurate' as const, 'authorised' as const],
  signName: 'Kenji Ono',
  capacity: 'General counsel',
}
const names = { name: 'Kenji Ono', nameOther: '小野 健二' }

test.for([['kenji  ONO '], ['小野健二'], ['Ｋｅｎｊｉ Ｏｎｏ']] as const)('%j is the own name', ([signName]) => {
  expect(judgeSigning({ ...signed, signName }, names)).toEqual({
    signs: true,
    name: signName === '小野健二' ? '小野 健二' : 'Kenji Ono',
    capacity: 'General counsel',
    statements: ['accurate', 'authorised'],
  })
})

test.for([
  ['another name', { signName: 'Haruka Mori' }, ['name-differs']],
  ['no name', { signName: '\u200B' }, ['name-missing']],
  ['no capacity', { capacity: ' ' }, ['capacity-missing']],
  ['one statement left', { statement: ['accurate'] }, ['statement-missing']],
  ['a name alone', { statement: [] }, ['statement-missing']],
  [
    'another basis than the page showed',
    { basis: ['EXCLUSION_REQUEST', 'JP_CA_30_4'] },
    ['other-statements', 'statement-missing'],
  ],
  ['nothing at all', { statement: [], signName: '', capacity: '' }, []],
  ['a capacity for later', { statement: [], signName: '' }, []],
] as const)('%s does not sign', ([, change, faults]) => {
  const form = { ...signed, ...change }
  expect(judgeSigning({ ...form, basis: [...form.basis], statement: [...form.statement] }, names)).toEqual({
    signs: false,
    faults,
  })
})
