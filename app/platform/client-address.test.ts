import { expect, test } from 'vitest'
import { clientAddress, countedAs } from './client-address.server.ts'

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
