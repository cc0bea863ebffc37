import { expect, test } from 'vitest'
import { isPublicAddress } from './public-address.ts'

const list = (text: string): string[] => text.trim().split(/\s+/)

test.each(
  list(`
  93.184.215.14 1.1.1.1 8.8.8.8 172.15.255.255 172.32.0.1 100.63.255.255 100.128.0.1 2001:4860:4860::8888 2606:4700::1111
`),
)('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

const groups = {
  'this network and this machine': '0.0.0.0 0.1.2.3 127.0.0.1 127.1.2.3 127.255.255.255 :: ::1',
  'private and shared': '10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 100.64.0.1 100.127.255.255',
  'where clouds keep their metadata':
    '169.254.0.1 169.254.169.254 169.254.170.2 100.100.100.200 168.63.129.16 fd00:ec2::254',
  'documentation, benchmarks, relays':
    '192.0.0.1 192.0.0.192 192.0.2.1 198.51.100.1 203.0.113.1 198.18.0.1 192.88.99.1',
  'multicast, reserved, broadcast': '224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255',
  'IPv6 that is not for everybody':
    'fc00::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 2001:db8::1 3fff::1 100::1 4000::1 2001:10::1',
  'IPv6 with an IPv4 address inside': `::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:7f00:1 ::127.0.0.1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1
    64:ff9b::808:808 64:ff9b:1::1 2002:7f00:1:: 2001:0:4136:e378:8000:63bf:3fff:fdd2`,
  'as no resolver writes it': 'localhost 127.1 0x7f000001 2130706433 0177.0.0.1 8.8.8 1.1.1.1/32 010.8.8.8',
}

test.each(Object.entries(groups).flatMap(([group, addresses]) => list(addresses).map((address) => [group, address])))(
  '%s: %s is not',
  (_group, address) => {
    expect(isPublicAddress(address)).toBe(false)
  },
)
