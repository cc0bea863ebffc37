import { afterAll, beforeEach, describe, expect, test } from 'vitest'

import { closeAuth, createLogin, findSession, signIn } from '#app/platform/auth.server.ts'
import { hashPassword } from '#app/platform/passwords.server.ts'
import { testDatabase } from '#test/database.ts'
import { accountDuties, cookieHeader, tokenIn, viewerOf } from '#test/members.ts'

import { confirmAddress, findPendingSignUp } from './confirm-address.server.ts'
import { createPerson } from './create-person.server.ts'
import { mailResetLink } from './forgot-password.server.ts'
import { savePassword, savePasswordByLink } from './save-password.server.ts'
import { signInPerson } from './sign-in.server.ts'
import { signUp } from './sign-up.server.ts'

const db = await testDatabase()
afterAll(closeAuth)
beforeEach(async () => {
  await db.owner.query('delete from mail_duty')
})

const headers = new Headers()
let clients = 0
const client = (): string => `client ${(clients += 1)}`

const signUpWith = { name: 'Mika Sato', password: 'ledger pencil otter', locale: 'ja' as const }

describe('signing up', () => {
  test('nobody exists until the address is confirmed with the password that was chosen', async () => {
    expect(await signUp({ ...signUpWith, email: 'mika@example.test', clientAddress: client() })).toEqual({
      allowed: true,
    })
    const [duty] = await accountDuties(db.owner)
    expect(duty).toMatchObject({ kind: 'confirm-address', address: 'mika@example.test', locale: 'ja' })
    const token = tokenIn(duty)
    expect(await db.owner.query('select from person where email = $1', ['mika@example.test'])).toMatchObject({
      rowCount: 0,
    })
    expect(await signIn({ email: 'mika@example.test', password: signUpWith.password, headers })).toBeUndefined()

    expect(await findPendingSignUp(token)).toEqual({ email: 'mika@example.test' })
    const confirmation = { token, headers, clientAddress: client() }
    expect(await confirmAddress({ ...confirmation, password: 'another password' })).toEqual({
      allowed: false,
      because: 'wrong-password',
    })
    const confirmed = await confirmAddress({ ...confirmation, password: signUpWith.password })
    expect(confirmed).toMatchObject({ allowed: true })
    expect(confirmed.allowed && (await findSession(cookieHeader(confirmed.cookies)))?.login.email).toBe(
      'mika@example.test',
    )
    expect(await confirmAddress({ ...confirmation, password: signUpWith.password })).toEqual({
      allowed: false,
      because: 'stale-link',
    })
  })

  test('a stranger who signs up with an address first gains nothing', async () => {
    await signUp({
      ...signUpWith,
      email: 'victim@example.test',
      password: 'stranger words here',
      clientAddress: client(),
    })
    await signUp({ ...signUpWith, email: 'victim@example.test', clientAddress: client() })
    const [strangers, own] = await accountDuties(db.owner)
    const confirmed = await confirmAddress({
      token: tokenIn(own),
      password: signUpWith.password,
      headers,
      clientAddress: client(),
    })
    expect(confirmed.allowed).toBe(true)
    expect(await signIn({ email: 'victim@example.test', password: 'stranger words here', headers })).toBeUndefined()
    const late = {
      token: tokenIn(strangers),
      password: 'stranger words here',
      headers,
      clientAddress: client(),
    }
    expect(await confirmAddress(late)).toEqual({ allowed: false, because: 'address-taken' })
  })

  test('a known address gets another mail, and the one who typed it the same answer', async () => {
    await createPerson({
      email: 'known@example.test',
      name: 'Known',
      locale: 'ja',
      timeZone: 'Asia/Tokyo',
      password: 'ledger pencil otter',
    })
    const known = await signUp({ ...signUpWith, email: 'known@example.test', clientAddress: client() })
    const unknown = await signUp({ ...signUpWith, email: 'unknown@example.test', clientAddress: client() })
    expect(known).toEqual(unknown)
    expect((await accountDuties(db.owner)).map(({ kind, facts }) => [kind, facts.name])).toEqual([
      ['already-registered', 'Known'],
      ['confirm-address', 'Mika Sato'],
    ])
    expect(await signIn({ email: 'known@example.test', password: 'ledger pencil otter', headers })).toBeDefined()
  })

  test('a mailbox gets few mails, whoever asks for them from wherever', async () => {
    const answers = []
    for (let tries = 0; tries < 7; tries += 1)
      answers.push(await signUp({ ...signUpWith, email: 'flooded@example.test', clientAddress: client() }))
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(5)
    expect(await accountDuties(db.owner)).toHaveLength(5)
  })
})

describe('signing in', () => {
  test('of many tries at once at one account, from many addresses, ten pass', async () => {
    await createPerson({
      email: 'guessed@example.test',
      name: 'Guessed',
      locale: 'en',
      timeZone: 'UTC',
      password: 'ledger pencil otter',
    })
    const own = await signInPerson({
      email: 'guessed@example.test',
      password: 'ledger pencil otter',
      headers,
      clientAddress: client(),
      locale: 'en',
    })
    const tries = Array.from({ length: 30 }, () =>
      signInPerson({
        email: 'guessed@example.test',
        password: 'not this one',
        headers,
        clientAddress: client(),
        locale: 'en',
      }),
    )
    const answers = await Promise.all(tries)
    expect(answers.filter((answer) => !answer.allowed && answer.because === 'wrong')).toHaveLength(10)
    expect(answers.filter((answer) => !answer.allowed && answer.because === 'too-many')).toHaveLength(20)

    const right = {
      email: 'guessed@example.test',
      password: 'ledger pencil otter',
      clientAddress: client(),
      locale: 'en' as const,
    }
    expect(await signInPerson({ ...right, headers })).toMatchObject({ allowed: false, because: 'too-many' })
    // The owner's own browser is known from before and is not locked out.
    const device = own.allowed ? (own.cookies.at(-1)?.split(';')[0] ?? '') : ''
    expect(await signInPerson({ ...right, headers: new Headers({ cookie: device }) })).toMatchObject({ allowed: true })
    expect(await signInPerson({ ...right, headers: new Headers({ cookie: `${device.slice(0, -1)}x` }) })).toMatchObject(
      { allowed: false },
    )
  })

  test('goes on under a new session; the one that the browser brought, own or planted, is over', async () => {
    const password = 'ledger pencil otter'
    for (const email of ['planter@example.test', 'planted@example.test'])
      await createPerson({ email, name: email.slice(0, 7), locale: 'en', timeZone: 'UTC', password })
    const signInWith = async (email: string, brought: Headers) => {
      const asked = { email, password, headers: brought, clientAddress: client(), locale: 'en' as const }
      const signedIn = await signInPerson(asked)
      if (signedIn.allowed !== true) throw new Error(`${email} was not signed in`)
      return cookieHeader(signedIn.cookies)
    }
    const planter = await signInWith('planter@example.test', headers)
    const own = await signInWith('planted@example.test', planter)
    expect((await findSession(own))?.login.email).toBe('planted@example.test')
    expect(await findSession(planter)).toBeUndefined()
    const again = await signInWith('planted@example.test', own)
    expect(again.get('cookie')).not.toBe(own.get('cookie'))
    expect((await findSession(again))?.login.email).toBe('planted@example.test')
    expect(await findSession(own)).toBeUndefined()
    // What nobody was given opens nothing and stays nobody's.
    const madeUp = new Headers({ cookie: (again.get('cookie') ?? '').replace(/session=.{8}/u, 'session=aaaaaaaa') })
    const fresh = await signInWith('planted@example.test', madeUp)
    expect(await findSession(madeUp)).toBeUndefined()
    expect(fresh.get('cookie')).not.toContain('aaaaaaaa')
    expect(await findSession(again)).toBeDefined()
  })

  test('an unknown address is answered like a wrong password', async () => {
    const wrong = await signInPerson({
      email: 'mika@example.test',
      password: 'not this one',
      headers,
      clientAddress: client(),
      locale: 'en',
    })
    const unknown = await signInPerson({
      email: 'nobody@example.test',
      password: 'not this one',
      headers,
      clientAddress: client(),
      locale: 'en',
    })
    expect(unknown).toEqual(wrong)
  })

  test('a login without its person, left by a process that died, is made whole', async () => {
    await createLogin({
      id: '018f0000-0000-7000-8000-00000000aaaa',
      email: 'half@example.test',
      name: 'Half',
      passwordHash: await hashPassword('ledger pencil otter'),
    })
    await signInPerson({
      email: 'half@example.test',
      password: 'ledger pencil otter',
      headers,
      clientAddress: client(),
      locale: 'ja',
    })
    expect(
      (await db.owner.query('select name, locale from person where email = $1', ['half@example.test'])).rows,
    ).toEqual([{ name: 'Half', locale: 'ja' }])
  })

  test('people of the demo sign in with a shorter password than the forms take', async () => {
    await createPerson({
      email: 'studio@demo.test',
      name: 'Studio',
      locale: 'en',
      timeZone: 'UTC',
      password: 'caveat-demo',
    })
    expect(await signIn({ email: 'studio@demo.test', password: 'caveat-demo', headers })).toBeDefined()
  })
})

describe('passwords', () => {
  test('a reset ends every session, works once, and tells nobody whether an address is known', async () => {
    await createPerson({
      email: 'reset@example.test',
      name: 'Reset',
      locale: 'en',
      timeZone: 'UTC',
      password: 'ledger pencil otter',
    })
    const old = await signIn({ email: 'reset@example.test', password: 'ledger pencil otter', headers })
    const known = await mailResetLink('reset@example.test', client())
    expect(await mailResetLink('stranger@example.test', client())).toEqual(known)
    const sent = await accountDuties(db.owner)
    // Owed to nobody, so that both take the same time: the outbox sends nothing there.
    expect(sent.map(({ kind, address }) => [kind, address])).toEqual([
      ['reset-password', 'reset@example.test'],
      ['reset-password', 'nobody@erased.invalid'],
    ])
    expect(sent[1]?.facts.name).toBe('')
    await mailResetLink('reset@example.test', client())
    const another = tokenIn((await accountDuties(db.owner)).at(-1))
    const token = tokenIn(sent[0])
    const atOnce = await Promise.all(
      ['first new words', 'second new words'].map((password) => savePasswordByLink({ token, password }, headers)),
    )
    expect(atOnce.filter(({ reset }) => reset)).toHaveLength(1)
    expect(await savePasswordByLink({ token: another, password: 'third new words' }, headers)).toEqual({ reset: false })
    expect(await findSession(cookieHeader(old?.cookies ?? []))).toBeUndefined()
    expect(await signIn({ email: 'reset@example.test', password: 'ledger pencil otter', headers })).toBeUndefined()
  })

  test('a change asks for the present password and ends the other sessions', async () => {
    const person = await createPerson({
      email: 'change@example.test',
      name: 'Change',
      locale: 'en',
      timeZone: 'UTC',
      password: 'ledger pencil otter',
    })
    if (!person.created) throw new Error('not made')
    const here = await signIn({ email: 'change@example.test', password: 'ledger pencil otter', headers })
    const there = await signIn({ email: 'change@example.test', password: 'ledger pencil otter', headers })
    const session = await findSession(cookieHeader(here?.cookies ?? []))
    await mailResetLink('change@example.test', client())
    const token = tokenIn((await accountDuties(db.owner)).at(-1))
    const who = {
      ...viewerOf({ id: person.personId, email: 'change@example.test', name: 'Change' }),
      sessionId: session?.session.id ?? '',
    }
    expect(
      await savePassword(who, { currentPassword: 'not this one', password: 'quite other words' }, headers),
    ).toEqual({
      allowed: false,
      because: 'wrong-password',
    })
    expect(
      await savePassword(who, { currentPassword: 'ledger pencil otter', password: 'quite other words' }, headers),
    ).toEqual({
      allowed: true,
    })
    expect(await findSession(cookieHeader(here?.cookies ?? []))).toBeDefined()
    expect(await findSession(cookieHeader(there?.cookies ?? []))).toBeUndefined()
    expect(await savePasswordByLink({ token, password: 'words of a thief' }, headers)).toEqual({ reset: false })
  })
})
