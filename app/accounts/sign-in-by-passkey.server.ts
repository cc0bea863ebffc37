import type { Cookies } from '#app/platform/auth.server.ts'
import { signInByPasskey, type PasskeyAnswer } from '#app/platform/passkeys.server.ts'
import { countTry } from '#app/platform/rate-limit.server.ts'

import { welcomePerson } from './welcome-person.server.ts'

type Asked = { response: PasskeyAnswer; headers: Headers; clientAddress: string; locale: 'en' | 'ja' }
type SignedIn =
  | { allowed: true; personId: string; cookies: Cookies }
  | { allowed: false; because: 'wrong' | 'too-many' }

/** Signs somebody in by a passkey, which is two factors at once: the device, and how it knows its user. */
export async function signInWithPasskey({ response, headers, clientAddress, locale }: Asked): Promise<SignedIn> {
  const byClient = await countTry('sign-in client', clientAddress)
  if (!byClient.allowed) return { allowed: false, because: 'too-many' }
  const session = await signInByPasskey(headers, response)
  if (session === undefined) return { allowed: false, because: 'wrong' }
  const known = await welcomePerson({ login: session.login, headers, locale, how: 'passkey' })
  return { allowed: true, personId: session.login.id, cookies: [...session.cookies, known] }
}
