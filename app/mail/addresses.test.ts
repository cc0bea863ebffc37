import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base32, parseReturnAddress, returnAddress, sealLength } from './addresses.ts'

const seal = '0123456789abcdefghjkmn'
const domain = 'reply.caveat.test'

test('an address is read as it was written, in any case', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.constantFrom('reply', 'bounce'), fc.boolean(), (mailId, kind, upper) => {
      const address = returnAddress({ kind, mailId, seal }, domain)
      expect(parseReturnAddress(upper ? address.toUpperCase() : address, domain)).toEqual({ kind, mailId, seal })
    }),
  )
})

test('what stands before the @ is within the 64 octets of RFC 5321', () => {
  const address = returnAddress({ kind: 'reply', mailId: 'ffffffff-ffff-ffff-ffff-ffffffffffff', seal }, domain)
  expect(address.split('@')[0]).toHaveLength(51)
})

test.each([
  ['', 'nothing'],
  ['studio@reply.caveat.test', 'no address of the grammar'],
  [`n-7zzzzzzzzzzzzzzzzzzzzzzzzz-${seal}@other.test`, 'another domain'],
  [`n-7zzzzzzzzzzzzzzzzzzzzzzzzz-${seal}@reply.caveat.test.evil.test`, 'a longer domain'],
  [`n-8zzzzzzzzzzzzzzzzzzzzzzzzz-${seal}@${domain}`, 'an id of more than 128 bits'],
  [`n-7zzzzzzzzzzzzzzzzzzzzzzzzz-${seal}0@${domain}`, 'a longer seal'],
  [`x-7zzzzzzzzzzzzzzzzzzzzzzzzz-${seal}@${domain}`, 'another letter'],
  [`"n-7zzzzzzzzzzzzzzzzzzzzzzzzz-${seal}"@${domain}`, 'a quoted local part'],
])('%s is refused: %s', (address) => {
  expect(parseReturnAddress(address, domain)).toBeNull()
})

test('no text throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(() => parseReturnAddress(`${text}@${domain}`, domain)).not.toThrow()
    }),
  )
})

test('a seal is cut from base 32 of a hash', () => {
  expect(base32(new Uint8Array(32)).slice(0, sealLength)).toBe('0'.repeat(sealLength))
  expect(base32(Uint8Array.of(255, 255, 255, 255, 255))).toBe('zzzzzzzz')
})
