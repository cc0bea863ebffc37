import pg from 'pg'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { closeAuth, createLogin } from '#app/platform/auth.server.ts'
import { newId } from '#app/platform/id.ts'
import { testDatabase } from '#test/database.ts'
import { createPerson } from './create-person.server.ts'
import { mailResetLink } from './forgot-password.server.ts'
import { signInPerson } from './sign-in.server.ts'
import { signUp } from './sign-up.server.ts'

const argon = vi.hoisted(() => ({ computed: 0 }))
// The real one, counted: it is what takes the time of a sign-in.
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof import('@node-rs/argon2')>()
  return {
    ...real,
    hash: (...args: Parameters<typeof real.hash>) => {
      argon.computed += 1
      return real.hash(...args)
    },
    verify: (...args: Parameters<typeof real.verify>) => {
      argon.computed += 1
      return real.verify(...args)
    },
  }
})

const db = await testDatabase()
afterAll(closeAuth)
beforeEach(() => db.owner.query('delete from caveat_auth.rate_limit'))

const known = { email: 'known@example.test', name: 'Known', locale: 'en', timeZone: 'UTC' } as const
await createPerson({ ...known, password: 'ledger pencil otter' })
await createLogin({ id: newId(), email: 'without-password@example.test', name: 'Without' })
const addresses = [known.email, 'without-password@example.test', 'nobody@example.test']

// A moment less than the pace, since timers may be a little early.
const evenMs = 345
let clients = 0

async function measured<Answer>(act: (clientAddress: string) => Promise<Answer>) {
  argon.computed = 0
  const asked = vi.spyOn(pg.Client.prototype, 'query')
  const began = performance.now()
  const answer = await act(`client ${(clients += 1)}`)
  const tookMs = performance.now() - began
  const statements = asked.mock.calls.map(([query]) => textOf(query))
  asked.mockRestore()
  return { answer, computed: argon.computed, tookMs, statements }
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : 'not a statement'
}

/** The same act for each of the addresses. */
async function triesOf(act: (email: string, clientAddress: string) => Promise<unknown>) {
  // What a process asks only once is asked before.
  await act('first@example.test', 'client')
  const tries = []
  for (const email of addresses) {
    const { tookMs, ...tried } = await measured((clientAddress) => act(email, clientAddress))
    tries.push({ ...tried, inTime: tookMs > evenMs })
  }
  const [first, ...others] = tries
  return { first, others }
}

// A machine may be so busy that the way outlasts the pace: then it must be the same way, statement by statement.
const headers = new Headers()
const wrong = (email: string, clientAddress: string) =>
  signInPerson({ email, password: 'not this one', headers, clientAddress, locale: 'en' })

test('a wrong password is hashed once and no answer comes before its time, whether the address is known or not', async () => {
  const { first, others } = await triesOf(wrong)
  // The library asks for the password of an account that is there: beside the hash that is nothing.
  for (const tried of [first, ...others])
    expect(tried).toMatchObject({ answer: { allowed: false, because: 'wrong' }, computed: 1, inTime: true })
})

test('signing up hashes once and no answer comes before its time, whether the address is known or not', async () => {
  const { first, others } = await triesOf((email, clientAddress) =>
    signUp({ name: 'Mika', email, password: 'ledger pencil otter', locale: 'en', clientAddress }),
  )
  expect(first).toMatchObject({ answer: { allowed: true }, computed: 1, inTime: true })
  expect(first?.statements.join()).toContain('mail_duty')
  for (const other of others) expect(other).toEqual(first)
})

test('asking for another password hashes nothing and no answer comes before its time, known or not', async () => {
  const { first, others } = await triesOf(mailResetLink)
  expect(first).toMatchObject({ answer: { allowed: true }, computed: 0, inTime: true })
  expect(first?.statements.join()).toContain('mail_duty')
  for (const other of others) expect(other).toEqual(first)
})
