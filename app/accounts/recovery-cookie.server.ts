import { z } from 'zod'

import { now } from '#app/platform/clock.server.ts'
import { env } from '#app/platform/env.server.ts'
import { seal, unseal } from '#app/platform/secrets.server.ts'

import { readCookie } from './cookies.ts'

const name = 'caveat-recovery-codes'
const minutes = 10

const kept = z.object({ personId: z.uuid(), until: z.iso.datetime(), codes: z.array(z.string()) })

/**
 * Recovery codes on their way to the page that shows them: sealed, to that page alone, for ten minutes. We keep only
 * hashes of them, so this browser is the one place that can show them.
 */
export function recoveryCookie(personId: string, codes: readonly string[]): string {
  const until = new Date(now().getTime() + minutes * 60_000).toISOString()
  return written(seal('recovery codes', JSON.stringify({ personId, until, codes })), minutes * 60)
}

/** The recovery codes that this browser was just given, or undefined. */
export function readRecoveryCodes(headers: Headers, personId: string): readonly string[] | undefined {
  const sealed = readCookie(headers.get('cookie'), name)
  const text = sealed === undefined ? undefined : unseal('recovery codes', sealed)
  if (text === undefined) return undefined
  const found = kept.parse(JSON.parse(text))
  return found.personId === personId && new Date(found.until) > now() ? found.codes : undefined
}

/** Makes the browser forget the codes, when they were put away. */
export function forgetRecoveryCookie(): string {
  return written('', 0)
}

function written(value: string, seconds: number): string {
  const secure = env().BASE_URL.startsWith('https:') ? '; Secure' : ''
  return `${name}=${value}; Path=/settings/recovery-codes; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`
}
