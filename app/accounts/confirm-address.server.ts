import type { z } from 'zod'

import { findUnderToken, hashToken, signIn, takeUnderToken, type Cookies } from '#app/platform/auth.server.ts'
import { endEarlierSession } from '#app/platform/end-earlier-session.server.ts'
import { verifyPassword } from '#app/platform/passwords.server.ts'
import { countTry } from '#app/platform/rate-limit.server.ts'

import { createPerson } from './create-person.server.ts'
import { knownDeviceCookie } from './known-device.server.ts'
import { pendingSignUp } from './sign-up.server.ts'

type Confirmation = { token: string; password: string; headers: Headers; clientAddress: string }

type Confirmed =
  | { allowed: true; personId: string; cookies: Cookies }
  | { allowed: false; because: 'stale-link' | 'wrong-password' | 'address-taken' | 'too-many' }

/** The address a mailed link would confirm, or undefined when the link is unknown, used or too old. Looking changes nothing. */
export async function findPendingSignUp(token: string): Promise<{ email: string } | undefined> {
  const pending = readPending(await findUnderToken('confirm-address', token))
  return pending && { email: pending.email }
}

/**
 * Makes the person and signs them in. The link shows that the mailbox is read, the password that its reader is the one
 * who signed up: a stranger's sign-up with somebody's address comes to nothing.
 */
export async function confirmAddress({ token, password, headers, clientAddress }: Confirmation): Promise<Confirmed> {
  const byClient = await countTry('confirm client', clientAddress)
  const byLink = await countTry('password of account', hashToken(token))
  if (!byClient.allowed || !byLink.allowed) return { allowed: false, because: 'too-many' }
  const pending = readPending(await findUnderToken('confirm-address', token))
  if (!pending) return { allowed: false, because: 'stale-link' }
  if (!(await verifyPassword(pending.passwordHash, password))) return { allowed: false, because: 'wrong-password' }
  if ((await takeUnderToken('confirm-address', token)) === undefined) return { allowed: false, because: 'stale-link' }
  const { email, name, passwordHash, locale } = pending
  const person = await createPerson({ email, name, passwordHash, locale, timeZone: 'UTC' })
  if (!person.created) return { allowed: false, because: 'address-taken' }
  const session = await signIn({ email, password, headers })
  await endEarlierSession(headers)
  return { allowed: true, personId: person.personId, cookies: [...(session?.cookies ?? []), knownDeviceCookie(email)] }
}

function readPending(kept: string | undefined): z.infer<typeof pendingSignUp> | undefined {
  return kept === undefined ? undefined : pendingSignUp.parse(JSON.parse(kept))
}
