import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalLocation } from './locations.ts'

// The first ten are facts of the Safe Browsing canonicalisation vectors (Google), the rest are ours.
test.for([
  ['http://www.google.com/blah/..', 'http://www.google.com/'],
  ['www.google.com/', 'http://www.google.com/'],
  ['http://www.evil.com/blah#frag', 'http://www.evil.com/blah'],
  ['http://www.GOOgle.com/', 'http://www.google.com/'],
  ['http://www.google.com.../', 'http://www.google.com/'],
  ['http://www.google.com/foo\tbar\rbaz\n2', 'http://www.google.com/foobarbaz2'],
  ['http://www.google.com/q?r?s', 'http://www.google.com/q?r?s'],
  ['http://host.com/ab%23cd', 'http://host.com/ab%23cd'],
  ['http://host.com//twoslashes?more//slashes', 'http://host.com/twoslashes?more//slashes'],
  ['http://3279880203/blah', 'http://195.127.0.11/blah'],
  ['https://user:pass@Example.com:443/a%2525b', 'https://example.com/a%25b'],
  ['https://example.com/a%252e%252e/b', 'https://example.com/a../b'],
  ['https://example.com/x/%252e%252e/b', 'https://example.com/b'],
  ['https://example.com/p?utm_source=x&b=2&a=1&gclid=9', 'https://example.com/p?b=2&a=1'],
  ['https://例え.jp/作品', 'https://xn--r8jz45g.jp/%E4%BD%9C%E5%93%81'],
  ['https://example.com/A/www/../B', 'https://example.com/A/B'],
  ['example.com:8080/x', 'http://example.com:8080/x'],
] as const)('%j is %j', ([raw, url]) => {
  expect(canonicalLocation(raw)?.url).toBe(url)
})

test('a star makes a prefix and a bare name a domain', () => {
  expect(canonicalLocation('https://example.com/photos/*')).toMatchObject({
    kind: 'prefix',
    key: 'example.com/photos/',
  })
  expect(canonicalLocation('example.co.jp')).toMatchObject({ kind: 'domain', key: 'example.co.jp/' })
  expect(canonicalLocation('https://example.com/photos')).toMatchObject({ kind: 'exact' })
})

test('http and https have one key', () => {
  expect(canonicalLocation('http://example.com/a')?.key).toBe(canonicalLocation('https://example.com/a')?.key)
})

test.for([
  '',
  'not an address',
  'javascript:alert(1)',
  'mailto:a@example.com',
  'ftp://example.com/',
  'http://',
  'localhost',
])('%j is no location', (raw) => {
  expect(canonicalLocation(raw)).toBeUndefined()
})

test('a normal form is its own normal form', () => {
  fc.assert(
    fc.property(
      fc.webUrl({ withQueryParameters: true, withFragments: true, validSchemes: ['http', 'https'] }),
      (raw) => {
        const once = canonicalLocation(raw)
        if (once === undefined || once.kind === 'domain') return
        expect(canonicalLocation(once.url)?.url).toBe(once.url)
      },
    ),
    { numRuns: 2000 },
  )
})
