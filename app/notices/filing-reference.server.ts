import { randomBytes } from 'node:crypto'
import { makeReference, referenceBytes, type ReferencePrefix } from './reference.ts'

/** A reference nobody can guess. A clash shows when it is stored, and another is drawn. */
export function drawReference(prefix: ReferencePrefix): string {
  return makeReference(prefix, randomBytes(referenceBytes))
}

/** The code with which a notice is checked by hand, beside its reference: `4F7K-92Q5`. */
export function drawVerifyCode(): string {
  return drawReference('CAV').slice('CAV-'.length)
}
