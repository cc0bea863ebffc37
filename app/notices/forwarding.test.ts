import { expect, test } from 'vitest'
import { forwardAddressSchema, judgeForward, mostForwardsPerDay } from './forwarding.ts'

test.each([
  ['legal@vendor.co.jp', 'ai@legal.vendor.co.jp'],
  ['legal@eu.vendor.example', 'press@vendor.example'],
  ['legal@vendor.test', 'b@eu.vendor.test'],
  ['Legal@Vendor.com', 'ai@VENDOR.com'],
])('%s may pass on to %s', (own, to) => {
  expect(judgeForward({ own, to, recent: 0 })).toEqual({ allowed: true })
})

test.each([
  ['another company', 'a@vendor.co.jp', 'b@other.co.jp'],
  ['a suffix that many share', 'a@one.co.jp', 'b@co.jp'],
  ['a private suffix', 'a@one.github.io', 'b@two.github.io'],
  ['a mailbox provider', 'a@gmail.com', 'b@gmail.com'],
  ['a look-alike', 'a@vendor.com', 'b@vendor.com.evil.com'],
  ['a longer name', 'a@vendor.com', 'b@notvendor.com'],
  ['an address literal', 'a@[192.0.2.1]', 'b@[192.0.2.1]'],
  ['a bare host', 'a@localhost', 'b@localhost'],
  ['no known address', '', 'b@vendor.com'],
])('%s waits for the holder', (_name, own, to) => {
  expect(judgeForward({ own, to, recent: 0 })).toEqual({ allowed: false, because: 'holder-must-confirm' })
})

test('not to itself, and not again and again', () => {
  expect(judgeForward({ own: 'a@vendor.com', to: 'A@vendor.com', recent: 0 })).toMatchObject({
    because: 'same-address',
  })
  expect(judgeForward({ own: 'a@vendor.com', to: 'b@vendor.com', recent: mostForwardsPerDay })).toMatchObject({
    because: 'too-often',
  })
})

test.each([
  '',
  'a',
  'a@b',
  'a b@vendor.com',
  'a@vendor.com, b@vendor.com',
  'a@vendor.com\nbcc: b@vendor.com',
  `${'a'.repeat(250)}@vendor.com`,
])('%j is no address', (typed) => {
  expect(forwardAddressSchema.safeParse(typed).success).toBe(false)
})
