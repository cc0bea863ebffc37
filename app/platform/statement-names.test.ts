import { expect, test } from 'vitest'
import { mostPrepared, statementNames } from './statement-names.ts'

test('a statement has one name, another has another, and the number of names ends', () => {
  const nameOf = statementNames()
  const first = nameOf({ sql: 'select 1' })
  expect(nameOf({ sql: 'select 2' })).not.toBe(first)
  expect(nameOf({ sql: 'select 1' })).toBe(first)
  for (let number = 0; number < mostPrepared * 2; number += 1) nameOf({ sql: `select ${number}` })
  expect(nameOf({ sql: 'select never seen' })).toBe('')
  expect(nameOf({ sql: 'select 1' })).toBe(first)
  expect(statementNames()({ sql: 'x'.repeat(30_000) })).toBe('')
})
