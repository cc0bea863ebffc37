import { expect, test } from 'vitest'
import { comesFromOurPages } from './origin.ts'

const own = 'https://caveat.example'
const headers = (all: Record<string, string>) => new Headers(all)

test.for([
  ['GET', {}, true],
  ['HEAD', { origin: 'https://evil.example' }, true],
  ['POST', { origin: own }, true],
  ['POST', { origin: own, 'sec-fetch-site': 'same-origin' }, true],
  ['POST', { 'sec-fetch-site': 'same-origin' }, true],
  ['POST', {}, false],
  ['POST', { origin: 'null' }, false],
  ['POST', { origin: 'null', 'sec-fetch-site': 'same-origin' }, false],
  ['POST', { origin: 'https://evil.example' }, false],
  ['POST', { origin: 'http://caveat.example' }, false],
  ['POST', { origin: 'https://caveat.example.evil.example' }, false],
  ['POST', { origin: 'https://sub.caveat.example' }, false],
  ['POST', { 'sec-fetch-site': 'same-site' }, false],
  ['POST', { 'sec-fetch-site': 'cross-site' }, false],
  ['PUT', {}, false],
  ['DELETE', { origin: 'https://evil.example' }, false],
] as const)('%s with %j may change something: %s', ([method, given, may]) => {
  expect(comesFromOurPages(method, headers(given), own)).toBe(may)
})
