import { compact } from '#app/catalogues/identifiers/identifier-text.ts'
import { invalid, valid, type Verdict } from '#app/catalogues/identifiers/verdict.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const mainTypes = { iscc: 5, id: 6, highest: 7 } as const
const wideSubType = 7

/**
 * ISCC unit or composite code; the normal form is capitals with `ISCC:`. There is no check character: the header must
 * be readable and state the length of the body.
 *
 * @see ISO 24138:2024, clause 6
 */
export function checkIscc(raw: string): Verdict {
  const text = compact(raw).replace(/^ISCC:?/u, '')
  if (text === '') return invalid('empty')
  if (!/^[A-Z2-7]+$/u.test(text)) return invalid('characters')
  if (text.length < 10 || text.length > 73) return invalid('length')
  const bits = Array.from(text, (character) => alphabet.indexOf(character).toString(2).padStart(5, '0')).join('')
  // What is left of the last character after whole bytes must be zero, or two spellings would mean one code.
  const spare = bits.length % 8
  if (spare >= 5 || (spare > 0 && bits.slice(-spare).includes('1'))) return invalid('length')
  const header = readHeader(bits)
  if (header === undefined) return invalid('header')
  const bodyBits = bits.length - spare - header.bits
  return bodyBits === header.bodyBits ? valid(`ISCC:${text}`) : invalid('length')
}

function readHeader(bits: string): { bits: number; bodyBits: number } | undefined {
  const fields: number[] = []
  let at = 0
  while (fields.length < 4) {
    const field = readVarnibble(bits, at)
    if (field === undefined) return undefined
    fields.push(field.value)
    at = field.next
  }
  const [mainType = 0, subType = 0, version = 0, length = 0] = fields
  if (mainType > mainTypes.highest || version !== 0) return undefined
  // A header of an odd number of nibbles is filled up to whole bytes.
  return { bits: Math.ceil(at / 8) * 8, bodyBits: bodyLength(mainType, subType, length) }
}

function bodyLength(mainType: number, subType: number, length: number): number {
  if (mainType === mainTypes.id) return length * 8 + 64
  if (mainType !== mainTypes.iscc) return (length + 1) * 32
  if (subType === wideSubType) return 256
  const optionalUnits = Array.from(length.toString(2)).filter((bit) => bit === '1').length
  return optionalUnits * 64 + 128
}

// Variable-length nibbles: 0xxx is 0-7, 10xxxxxx is 8-71, 110xxxxxxxxx is 72-583, 1110 and 12 bits is 584-4679.
function readVarnibble(bits: string, at: number): { value: number; next: number } | undefined {
  const ones = /^1{0,3}(?=0)/u.exec(bits.slice(at, at + 4))?.[0].length
  if (ones === undefined) return undefined
  const next = at + 4 * (ones + 1)
  if (next > bits.length) return undefined
  const base = [0, 8, 72, 584][ones] ?? 0
  return { value: base + Number.parseInt(bits.slice(at + ones + 1, next), 2), next }
}
