import { linkToken } from '#app/platform/db.server.ts'
import { openSealed } from './sealed-address.server.ts'
import { base64Texts, veil, veilIn } from './veil-link.ts'

// A seal costs a hash to judge: whoever writes more of them than any mail of ours names gains nothing by it.
const mostAddresses = 2_000

/**
 * A copy of a mail without the secrets with which its recipient answers: those of the links, and the seals of our addresses.
 *
 * @param linkIds the links that still answer
 * @returns null when there was nothing to hide
 */
export function veilSecrets(bytes: Uint8Array, linkIds: readonly string[]): Uint8Array | null {
  const raw = Buffer.from(bytes).toString('latin1')
  const seals = sealsIn([raw, ...base64Texts(raw)])
  const copy = veilIn(raw, [...linkIds.map((id) => linkToken(id).slice(-veil.length)), ...seals])
  return copy === raw ? null : Buffer.from(copy, 'latin1')
}

/** A text without the seals of our addresses: whoever reads it must not be able to write in somebody else's place. */
export function veilSeals(text: string): string {
  return sealsIn([text]).reduce((veiled, seal) => veiled.replaceAll(seal, veil), text)
}

function sealsIn(texts: readonly string[]): string[] {
  const addresses = new Set<string>()
  for (const text of texts)
    for (const [address] of text.replaceAll(/=\r?\n/g, '').matchAll(sealedAddresses)) {
      if (addresses.size < mostAddresses) addresses.add(address)
    }
  // As it is written here: another program may have changed its case.
  return [...addresses]
    .filter((address) => openSealed(address) !== null)
    .map((address) => address.slice(29, 29 + veil.length))
}

const sealedAddresses = /\b[nb]-[0-9a-z]{26}-[0-9a-z]{22}@[a-z0-9.-]{1,255}/gi
