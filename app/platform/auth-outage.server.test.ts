import { afterAll, expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { databaseProxy } from '#test/database-proxy.ts'
import { closeAuth, findLogin } from './auth.server.ts'
import { databaseUrl } from './database-urls.server.ts'
import { forgetEnvironment } from './env.server.ts'

await testDatabase()
const proxy = await databaseProxy(databaseUrl('auth'))
process.env['DATABASE_AUTH_URL'] = proxy.url
forgetEnvironment()
afterAll(async () => {
  await closeAuth()
  await proxy.stop()
  delete process.env['DATABASE_AUTH_URL']
})

test('a sign-in whose connection breaks at work fails by itself, and the next one goes through', async () => {
  const broken: unknown[] = []
  const hear = (error: unknown) => broken.push(error)
  process.on('uncaughtException', hear)
  proxy.onStatement(() => proxy.cut())
  try {
    await expect(findLogin('somebody@example.test')).rejects.toThrow(/terminated unexpectedly|ECONNRESET/)
  } finally {
    proxy.onStatement(null)
    process.off('uncaughtException', hear)
  }
  expect(broken).toEqual([])
  expect(await findLogin('somebody@example.test')).toBeUndefined()
})
