import { linkToken } from '#app/platform/db.server.ts'
import { openSealed } from './sealed-address.server.ts'
import { veil, veilLink } from './veil-link.ts'

/**
 * A copy of a mail without the secrets with which its recipient answers: those of the links, and the seals of our addresses.
 *
 * @param linkIds the links that still answer
 * @returns null when there was nothing to hide
 */
export function veilSecrets(bytes: Uint8Array, linkIds: readonly string[]): Uint8Array | null {
  const raw = Buffer.from(bytes).toString('latin1')
  const secrets = [...linkIds.map((id) => linkToken(id).slice(-veil.length)), ...sealsIn(raw)]
  const copy = secrets.reduce((text, secret) => veilLink(text, secret), raw)
  return copy === raw ? null : Buffer.from(copy, 'latin1')
}

/** A text without the seals of our addresses: whoever reads it must not be able to write in somebody else's place. */
export function veilSeals(text: string): string {
  return sealsIn(text).reduce((veiled, seal) => veiled.replaceAll(seal, veil), text)
}

function sealsIn(raw: string): string[] {
  const found = raw.replaceAll(/=\r?\n/g, '').matchAll(/\b[nb]-[0-9a-z]{26}-[0-9a-z]{22}@[a-z0-9.-]+/gi)
  const seals = [...found].flatMap(([address]) => {
    if (openSealed(address) === null) return []
    // As it is written here: another program may have changed its case.
    return [address.slice(29, 29 + veil.length)]
  })
  return [...new Set(seals)]
}
