import { expect, test } from 'vitest'

import { contactForm, factForm, vendorNamesForm, verifyContactForm, verifyOrganisationForm } from './forms.ts'

const typed = { channel: 'email', address: ' Legal@Northlight.Example ', purpose: 'legal_notices', locale: 'ja' }

test('an address is kept in small letters, without blanks; a region in capitals', () => {
  const contact = contactForm.parse({ ...typed, country: 'US', region: 'ca', timeZone: 'America/Los_Angeles' })
  expect(contact).toMatchObject({ address: 'legal@northlight.example', country: 'US', region: 'CA' })
})

test('country, region and time zone may come later', () => {
  expect(contactForm.parse(typed)).toEqual({ ...typed, address: 'legal@northlight.example' })
  expect(verifyContactForm.parse({ how: 'telephone call' })).toEqual({ how: 'telephone call' })
})

test.each([
  [{ ...typed, address: 'legal' }, 'address'],
  [{ ...typed, address: 'a@x.example, b@x.example' }, 'address'],
  [{ ...typed, channel: 'web_form', address: 'http://northlight.example/form' }, 'address'],
  [{ ...typed, channel: 'web_form', address: 'https://user:word@northlight.example/form' }, 'address'],
  [{ ...typed, channel: 'api', address: 'javascript:alert(1)' }, 'address'],
  [{ ...typed, channel: 'post', address: 'Tokyo' }, 'address'],
  [{ ...typed, channel: 'pigeon' }, 'channel'],
  [{ ...typed, country: 'Japan' }, 'country'],
  [{ ...typed, region: 'Kanto!' }, 'region'],
  [{ ...typed, timeZone: 'Tokyo' }, 'timeZone'],
])('the contact %j is refused at %s', (value, field) => {
  expect(contactForm.safeParse(value).error?.issues.map(({ path }) => path[0])).toEqual([field])
})

test('a fact has a source with both page and day, or none', () => {
  expect(factForm.parse({ kind: 'model', value: 'Aurora 2' })).toEqual({
    kind: 'model',
    value: 'Aurora 2',
    note: null,
    source: null,
  })
  const source = { url: 'https://northlight.example/models', on: '2026-11-20' }
  expect(
    factForm.parse({
      kind: 'crawler',
      value: 'NorthBot',
      purpose: 'training',
      sourceUrl: source.url,
      sourceOn: source.on,
    }),
  ).toEqual({
    kind: 'crawler',
    value: 'NorthBot',
    note: 'training',
    source,
  })
  expect(factForm.parse({ kind: 'country', value: 'jp' })).toMatchObject({ value: 'JP' })
})

test.each([
  [{ kind: 'model', value: 'X', sourceUrl: 'https://x.example' }, 'sourceOn'],
  [{ kind: 'model', value: 'X', sourceOn: '2026-11-20' }, 'sourceUrl'],
  [{ kind: 'model', value: 'X', sourceUrl: 'javascript:alert(1)', sourceOn: '2026-11-20' }, 'sourceUrl'],
  [{ kind: 'model', value: 'X', sourceUrl: 'https://x.example', sourceOn: '20 Nov' }, 'sourceOn'],
  [{ kind: 'country', value: 'Japan' }, 'value'],
  [{ kind: 'website', value: 'javascript:alert(1)' }, 'value'],
  [{ kind: 'model', value: ' ' }, 'value'],
  [{ kind: 'contact', value: 'a@x.example' }, 'kind'],
])('the fact %j is refused at %s', (value, field) => {
  expect(factForm.safeParse(value).error?.issues.map(({ path }) => path[0])).toEqual([field])
})

test('a field left empty is asked for in words, whether it arrives empty or not at all', () => {
  const messages = [
    ...[verifyOrganisationForm, verifyContactForm].flatMap((form) => [
      form.safeParse({}),
      form.safeParse({ how: ' ' }),
    ]),
    vendorNamesForm.safeParse({}),
    factForm.safeParse({ kind: 'model' }),
    factForm.safeParse({ kind: 'model', value: 'X', sourceOn: '2026-11-20' }),
    contactForm.safeParse({ purpose: 'licensing', channel: 'email' }),
    contactForm.safeParse({ address: 'a@x.example' }),
  ].flatMap(({ error }) => error?.issues.map(({ message }) => message) ?? ['nothing is wrong'])
  expect(messages).toHaveLength(10)
  expect(messages.filter((message) => /Invalid|expected|nothing is wrong/.test(message))).toEqual([])
})
