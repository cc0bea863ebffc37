import { BlockList, isIP } from 'node:net'

/**
 * The network address a request really came from. `X-Forwarded-For` is believed only as far as trusted proxies wrote it:
 * read from its end, the first address that is no trusted proxy is the client.
 *
 * @param peer the other end of the connection
 * @param forwardedFor the header, absent when there was none
 * @param trustedProxies addresses and CIDR ranges of TRUSTED_PROXIES
 */
export function clientAddress(
  peer: string,
  { forwardedFor, trustedProxies }: { forwardedFor: string | undefined; trustedProxies: readonly string[] },
): string {
  const trusted = listOf(trustedProxies)
  const hops = [
    ...(forwardedFor ?? '')
      .split(',')
      .map((hop) => hop.trim())
      .filter(Boolean),
    peer,
  ].map(plain)
  let client = plain(peer)
  for (const hop of hops.toReversed()) {
    // A hop that is no address was not written by a proxy of ours.
    if (isIP(hop) === 0) return client
    client = hop
    if (!trusted.check(hop, isIP(hop) === 6 ? 'ipv6' : 'ipv4')) return client
  }
  return client
}

/** Whether a text is an address or a CIDR range. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  if (family === 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32))
}

/** Addresses counted together: an IPv6 household has a whole /64 and would have endless tries otherwise. */
export function countedAs(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail === undefined ? [] : tail.split(':').filter(Boolean)
  const groups =
    tail === undefined
      ? left
      : [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right]
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
}

function listOf(proxies: readonly string[]): BlockList {
  const list = new BlockList()
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}
