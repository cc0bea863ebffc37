import { forgetExpired, type Login } from '#app/platform/auth.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { endEarlierSession } from '#app/platform/end-earlier-session.server.ts'

import { addPerson } from './create-person.server.ts'
import { knownDevice, knownDeviceCookie } from './known-device.server.ts'
import { oweSignInMail } from './owe-security-mail.server.ts'
import { recordOwnAudit } from './record-audit.server.ts'

type Welcome = {
  login: Login
  headers: Headers
  locale: 'en' | 'ja'
  /** What opened the session. */
  how: 'password' | 'totp' | 'recovery' | 'passkey'
}

/**
 * What follows when a session was opened: the person exists, whoever signed in from a browser that is new to the
 * account is told by mail, the browser is known from now on, and the session it had before is over. A sign-in that no record can be kept of hands out no cookie.
 *
 * @returns the cookie by which it is known
 */
export async function welcomePerson({ login, headers, locale, how }: Welcome): Promise<string> {
  await forgetExpired()
  const found = await withPerson(login.id, async (tx) => {
    await recordOwnAudit(tx, { personId: login.id, kind: 'signed-in', facts: { how } })
    return tx.person.count({ where: { id: login.id } })
  })
  await endEarlierSession(headers)
  if (found === 0) await addPerson(login, { locale, timeZone: 'UTC' })
  const device = knownDevice(headers, login.email)
  if (device === undefined) await oweSignInMail(login, headers)
  return knownDeviceCookie(login.email, device)
}
