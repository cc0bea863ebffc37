import { normalText } from '#app/platform/normal-text.ts'

// Crockford's base 32: no I, L, O, U (https://www.crockford.com/base32.html).
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const randomLength = 7

/** What a reference names: a notice or a filing. */
export type ReferencePrefix = 'CAV' | 'FIL'

/** A reference as it was understood, written in its one normal form. */
export interface ParsedReference {
  readonly prefix: ReferencePrefix
  /** `CAV-7H3K-9Q2V`, without the annex. */
  readonly reference: string
  /** From 1, if one was named by `/3`. */
  readonly annex?: number
}

/** How many random bytes `makeReference` wants. */
export const referenceBytes = 5

/**
 * Writes a reference: seven random characters and a check character. On a clash draw again.
 *
 * @param random 5 bytes of a cryptographic source
 * @throws RangeError if there are not exactly 5
 */
export function makeReference(prefix: ReferencePrefix, random: Uint8Array): string {
  if (random.length !== referenceBytes) throw new RangeError(`A reference needs ${referenceBytes} random bytes`)
  // 40 bits make eight groups of five; the eighth character is the check.
  const bits = random.reduce((sum, byte) => sum * 256 + byte, 0)
  const body = Array.from({ length: randomLength }, (_, at) => charOf(Math.floor(bits / 32 ** (at + 1)) % 32)).join('')
  return written(prefix, body + checkCharacter(body))
}

/**
 * Understands a typed reference: any case and width, any spaces and dashes, O for 0, I and L for 1; the prefix may be missing.
 *
 * @param expected taken when no prefix was typed
 * @returns undefined if it is none, also when the check character does not fit
 */
export function parseReference(typed: string, expected: ReferencePrefix = 'CAV'): ParsedReference | undefined {
  const [head = '', annex, ...rest] = normalText(typed, 'NFKC')
    .replaceAll(/[\s\p{Pd}\u2212]/gu, '')
    .toUpperCase()
    .split('/')
  const read = /^(CAV|F[I1L][L1I])?([0-9A-Z]{8})$/u.exec(head)
  if (!read || rest.length > 0 || (annex !== undefined && !/^[1-9]\d{0,6}$/u.test(annex))) return undefined
  const body = (read[2] ?? '').replaceAll('O', '0').replaceAll(/[IL]/gu, '1')
  if (checkCharacter(body.slice(0, randomLength)) !== body.at(-1)) return undefined
  const prefix = prefixOf(read[1]) ?? expected
  return { prefix, reference: written(prefix, body), ...(annex === undefined ? {} : { annex: Number(annex) }) }
}

function prefixOf(typed: string | undefined): ReferencePrefix | undefined {
  if (typed === undefined) return undefined
  return typed === 'CAV' ? 'CAV' : 'FIL'
}

function written(prefix: ReferencePrefix, body: string): string {
  return `${prefix}-${body.slice(0, 4)}-${body.slice(4)}`
}

// Luhn mod N with N = 32: from the right every other character counts double, digits of the product are added in base 32.
function checkCharacter(body: string): string | undefined {
  let sum = 0
  for (const [fromRight, char] of Array.from(body).toReversed().entries()) {
    const value = alphabet.indexOf(char)
    if (value < 0) return undefined
    const addend = fromRight % 2 === 0 ? value * 2 : value
    sum += Math.floor(addend / 32) + (addend % 32)
  }
  return charOf((32 - (sum % 32)) % 32)
}

function charOf(value: number): string {
  return alphabet.charAt(value)
}
