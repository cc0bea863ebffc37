import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import {
  chooseContact,
  contactHealth,
  contactPurposes,
  contactChannels,
  mayVerify,
  whyNoContact,
  type ContactFacts,
} from './contact.ts'

const at = (day: number) => new Date(Date.UTC(2026, 10, day))
const working: ContactFacts = {
  purpose: 'legal_notices',
  channel: 'email',
  country: 'JP',
  timeZone: 'Asia/Tokyo',
  verifiedAt: at(1),
  retiredAt: null,
  lastDeliveredAt: null,
  lastFailedAt: null,
}

test.each<[string, Partial<ContactFacts>, ReturnType<typeof contactHealth>]>([
  ['verified, never written to', {}, { working: true }],
  ['delivered', { lastDeliveredAt: at(2) }, { working: true }],
  ['failed, then delivered', { lastFailedAt: at(2), lastDeliveredAt: at(3) }, { working: true }],
  [
    'delivered, then failed',
    { lastFailedAt: at(3), lastDeliveredAt: at(2) },
    { working: false, because: 'last-send-failed' },
  ],
  [
    'failed at the same instant',
    { lastFailedAt: at(3), lastDeliveredAt: at(3) },
    { working: false, because: 'last-send-failed' },
  ],
  ['failed', { lastFailedAt: at(3) }, { working: false, because: 'last-send-failed' }],
  ['a web form', { channel: 'web_form' }, { working: false, because: 'no-email' }],
  ['by post', { channel: 'post' }, { working: false, because: 'no-email' }],
  ['an API', { channel: 'api' }, { working: false, because: 'no-email' }],
  ['not verified', { verifiedAt: null }, { working: false, because: 'not-verified' }],
  ['retired', { retiredAt: at(4) }, { working: false, because: 'retired' }],
  ['retired and never verified', { retiredAt: at(4), verifiedAt: null }, { working: false, because: 'retired' }],
])('a contact that is %s', (_, change, health) => {
  expect(contactHealth({ ...working, ...change })).toEqual(health)
})

test.each<[string, Partial<ContactFacts>, ReturnType<typeof mayVerify>]>([
  ['all that the clocks need', {}, { allowed: true }],
  ['no country', { country: null }, { allowed: false, because: 'country-missing' }],
  ['no time zone', { timeZone: null }, { allowed: false, because: 'time-zone-missing' }],
  ['been retired', { retiredAt: at(2) }, { allowed: false, because: 'retired' }],
  ['been verified', { verifiedAt: at(2) }, { allowed: false, because: 'already-verified' }],
])('verifying a contact that has %s', (_, change, verdict) => {
  expect(mayVerify({ ...working, verifiedAt: null, ...change })).toEqual(verdict)
})

test('a takedown goes to the takedown contact, and to legal notices when that one fails', () => {
  const takedown = { ...working, purpose: 'takedown' as const }
  expect(chooseContact([working, takedown], 'takedown')).toBe(takedown)
  expect(chooseContact([working, takedown], 'exclusion')).toBe(working)
  expect(chooseContact([working, { ...takedown, lastFailedAt: at(5) }], 'takedown')).toBe(working)
  expect(chooseContact([takedown], 'exclusion')).toBeNull()
})

test('of two that work, the one verified first is written to', () => {
  const later = { ...working, verifiedAt: at(9) }
  expect(chooseContact([later, working], 'exclusion')).toBe(working)
})

test.each<[string, ContactFacts[], ReturnType<typeof whyNoContact>]>([
  ['one works', [working], null],
  ['nobody is known', [], 'none'],
  ['only licensing is known', [{ ...working, purpose: 'licensing' }], 'none'],
  ['one is not verified', [{ ...working, verifiedAt: null }], 'not-verified'],
  [
    'one is retired, one bounced',
    [
      { ...working, retiredAt: at(2) },
      { ...working, lastFailedAt: at(2) },
    ],
    'last-send-failed',
  ],
])('why a notice cannot go when %s', (_, contacts, why) => {
  expect(whyNoContact(contacts, 'exclusion')).toBe(why)
})

test('what is chosen works, and nothing is chosen only when nothing works', () => {
  const day = fc.option(fc.date({ noInvalidDate: true, min: at(1), max: at(20) }))
  const contact = fc.record<ContactFacts>({
    purpose: fc.constantFrom(...contactPurposes),
    channel: fc.constantFrom(...contactChannels),
    country: fc.constantFrom('JP', null),
    timeZone: fc.constantFrom('Asia/Tokyo', null),
    verifiedAt: day,
    retiredAt: day,
    lastDeliveredAt: day,
    lastFailedAt: day,
  })
  const kind = fc.constantFrom('exclusion' as const, 'cease_and_desist' as const, 'takedown' as const)
  const property = fc.check(
    fc.property(fc.array(contact, { maxLength: 6 }), kind, (contacts, each) => {
      const chosen = chooseContact(contacts, each)
      return chosen === null
        ? whyNoContact(contacts, each) !== null
        : contactHealth(chosen).working && whyNoContact(contacts, each) === null
    }),
  )
  expect(property.counterexample).toBeNull()
})
