import ipaddr from 'ipaddr.js'

// Addresses that look public and are not: they answer from inside a cloud (Azure's wire server and its metadata).
const inside = new Set(['168.63.129.16'])

/**
 * Whether an IP address belongs to the public internet, so that the portal may connect to it on somebody's word. All
 * else is refused: this machine, private and shared networks, link-local (where clouds keep their metadata), multicast,
 * documentation, and IPv6 addresses that carry an IPv4 address inside, which a gateway would unpack.
 *
 * @see IANA IPv4 and IPv6 Special-Purpose Address Registries
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text) || text.includes('%')) return false
  const address = ipaddr.parse(text)
  if (address.range() !== 'unicast') return false
  if (address instanceof ipaddr.IPv4) return !inside.has(address.toString()) && ipaddr.IPv4.isValidFourPartDecimal(text)
  // Of all IPv6 only 2000::/3 is given out; 3fff::/20 of it is documentation (RFC 9637).
  return address.match(global, 3) && !address.match(documentation, 20)
}

const global = ipaddr.IPv6.parse('2000::')
const documentation = ipaddr.IPv6.parse('3fff::')
