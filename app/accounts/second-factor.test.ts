import { afterAll, beforeEach, describe, expect, test } from 'vitest'

import { closeAuth, findSession } from '#app/platform/auth.server.ts'
import { findSecondFactor } from '#app/platform/second-factor.server.ts'
import { testDatabase } from '#test/database.ts'
import { accountDuties, tokenIn, viewerOf } from '#test/members.ts'
import { totpCode } from '#test/totp.ts'

import { createPerson } from './create-person.server.ts'
import { denySignIn, findDenial } from './deny-sign-in.server.ts'
import { answerSecondFactor } from './finish-sign-in.server.ts'
import { findPersonId } from './create-person.server.ts'
import { readRecoveryCodes } from './recovery-cookie.server.ts'
import {
  replaceRecoveryCodes,
  startSecondFactor,
  turnOffSecondFactor,
  turnOnSecondFactor,
} from './set-up-second-factor.server.ts'
import { signInPerson } from './sign-in.server.ts'
import { totpAddress, typedKey } from './totp-address.ts'
import type { Viewer } from './viewer.server.ts'

const db = await testDatabase()
afterAll(closeAuth)
beforeEach(async () => {
  await db.owner.query('delete from mail_duty')
  await db.owner.query('delete from caveat_auth.rate_limit')
})

const password = 'ledger pencil otter'
const locale = 'en'
let people = 0

/** What a browser holds after these answers: each cookie as it was set last. */
function jar(...answers: readonly (readonly string[])[]): Headers {
  const held = new Map<string, string>()
  for (const cookie of answers.flat()) {
    const [pair = ''] = cookie.split(';')
    const [name = '', ...value] = pair.split('=')
    if (/max-age=0/i.test(cookie)) held.delete(name)
    else held.set(name, value.join('='))
  }
  const cookie = [...held].map(([name, value]) => `${name}=${value}`).join('; ')
  return new Headers({ cookie, 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko Firefox/140.0' })
}

async function signInAs(email: string, headers = new Headers()) {
  const verdict = await signInPerson({ email, password, headers, clientAddress: email, locale })
  if (verdict.allowed === false) throw new Error(verdict.because)
  return verdict
}

async function viewerBehind(headers: Headers): Promise<Viewer> {
  const found = await findSession(headers)
  if (found === undefined) throw new Error('Nobody is signed in')
  return {
    ...viewerOf({ ...found.login }),
    sessionId: found.session.id,
    strong: found.session.strong,
    signedInAt: found.session.signedInAt,
  }
}

async function aPerson() {
  people += 1
  const email = `factor-${people}@example.test`
  await createPerson({ email, name: 'Mika Sato', locale: 'ja', timeZone: 'Asia/Tokyo', password })
  const signedIn = await signInAs(email)
  const headers = jar(signedIn.cookies)
  return { email, headers, viewer: await viewerBehind(headers), device: signedIn.cookies }
}

// Each code opens one session: an app's next code is taken from the next half minute, which is allowed too.
const later = (halfMinutes: number) => new Date(Date.now() + halfMinutes * 30_000)

async function withCodeApp() {
  const person = await aPerson()
  expect(await startSecondFactor({ ...person, password })).toEqual({ allowed: true })
  const pending = await findSecondFactor(person.viewer.personId)
  if (pending.state !== 'pending') throw new Error('No secret was made')
  const key = typedKey(pending.secret)
  const on = await turnOnSecondFactor({ ...person, code: totpCode(key, later(-1)) })
  if (!on.allowed) throw new Error(on.because)
  const headers = jar(person.device, on.cookies)
  return { ...person, key, headers, viewer: await viewerBehind(headers), cookies: on.cookies }
}

const answerWith = (headers: Headers, code: string, kind: 'totp' | 'recovery' = 'totp', trust = false) =>
  answerSecondFactor({ answer: { kind, code, trust }, headers, clientAddress: 'one', locale })

describe('the key', () => {
  test('an app reads from the picture what is typed by hand', () => {
    // RFC 6238, appendix B, SHA-1: the secret 12345678901234567890 at 1970-01-01 00:00:59 gives 94287082.
    const key = typedKey('12345678901234567890')
    expect(key).toBe('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ')
    expect(totpCode(key, new Date(59_000))).toBe('287082')
    expect(totpAddress({ secret: '12345678901234567890', email: 'a+b@example.test' })).toBe(
      'otpauth://totp/Caveat%3Aa%2Bb%40example.test?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Caveat',
    )
  })
})

describe('a code app', () => {
  test('asks for nothing before its first code was right', async () => {
    const { email, headers, viewer } = await aPerson()
    expect(await startSecondFactor({ viewer, headers, password: 'not the password' })).toEqual({
      allowed: false,
      because: 'wrong-password',
    })
    expect(await findSecondFactor(viewer.personId)).toEqual({ state: 'off' })
    expect(await startSecondFactor({ viewer, headers, password })).toEqual({ allowed: true })
    expect(await turnOnSecondFactor({ viewer, headers, code: '000000' })).toEqual({
      allowed: false,
      because: 'wrong-code',
    })
    expect((await signInAs(email)).allowed).toBe(true)
  })

  test('once on, a password alone opens nothing; the code does, once', async () => {
    const { email, key, viewer } = await withCodeApp()
    expect(viewer.strong).toBe(true)
    const asked = await signInAs(email)
    expect(asked.allowed).toBe('second-factor')
    expect(await findSession(jar(asked.cookies))).toBeUndefined()
    expect(await answerWith(jar(asked.cookies), '000000')).toEqual({ allowed: false, because: 'wrong' })
    const code = totpCode(key)
    const [one, other] = [await signInAs(email), await signInAs(email)]
    const opened = await answerWith(jar(one.cookies), code)
    if (!opened.allowed) throw new Error(opened.because)
    expect((await viewerBehind(jar(one.cookies, opened.cookies))).strong).toBe(true)
    expect(await answerWith(jar(other.cookies), code)).toEqual({ allowed: false, because: 'asked-anew' })
  })

  test('the session that a browser brought is over once a code is asked for', async () => {
    const planter = await aPerson()
    const { email, key } = await withCodeApp()
    const asked = await signInAs(email, planter.headers)
    expect(await findSession(planter.headers)).toBeUndefined()
    const opened = await answerWith(jar(asked.cookies), totpCode(key))
    if (!opened.allowed) throw new Error(opened.because)
    expect((await findSession(jar(opened.cookies)))?.login.email).toBe(email)
  })

  test('of many who send the same code at once, one gets in', async () => {
    const { email, key } = await withCodeApp()
    const code = totpCode(key)
    const asked = await Promise.all([1, 2, 3, 4].map(() => signInAs(email)))
    const answers = await Promise.all(asked.map(({ cookies }) => answerWith(jar(cookies), code)))
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(1)
  })

  test('wrong codes are counted for the account, over every question', async () => {
    const { email, key } = await withCodeApp()
    const because = []
    for (let tries = 0; tries < 11; tries += 1) {
      const { cookies } = await signInAs(email)
      const answer = await answerWith(jar(cookies), '000000')
      because.push(answer.allowed || answer.because)
    }
    expect(because.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'wrong'))
    expect(because[10]).toBe('locked')
    const { cookies } = await signInAs(email)
    expect(await answerWith(jar(cookies), totpCode(key))).toEqual({ allowed: false, because: 'locked' })
  })

  test('a browser that is trusted is not asked again, and is when the app was off and on', async () => {
    const { email, key } = await withCodeApp()
    const asked = await signInAs(email)
    const opened = await answerWith(jar(asked.cookies), totpCode(key), 'totp', true)
    if (!opened.allowed) throw new Error(opened.because)
    const browser = jar(asked.cookies, opened.cookies)
    const again = await signInAs(email, browser)
    expect(again.allowed).toBe(true)
    expect((await viewerBehind(jar(again.cookies))).strong).toBe(true)
    expect((await signInAs(email)).allowed).toBe('second-factor')
    const viewer = await viewerBehind(jar(again.cookies))
    await turnOffSecondFactor({ viewer, headers: browser })
    expect((await signInAs(email)).allowed).toBe(true)
    const { rows } = await db.owner.query('select from caveat_auth.verification where value = $1', [viewer.personId])
    expect(rows).toHaveLength(0)
  })
})

describe('recovery codes', () => {
  test('are shown to the one browser that was given them, and kept as hashes', async () => {
    const { cookies, viewer } = await withCodeApp()
    const codes = readRecoveryCodes(jar(cookies), viewer.personId) ?? []
    expect(codes).toHaveLength(10)
    expect(new Set(codes).size).toBe(10)
    expect(readRecoveryCodes(jar(cookies), crypto.randomUUID())).toBeUndefined()
    expect(readRecoveryCodes(new Headers({ cookie: 'caveat-recovery-codes=AAAA' }), viewer.personId)).toBeUndefined()
    const { rows } = await db.owner.query('select * from caveat_auth.two_factor where user_id = $1', [viewer.personId])
    const stored = JSON.stringify(rows).toLowerCase()
    for (const code of codes) expect(stored).not.toContain(code.replaceAll('-', ''))
    for (const code of codes) expect(stored).not.toContain(code)
  })

  test('each opens one session, however it is typed, and is counted', async () => {
    const { cookies, viewer, email } = await withCodeApp()
    const [code = ''] = readRecoveryCodes(jar(cookies), viewer.personId) ?? []
    const asked = await signInAs(email)
    const opened = await answerWith(jar(asked.cookies), code.toUpperCase().replaceAll('-', ' '), 'recovery')
    expect(opened.allowed).toBe(true)
    expect(await findSecondFactor(viewer.personId)).toEqual({ state: 'on', recoveryCodesLeft: 9 })
    const again = await signInAs(email)
    expect(await answerWith(jar(again.cookies), code, 'recovery')).toEqual({ allowed: false, because: 'wrong' })
    expect((await accountDuties(db.owner)).map(({ facts }) => 'what' in facts && facts.what)).toContain(
      'recovery-code-used',
    )
  })

  test('of two who use the same one at once, one gets in', async () => {
    const { cookies, viewer, email } = await withCodeApp()
    const [code = ''] = readRecoveryCodes(jar(cookies), viewer.personId) ?? []
    const asked = [await signInAs(email), await signInAs(email)]
    const answers = await Promise.allSettled(asked.map((each) => answerWith(jar(each.cookies), code, 'recovery')))
    const opened = answers.filter((each) => each.status === 'fulfilled' && each.value.allowed)
    expect(opened).toHaveLength(1)
    expect(answers.filter((each) => each.status === 'rejected')).toEqual([])
  })

  test('new ones put the old ones out of use', async () => {
    const { cookies, viewer, email, headers } = await withCodeApp()
    const [old = ''] = readRecoveryCodes(jar(cookies), viewer.personId) ?? []
    const renewed = await replaceRecoveryCodes({ viewer, headers })
    const [fresh = ''] = readRecoveryCodes(jar(renewed), viewer.personId) ?? []
    const first = await signInAs(email)
    expect(await answerWith(jar(first.cookies), old, 'recovery')).toEqual({ allowed: false, because: 'wrong' })
    const second = await signInAs(email)
    expect((await answerWith(jar(second.cookies), fresh, 'recovery')).allowed).toBe(true)
  })
})

describe('whoever signs in is told', () => {
  test('from a browser that is new to the account, and not from a known one', async () => {
    const { email, device } = await aPerson()
    await signInAs(email, jar(device))
    const duties = await accountDuties(db.owner)
    expect(duties).toMatchObject([
      {
        kind: 'new-sign-in',
        address: email,
        locale: 'ja',
        facts: { name: 'Mika Sato', zone: 'Asia/Tokyo', browser: null },
      },
    ])
  })

  test('and "this was not me" ends every session, forgets trusted browsers and leads to another password', async () => {
    const { email, headers } = await aPerson()
    const [duty] = await accountDuties(db.owner)
    const token = tokenIn(duty)
    expect(await findDenial(token)).toEqual({ undo: null })
    expect(await findSession(headers)).toBeDefined()
    const denied = await denySignIn(token, email)
    expect(denied).toMatchObject({ allowed: true, resetToken: expect.any(String) })
    expect(await findSession(headers)).toBeUndefined()
    expect(await denySignIn(token, email)).toEqual({ allowed: false, because: 'stale-link' })
    expect(await findDenial('made up')).toBeUndefined()
  })

  test('"this was not me" takes back a code app that a stranger turned on, and no other protection', async () => {
    const { email, viewer } = await withCodeApp()
    const duties = await accountDuties(db.owner)
    const [signIn, on] = duties
    expect(duties.map(({ kind }) => kind)).toEqual(['new-sign-in', 'account-changed'])
    await denySignIn(tokenIn(signIn), email)
    expect(await findSecondFactor(viewer.personId)).toMatchObject({ state: 'on' })
    await denySignIn(tokenIn(on), email)
    expect(await findSecondFactor(viewer.personId)).toEqual({ state: 'off' })
    expect(await findPersonId(email)).toBe(viewer.personId)
  })
})
