import { normalText } from './normal-text.ts'
import { hash, verify } from '@node-rs/argon2'

// OWASP's password storage cheat sheet: argon2id with 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The argon2id hash of a password, with its salt and cost in it (PHC string). */
export function hashPassword(password: string): Promise<string> {
  return hash(normalText(password, 'NFKC'), cost)
}

/** Whether `password` is the one that was hashed. */
export function verifyPassword(hashed: string, password: string): Promise<boolean> {
  return verify(hashed, normalText(password, 'NFKC'))
}
