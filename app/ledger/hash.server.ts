import { createHash, randomBytes } from 'node:crypto'

/** SHA-256 of a text's UTF-8 bytes, 64 lower-case hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** A fresh salt for the facts about a person: 32 hexadecimal digits, so that a short name cannot be guessed from its hash. */
export function newSalt(): string {
  return randomBytes(16).toString('hex')
}
