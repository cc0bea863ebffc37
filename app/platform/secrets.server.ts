import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from './env.server.ts'

let key: Buffer | undefined
// Purposes are words of the code, so there are few: what was derived once is kept.
const derived = new Map<string, Buffer>()

/** A secret of `bytes` bytes for one purpose, derived from SECRET_KEY by HKDF-SHA-256 (RFC 5869). */
export function secretFor(purpose: string, bytes = 32): Buffer {
  const name = `${bytes} ${purpose}`
  const known = derived.get(name)
  if (known !== undefined) return known
  key ??= readKey()
  const made = Buffer.from(hkdfSync('sha256', key, 'caveat', purpose, bytes))
  derived.set(name, made)
  return made
}

// Made once: to bring the bytes of a secret into the form that is used takes four times as long as to use it.
const signing = new Map<string, KeyObject>()

/** HMAC-SHA-256 of `text` for one purpose, 32 bytes. */
export function hmac(purpose: string, text: string): Buffer {
  const known = signing.get(purpose) ?? createSecretKey(secretFor(purpose))
  signing.set(purpose, known)
  return createHmac('sha256', known).update(text).digest()
}

/** HMAC-SHA-256 of `text` for one purpose, base64url. */
export function sign(purpose: string, text: string): string {
  return hmac(purpose, text).toString('base64url')
}

/** `text` sealed for one purpose with AES-256-GCM, base64url: nobody else reads it, and none of it can be changed. */
export function seal(purpose: string, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', secretFor(purpose), nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
}

/** What was sealed for this purpose, or undefined when it was not sealed by us. */
export function unseal(purpose: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < 28) return undefined
  const decipher = createDecipheriv('aes-256-gcm', secretFor(purpose), bytes.subarray(0, 12), { authTagLength: 16 })
  decipher.setAuthTag(bytes.subarray(12, 28))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    // The only thing that fails here is the tag: it is no seal of ours.
    return undefined
  }
}

/** Whether two strings are equal, in time that does not tell where they differ. */
export function equalInConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

function readKey(): Buffer {
  const { SECRET_KEY, DATA_DIR } = env()
  if (SECRET_KEY !== undefined) return Buffer.from(SECRET_KEY)
  const path = join(DATA_DIR, 'secret-key')
  if (!existsSync(path)) {
    mkdirSync(DATA_DIR, { recursive: true })
    try {
      writeFileSync(path, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 })
    } catch (error) {
      // Two processes of one group may start together: the first one's key is the key.
      if (!existsSync(path)) throw error
    }
    chmodSync(path, 0o600)
  }
  const kept = readFileSync(path, 'utf8').trim()
  // A disk that was full, or a process that is just writing it: no seal may be made with half a key, or none.
  if (kept.length < 32) throw new Error(`The secret key in ${path} is not whole. Without it nothing can be sealed.`)
  return Buffer.from(kept)
}
