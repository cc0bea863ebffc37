import { array, assert, constantFrom, domain, emailAddress, oneof, property, string, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'

import { withLocale } from '#app/platform/locale.server.ts'
import { normalAddress } from './address.ts'
import {
  changePasswordForm,
  confirmAddressForm,
  forgotPasswordForm,
  inviteForm,
  joinForm,
  personForm,
  resetPasswordForm,
  roleForm,
  safePath,
  signInForm,
  signUpForm,
} from './forms.ts'
import { localeFor } from './language.ts'
import { nameField } from './names.ts'
import { foundingForm, organisationForm, sendingForm } from './organisation.ts'
import { isGuessable } from './passwords.ts'

const accepts = (name: string) => nameField().safeParse(name)

describe('addresses', () => {
  test.each([
    ['Mika.Sato@Example.COM ', 'mika.sato@example.com'],
    ["o'neil+caveat@sub.example.co.uk", "o'neil+caveat@sub.example.co.uk"],
    ['sato@日本語.jp', 'sato@xn--wgv71a119e.jp'],
    ['studio@demo.test', 'studio@demo.test'],
  ])('%j is the address %j', (typed, normal) => {
    expect(normalAddress(typed)).toBe(normal)
  })

  test.each([
    '',
    'plain',
    '@example.com',
    'a@',
    'a@b',
    'a@@b.com',
    'a@b.com@c.com',
    '"a b"@example.com',
    'a b@example.com',
    'a@exa mple.com',
    'a@[127.0.0.1]',
    'a@127.0.0.1',
    'a@::1',
    'a@example.com\r\nBcc: b@example.com',
    'a@example.com,b@example.com',
    'a@example.com/x',
    'a@example.com:25',
    'a@-example.com',
    '.a@example.com',
    'a..b@example.com',
    'a@example.com>',
    '<a@example.com>',
    'a@evil.com#@example.com',
    'ａ@example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(64)}.com`,
  ])('%j is none', (typed) => {
    expect(normalAddress(typed)).toBeUndefined()
  })

  test.each(['r&d@example.com', 'a/b@example.com', 'иван@example.com', 'ivan@пример.рф'])(
    '%j is no address to sign in with, and that is said before it is used',
    (email) => {
      for (const form of [forgotPasswordForm, inviteForm])
        expect(form.safeParse({ email, role: 'viewer' }).success).toBe(false)
      const signUp = signUpForm.safeParse({ name: 'Ivan', email, password: 'several words in a row' })
      expect(signUp.error?.issues.map(({ path }) => path)).toEqual([['email']])
    },
  )

  test('whatever is typed, an address has one @, no white space and is its own normal form', () => {
    assert(
      property(
        oneof(
          string({ unit: 'binary' }),
          emailAddress(),
          tuple(string(), domain()).map((parts) => parts.join('@')),
        ),
        (typed) => {
          const address = normalAddress(typed)
          if (address === undefined) return
          expect(address).toMatch(/^[!-?A-~]+@[a-z0-9.-]+$/)
          expect(normalAddress(address)).toBe(address)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('names', () => {
  test.each([
    'Kenji Ono',
    '小野 健二',
    "Siobhán O'Brien-Smith",
    'Åsa',
    'José María',
    'Studio 4°C',
    '株式会社スタジオ・デモ（東京）',
    'Jr. & Sons, Ltd.',
  ])('%j is a name', (name) => {
    expect(accepts(name)).toMatchObject({ success: true, data: name.normalize('NFC') })
  })

  test.each([
    'A\r\nBcc: b@example.com',
    'A\nB',
    'A\u2028B',
    'A <a@example.com>',
    '"A" B',
    'see https://evil.example',
    'www.evil.example',
    'a@example.com',
    'gpj\u202Eexe',
    'a\u200Bb',
    'A\u0000',
    '   ',
    '---',
    'x'.repeat(121),
  ])('%j is none', (name) => {
    expect(accepts(name).success).toBe(false)
  })

  test('a missing name is an error at its field', () => {
    expect(
      signUpForm.safeParse({ email: 'a@example.com', password: 'long enough words' }).error?.issues[0]?.path,
    ).toEqual(['name'])
  })
})

describe('passwords', () => {
  test.each([
    'password2026',
    'Passw0rd!2026',
    '123456789012',
    'qwertyuiop12',
    'aaaaaaaaaaaa',
    'caveat-caveat',
    'abababababab',
    'Welcome12345!',
    'iloveyou1234',
    '987654321098',
  ])('%j is guessable', (password) => {
    expect(isGuessable(password)).toBe(true)
  })

  test.each(['correct horse battery', 'k7#Qz!v9Lm2@', 'たぬきと月夜の散歩みち', '490218375566', 'ledger pencil otter'])(
    '%j is not',
    (password) => {
      expect(isGuessable(password)).toBe(false)
    },
  )

  test('the own name and address make a poor password', () => {
    expect(isGuessable('mika.sato.1985', ['Mika Sato', 'mika.sato@example.com'])).toBe(true)
    const form = { name: 'Mika Sato', email: 'mika@studio.example', password: 'MikaSato2026' }
    expect(signUpForm.safeParse(form).error?.issues.map(({ path }) => path)).toEqual([['password']])
  })
})

describe('every form', () => {
  const forms = {
    changePasswordForm,
    confirmAddressForm,
    forgotPasswordForm,
    foundingForm,
    inviteForm,
    joinForm,
    organisationForm,
    personForm,
    resetPasswordForm,
    roleForm,
    sendingForm,
    signInForm,
    signUpForm,
  }
  test.each(Object.entries(forms))("%s says in the reader's language what is missing", (_, form) => {
    // What a form without a token or an id says is read by nobody: our pages always send them.
    const issues = withLocale('ja', () => form.safeParse({}).error?.issues ?? [])
    const read = issues.filter(({ path }) => path[0] !== 'token' && path[0] !== 'personId')
    expect(read.filter(({ message }) => !/[ぁ-ん]/u.test(message))).toEqual([])
    expect(read.length).toBeGreaterThan(0)
  })
})

describe('language and paths', () => {
  test.each([
    ['ja', 'en-GB', 'ja'],
    [undefined, 'ja,en;q=0.5', 'ja'],
    [undefined, 'de, en;q=0.4, ja;q=0.8', 'ja'],
    [undefined, 'fr;q=0.9, *;q=0.1', 'en'],
    [undefined, null, 'en'],
    ['xx', 'ja;q=0', 'en'],
  ])('cookie %j and browser %j speak %s', (cookie, acceptLanguage, locale) => {
    expect(localeFor({ cookie, acceptLanguage })).toBe(locale)
  })

  test.each([
    ['/team?x=1', '/team?x=1'],
    ['/', '/'],
    ['//evil.example', '/home'],
    [String.raw`/\evil.example`, '/home'],
    ['https://evil.example', '/home'],
    ['/%2F/evil', '/%2F/evil'],
    ['/\t/evil.example', '/home'],
    ['javascript:alert(1)', '/home'],
    ['/.//evil.example', '/home'],
    ['/..//evil.example/x', '/home'],
    ['/team/..//evil.example', '/home'],
    ['/%2e%2E//evil.example', '/home'],
    ['/team/../notices?x=//evil.example', '/notices?x=//evil.example'],
    [null, '/home'],
  ])('%j leads to %j', (path, safe) => {
    expect(safePath(path, '/home')).toBe(safe)
  })

  test('no path leads to another host', () => {
    const part = constantFrom(
      '/',
      '//',
      '.',
      '..',
      '%2e',
      '%2f',
      '%5c',
      '\\',
      '?',
      '#',
      '@',
      ':',
      'evil.example',
      '\t',
      ' ',
      '／',
      '．',
    )
    assert(
      property(array(part, { maxLength: 8 }), (parts) => {
        const safe = safePath(`/${parts.join('')}`, '/home')
        expect(new URL(safe, 'https://portal.example').origin).toBe('https://portal.example')
      }),
      { numRuns: 2000 },
    )
  })

  test('an appearance or shortcut that nobody offers is refused', () => {
    const form = { name: 'Mika', locale: 'ja', timeZone: 'Asia/Tokyo' }
    expect(personForm.parse(form)).toMatchObject({ theme: 'system', shortcuts: false })
    expect(personForm.safeParse({ ...form, theme: 'pink' }).success).toBe(false)
  })
})
