import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { withNobody } from './db.server.ts'
import { loggedError } from './log-error.server.ts'

const db = await testDatabase()
const canary = 'canary-8f1d'

async function errorOf(act: () => Promise<unknown>): Promise<unknown> {
  try {
    await act()
  } catch (error) {
    return error
  }
  throw new Error('It did not fail')
}

const shown = (error: unknown) => JSON.stringify(loggedError(error))

test('what a database says of a row that it refused is not logged, what went wrong is', async () => {
  await db.owner.query(`create table refused (id int unique, words text check (words = 'taken'))`)
  const failing = (words: string) => () => db.owner.query('insert into refused values (1, $1)', [words])
  const plain = await errorOf(failing(canary))
  expect(JSON.stringify(plain)).toContain(canary)
  expect(shown(plain)).not.toContain(canary)
  expect(shown(plain)).toContain('refused_words_check')
  expect(shown(plain)).toContain('"stack"')
  expect(shown(new Error('Filing failed', { cause: plain }))).not.toContain(canary)
})

test('nor what it says through Prisma', async () => {
  const failing = () =>
    withNobody(async (tx) => {
      await tx.$executeRaw`create temporary table refused_too (words text check (words = 'taken')) on commit drop`
      await tx.$executeRaw`insert into refused_too values (${canary})`
    })
  const error = await errorOf(failing)
  expect(inspect(error, { depth: 9 })).toContain(canary)
  expect(shown(error)).not.toContain(canary)
  expect(shown(error)).toContain('refused_too_words_check')
})

test('an error that holds itself ends', () => {
  const error: Error & { meta?: unknown } = new Error('round')
  error.meta = { error, where: canary }
  expect(shown(error)).not.toContain(canary)
})
