import { assert, constantFrom, integer, property, uint8Array } from 'fast-check'
import { expect, test } from 'vitest'
import { m } from '#app/generated/messages/messages.js'
import { overwriteGetLocale } from '#app/generated/messages/runtime.js'
import { letterLocales } from './legal-bases/basis.ts'
import { makeReference, parseReference } from './reference.ts'
import { verifyForm } from './verify-form.ts'

const alphabet = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ')
const random = uint8Array({ minLength: 5, maxLength: 5 })

test.each([
  [[0, 0, 0, 0, 0], 'CAV-0000-0000'],
  [[255, 255, 255, 255, 255], 'CAV-ZZZZ-ZZZ7'],
])('bytes %j make %s', (bytes, reference) => {
  expect(makeReference('CAV', Uint8Array.from(bytes))).toBe(reference)
})

test('a reference checked by hand fits', () => {
  // 7H3K9Q2 doubled from the right: 4 + 23 + 18 + 19 + 6 + 17 + 14 = 101, and 101 + 27 (V) is 4 times 32.
  expect(parseReference('CAV-7H3K-9Q2V')).toEqual({ prefix: 'CAV', reference: 'CAV-7H3K-9Q2V' })
})

test.each([[4], [6]])('refuses %i bytes', (length) => {
  expect(() => makeReference('CAV', new Uint8Array(length))).toThrow(RangeError)
})

test('what is made is understood, however it is typed', () => {
  assert(
    property(random, constantFrom('CAV' as const, 'FIL' as const), (bytes, prefix) => {
      const reference = makeReference(prefix, bytes)
      expect(reference).toMatch(/^(CAV|FIL)-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/u)
      const [, four = '', rest = ''] = reference.split('-')
      const misread = `${four}${rest}`.replaceAll('0', 'o').replaceAll('1', 'l')
      for (const typed of [
        reference,
        reference.toLowerCase(),
        ` ${reference.replaceAll('-', ' ')} `,
        reference.replaceAll('-', ''),
        reference.replaceAll('-', '‐'),
        `${prefix}${misread}`,
        `${prefix}-${misread.replaceAll('l', 'I')}`,
      ])
        expect(parseReference(typed)).toEqual({ prefix, reference })
      expect(parseReference(`${four} ${rest}`, prefix)).toEqual({ prefix, reference })
      expect(parseReference(`${reference}/3`)).toEqual({ prefix, reference, annex: 3 })
    }),
  )
})

test('full-width typing of a Japanese keyboard is understood', () => {
  const reference = makeReference('CAV', Uint8Array.from([1, 2, 3, 4, 5]))
  const wide = Array.from(reference).map((char) =>
    char === '-' ? '－' : String.fromCodePoint((char.codePointAt(0) ?? 0) + 0xfee0),
  )
  expect(parseReference(wide.join(''))?.reference).toBe(reference)
})

test('one misread character is always caught', () => {
  assert(
    property(random, integer({ min: 0, max: 7 }), constantFrom(...alphabet), (bytes, at, char) => {
      const body = makeReference('CAV', bytes).slice(4).replace('-', '')
      const wrong = body.slice(0, at) + char + body.slice(at + 1)
      expect(parseReference(`CAV${wrong}`) === undefined).toBe(wrong !== body)
    }),
    { numRuns: 2000 },
  )
})

test.each([
  '',
  'CAV',
  'CAV-0000-000',
  'CAV-0000-00000',
  'CAV-0000-000U',
  'CAV-0000-0001',
  'XYZ-0000-0000',
  'CAV-0000-0000/0',
  'CAV-0000-0000/1/2',
  'CAV-0000-0000/x',
])('%j is no reference', (typed) => {
  expect(parseReference(typed)).toBeUndefined()
})

test.each(letterLocales)(
  'what the page for checking a notice gives as examples in %s is understood there',
  (locale) => {
    overwriteGetLocale(() => locale)
    const [reference] = /CAV-\w{4}-\w{4}/u.exec(m.public_verify_reference_help()) ?? []
    const [code] = /\w{4}-\w{4}/u.exec(m.public_verify_code_help()) ?? []
    expect(verifyForm.safeParse({ reference, code })).toMatchObject({ success: true })
  },
)
