import { changePassword, isPasswordOf, resetPassword } from '#app/platform/auth.server.ts'
import { countTry, forgetTries } from '#app/platform/rate-limit.server.ts'

import type { Viewer } from './viewer.server.ts'

type Saved = { allowed: true } | { allowed: false; because: 'wrong-password' | 'too-many' }

/** Changes the password of somebody who knows the present one, and ends their sessions everywhere else. */
export async function savePassword(
  viewer: Viewer,
  { currentPassword, password }: { currentPassword: string; password: string },
): Promise<Saved> {
  const counted = await countTry('password of account', viewer.personId)
  if (!counted.allowed) return { allowed: false, because: 'too-many' }
  if (!(await isPasswordOf(viewer.personId, currentPassword))) return { allowed: false, because: 'wrong-password' }
  await changePassword({ personId: viewer.personId, password, keepSessionId: viewer.sessionId })
  await forgetTries('password of account', viewer.personId)
  return { allowed: true }
}

/** Sets another password by a mailed link, once, and ends every session. */
export async function savePasswordByLink(form: { token: string; password: string }): Promise<{ reset: boolean }> {
  return resetPassword(form.token, form.password)
}
