/**
 * The addresses to which mail comes back, each for one outgoing mail and unguessable by its seal:
 * `n-<mail>-<seal>@domain` takes replies, `b-<mail>-<seal>@domain` is the envelope sender to which bounces go.
 */

/** What an address of ours is for. */
export type ReturnKind = 'reply' | 'bounce'

/** An address of our grammar; whether its seal is ours is asked with the key. */
export type ReturnAddress = { kind: ReturnKind; mailId: string; seal: string }

const letters = { reply: 'n', bounce: 'b' } as const satisfies Record<ReturnKind, string>

// Crockford's base 32 in lower case: no letter that case or a careless eye would change.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const idLength = 26

/** How long a seal is: 110 bits, and as long as the veil that hides it in copies. */
export const sealLength = 22

const grammar = /^([nb])-([0-7][0-9a-hjkmnp-tv-z]{25})-([0-9a-hjkmnp-tv-z]{22})$/

/**
 * The address for a mail, 51 octets before the `@`: RFC 5321 allows 64.
 *
 * @param mailId a UUID
 * @param seal of `sealLength` characters
 */
export function returnAddress({ kind, mailId, seal }: ReturnAddress, domain: string): string {
  return `${letters[kind]}-${encodedId(mailId)}-${seal}@${domain}`
}

/** Reads an address in any case. Null when it is not of this grammar, or of another domain. */
export function parseReturnAddress(address: string, domain: string): ReturnAddress | null {
  const at = address.lastIndexOf('@')
  if (address.slice(at + 1).toLowerCase() !== domain.toLowerCase()) return null
  const [, letter, id = '', seal = ''] = grammar.exec(address.slice(0, Math.max(0, at)).toLowerCase()) ?? []
  if (letter === undefined) return null
  return { kind: letter === letters.reply ? 'reply' : 'bounce', mailId: decodedId(id), seal }
}

/** Bytes as base 32, five bits a character; a rest of less than five bits is left out. */
export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)]).join('')
}

// 128 bits in 26 characters: the first holds three, so that every id has one spelling.
function encodedId(mailId: string): string {
  return digits(BigInt(`0x${mailId.replaceAll('-', '')}`), idLength)
}

function digits(number: bigint, length: number): string {
  return Array.from({ length }, (_, place) => {
    const shift = BigInt(5 * (length - 1 - place))
    return alphabet[Number((number >> shift) & 31n)]
  }).join('')
}

function decodedId(id: string): string {
  const number = Array.from(id).reduce((sum, letter) => (sum << 5n) | BigInt(alphabet.indexOf(letter)), 0n)
  const hex = number.toString(16).padStart(32, '0')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
