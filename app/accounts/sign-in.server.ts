import { forgetExpired, signIn, type Cookies, type Login } from '#app/platform/auth.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { countTry, forgetTries } from '#app/platform/rate-limit.server.ts'

import { addPerson } from './create-person.server.ts'
import { knownDevice, knownDeviceCookie } from './known-device.server.ts'

type SignIn = { email: string; password: string; headers: Headers; clientAddress: string; locale: 'en' | 'ja' }
type SignedIn =
  | { allowed: true; personId: string; cookies: Cookies }
  | { allowed: false; because: 'wrong' }
  | { allowed: false; because: 'too-many'; retryAfterSeconds: number }

/**
 * Signs somebody in, or says no without saying why.
 *
 * A browser that signed in to this account before counts its tries apart from all others,
 * so that strangers who use an account's tries up do not lock its owner out.
 */
export async function signInPerson({ email, password, headers, clientAddress, locale }: SignIn): Promise<SignedIn> {
  const device = knownDevice(headers, email)
  const whose = device === undefined ? email : `${email} ${device}`
  const byClient = await countTry('sign-in client', clientAddress)
  if (!byClient.allowed) return byClient
  const byAccount = await countTry('sign-in account', whose)
  if (!byAccount.allowed) return byAccount
  const session = await signIn({ email, password, headers })
  if (session === undefined) return { allowed: false, because: 'wrong' }
  await forgetTries('sign-in account', whose)
  await forgetExpired()
  await makeWhole({ id: session.personId, email, name: session.name }, locale)
  return { allowed: true, personId: session.personId, cookies: [...session.cookies, knownDeviceCookie(email, device)] }
}

async function makeWhole(login: Login, locale: 'en' | 'ja'): Promise<void> {
  const found = await withPerson(login.id, (tx) => tx.person.count({ where: { id: login.id } }))
  if (found === 0) await addPerson(login, { locale, timeZone: 'UTC' })
}
