import { randomBytes } from 'node:crypto'

import { env } from '#app/platform/env.server.ts'
import { equalInConstantTime, sign } from '#app/platform/secrets.server.ts'

import { readCookie } from './cookies.ts'

const daysKnown = 365

/** The device's own id when its cookie was given after a sign-in to this very account, else undefined. */
export function knownDevice(headers: Headers, email: string): string | undefined {
  const [id, proof] = (readCookie(headers.get('cookie'), 'caveat-device') ?? '').split('.')
  if (id === undefined || proof === undefined) return undefined
  return equalInConstantTime(proof, proofOf(id, email)) ? id : undefined
}

/** The cookie by which a browser is known to this account from now on. It lets nobody in. */
export function knownDeviceCookie(email: string, known?: string): string {
  const id = known ?? randomBytes(12).toString('base64url')
  const secure = env().BASE_URL.startsWith('https:') ? '; Secure' : ''
  return `caveat-device=${id}.${proofOf(id, email)}; Path=/sign-in; Max-Age=${daysKnown * 86_400}; HttpOnly; SameSite=Lax${secure}`
}

function proofOf(id: string, email: string): string {
  return sign('known device', `${id} ${email}`)
}
