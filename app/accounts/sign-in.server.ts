import { signIn, type Cookies } from '#app/platform/auth.server.ts'
import { endEarlierSession } from '#app/platform/end-earlier-session.server.ts'
import { countTry, forgetTries } from '#app/platform/rate-limit.server.ts'

import { knownDevice } from './known-device.server.ts'
import { noneAtAnEvenPace } from './pace.server.ts'
import { welcomePerson } from './welcome-person.server.ts'

type SignIn = { email: string; password: string; headers: Headers; clientAddress: string; locale: 'en' | 'ja' }
type SignedIn =
  | { allowed: true; personId: string; cookies: Cookies }
  /** The password was right; the cookies carry the question for the second factor. */
  | { allowed: 'second-factor'; cookies: Cookies }
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
  const session = await noneAtAnEvenPace(() => signIn({ email, password, headers }))
  if (session === undefined) return { allowed: false, because: 'wrong' }
  await forgetTries('sign-in account', whose)
  if (!session.open) {
    await endEarlierSession(headers)
    return { allowed: 'second-factor', cookies: session.cookies }
  }
  const login = { id: session.personId, email, name: session.name }
  const known = await welcomePerson({ login, headers, locale, how: 'password' })
  return { allowed: true, personId: session.personId, cookies: [...session.cookies, known] }
}
