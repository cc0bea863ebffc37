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
  const began = performance.now()
  const answer = await act(`client ${(clients += 1)}`)
  return { answer, computed: argon.computed, tookMs: performance.now() - began }
}

const headers = new Headers()
const wrong = (email: string, clientAddress: string) =>
  signInPerson({ email, password: 'not this one', headers, clientAddress, locale: 'en' })

test('a wrong password is hashed once and no answer comes before its time, whether the address is known or not', async () => {
  for (const email of addresses) {
    const tried = await measured((clientAddress) => wrong(email, clientAddress))
    expect(tried).toMatchObject({ answer: { allowed: false, because: 'wrong' }, computed: 1 })
    expect(tried.tookMs).toBeGreaterThan(evenMs)
  }
})

test('signing up hashes once and no answer comes before its time, whether the address is known or not', async () => {
  for (const email of addresses) {
    const asked = await measured((clientAddress) =>
      signUp({ name: 'Mika', email, password: 'ledger pencil otter', locale: 'en', clientAddress }),
    )
    expect(asked).toMatchObject({ answer: { allowed: true }, computed: 1 })
    expect(asked.tookMs).toBeGreaterThan(evenMs)
  }
})

test('asking for another password hashes nothing and no answer comes before its time, known or not', async () => {
  for (const email of addresses) {
    const asked = await measured((clientAddress) => mailResetLink(email, clientAddress))
    expect(asked).toMatchObject({ answer: { allowed: true }, computed: 0 })
    expect(asked.tookMs).toBeGreaterThan(evenMs)
  }
})
