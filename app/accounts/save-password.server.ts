import { changePassword, findResetLogin, forgetTrust, isPasswordOf, resetPassword } from '#app/platform/auth.server.ts'
import { countTry, forgetTries } from '#app/platform/rate-limit.server.ts'

import { changeAndTell } from './owe-security-mail.server.ts'
import { personOf } from './set-up-second-factor.server.ts'
import type { Viewer } from './viewer.server.ts'

type Saved = { allowed: true } | { allowed: false; because: 'wrong-password' | 'too-many' }

/** Changes the password of somebody who knows the present one, ends their sessions everywhere else, and tells them by mail. */
export async function savePassword(
  viewer: Viewer,
  { currentPassword, password }: { currentPassword: string; password: string },
  headers: Headers,
): Promise<Saved> {
  const counted = await countTry('password of account', viewer.personId)
  if (!counted.allowed) return { allowed: false, because: 'too-many' }
  if (!(await isPasswordOf(viewer.personId, currentPassword))) return { allowed: false, because: 'wrong-password' }
  await changeAndTell({
    person: personOf(viewer),
    headers,
    what: 'password',
    act: () => changePassword({ personId: viewer.personId, password, keepSessionId: viewer.sessionId }),
    told: () => ({ undo: null }),
  })
  await forgetTries('password of account', viewer.personId)
  return { allowed: true }
}

/** Sets another password by a mailed link, once, ends every session and every other such link, and says so by mail. */
export async function savePasswordByLink(
  form: { token: string; password: string },
  headers: Headers,
): Promise<{ reset: boolean }> {
  const person = await findResetLogin(form.token)
  if (person === undefined) return { reset: false }
  return changeAndTell({
    person,
    headers,
    what: 'password',
    act: async () => {
      const done = await resetPassword(form.token, form.password)
      if (done.reset) await forgetTrust(person.id)
      return done
    },
    told: ({ reset }) => (reset ? { undo: null } : undefined),
  })
}
