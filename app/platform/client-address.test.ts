import { expect, test } from 'vitest'
import { clientAddress, countedAs } from './client-address.server.ts'
import { parseEnvironment } from './env.server.ts'

const trustedProxies = ['10.0.0.0/8', '192.0.2.7', '2001:db8::/32']

test.each([
  ['198.51.100.1', undefined, '198.51.100.1'],
  // Whoever is no proxy of ours writes what they like.
  ['198.51.100.1', '203.0.113.9', '198.51.100.1'],
  ['10.1.2.3', '203.0.113.9', '203.0.113.9'],
  ['10.1.2.3', '1.2.3.4, 203.0.113.9', '203.0.113.9'],
  ['10.1.2.3', '1.2.3.4, 203.0.113.9, 192.0.2.7', '203.0.113.9'],
  ['::ffff:10.1.2.3', '203.0.113.9', '203.0.113.9'],
  ['2001:db8::1', '2a00:1450::5', '2a00:1450::5'],
  ['10.1.2.3', 'unknown', '10.1.2.3'],
  ['10.1.2.3', '203.0.113.9, <script>', '10.1.2.3'],
  ['10.1.2.3', '10.9.9.9', '10.9.9.9'],
  ['10.1.2.3', '', '10.1.2.3'],
])('%s with %j is %s', (peer, forwardedFor, client) => {
  expect(clientAddress(peer, { forwardedFor, trustedProxies })).toBe(client)
})

test('without trusted proxies the connection alone counts', () => {
  expect(clientAddress('10.1.2.3', { forwardedFor: '203.0.113.9', trustedProxies: [] })).toBe('10.1.2.3')
})

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::9', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('the tries of %s are counted for %s', (address, counted) => {
  expect(countedAs(address)).toBe(counted)
})

test('the environment takes addresses and ranges alone as trusted proxies, and names what it refuses', () => {
  expect(parseEnvironment({ TRUSTED_PROXIES: '10.0.0.0/8, ::1 ,192.0.2.7' }).TRUSTED_PROXIES).toHaveLength(3)
  for (const wrong of ['proxy.internal', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '300.1.1.1'])
    expect(() => parseEnvironment({ TRUSTED_PROXIES: wrong })).toThrow('TRUSTED_PROXIES')
})

test('the portal’s address is scheme, host and port, however it was written', () => {
  expect(parseEnvironment({ BASE_URL: 'https://Caveat.example.org/' }).BASE_URL).toBe('https://caveat.example.org')
  for (const wrong of ['https://example.org/caveat', 'https://example.org/?a', 'https://me@example.org', 'ftp://x.org'])
    expect(() => parseEnvironment({ BASE_URL: wrong })).toThrow('BASE_URL')
})
