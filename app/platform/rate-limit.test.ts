import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { authPool, closeAuth } from './auth.server.ts'
import { countTry, forgetTries } from './rate-limit.server.ts'

const db = await testDatabase()
afterAll(closeAuth)

test('of many tries at the same moment no more pass than the limit', async () => {
  const tries = await Promise.all(Array.from({ length: 40 }, () => countTry('sign-in account', 'one@example.test')))
  expect(tries.filter(({ allowed }) => allowed)).toHaveLength(10)
  expect(tries.find(({ allowed }) => !allowed)).toMatchObject({ because: 'too-many' })
  expect(await countTry('sign-in account', 'other@example.test')).toEqual({ allowed: true })
})

test('a restart forgets nothing, success forgets everything', async () => {
  await closeAuth()
  expect(await countTry('sign-in account', 'one@example.test')).toMatchObject({ allowed: false })
  await forgetTries('sign-in account', 'one@example.test')
  expect(await countTry('sign-in account', 'one@example.test')).toEqual({ allowed: true })
})

test('no address stands in the table', async () => {
  const { rows } = await db.owner.query<{ key: string }>('select key from caveat_auth.rate_limit')
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.filter(({ key }) => key.includes('@'))).toEqual([])
})

test('a try that cannot be counted is not allowed', async () => {
  await authPool().query('select 1')
  await db.owner.query('revoke all on caveat_auth.rate_limit from caveat_auth')
  await expect(countTry('sign-in account', 'two@example.test')).rejects.toThrow('Counting a try failed')
  await db.owner.query('grant select, insert, update, delete on caveat_auth.rate_limit to caveat_auth')
})
