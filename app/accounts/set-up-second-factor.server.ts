import type { Cookies } from '#app/platform/auth.server.ts'
import { countTry, forgetTries } from '#app/platform/rate-limit.server.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  endSecondFactor,
  renewRecoveryCodes,
} from '#app/platform/second-factor.server.ts'

import { changeAndTell } from './owe-security-mail.server.ts'
import { recoveryCookie } from './recovery-cookie.server.ts'
import type { Viewer } from './viewer.server.ts'

type Asked = { viewer: Viewer; headers: Headers }
type Begun = { allowed: true } | { allowed: false; because: 'wrong-password' | 'too-many' }
type Confirmed = { allowed: true; cookies: Cookies } | { allowed: false; because: 'wrong-code' | 'too-many' }

/** Makes a secret for somebody's code app. Whoever has the page open but not the password makes none. */
export async function startSecondFactor({ viewer, headers, password }: Asked & { password: string }): Promise<Begun> {
  const counted = await countTry('password of account', viewer.personId)
  if (!counted.allowed) return { allowed: false, because: 'too-many' }
  const { begun } = await beginSecondFactor(headers, password)
  if (!begun) return { allowed: false, because: 'wrong-password' }
  await forgetTries('password of account', viewer.personId)
  return { allowed: true }
}

/** Turns the second factor on with the app's first code; the cookies also carry the recovery codes to their page. */
export async function turnOnSecondFactor({ viewer, headers, code }: Asked & { code: string }): Promise<Confirmed> {
  const counted = await countTry('code of account', viewer.personId)
  if (!counted.allowed) return { allowed: false, because: 'too-many' }
  const done = await changeAndTell({
    person: personOf(viewer),
    headers,
    what: 'second-factor-on',
    act: () => confirmSecondFactor(viewer.personId, headers, code),
    told: ({ on }) => (on ? { undo: { kind: 'second-factor' } } : undefined),
  })
  if (!done.on) return { allowed: false, because: 'wrong-code' }
  await forgetTries('code of account', viewer.personId)
  return { allowed: true, cookies: [...done.cookies, recoveryCookie(viewer.personId, done.recoveryCodes)] }
}

/** Turns the second factor off, for somebody who has just signed in with it. Every other session ends. */
export async function turnOffSecondFactor({ viewer, headers }: Asked): Promise<void> {
  await changeAndTell({
    person: personOf(viewer),
    headers,
    what: 'second-factor-off',
    act: () => endSecondFactor(viewer.personId, viewer.sessionId),
    told: () => ({ undo: null }),
  })
}

/** Gives somebody who has just signed in new recovery codes; those before are worth nothing from then on. */
export async function replaceRecoveryCodes({ viewer, headers }: Asked): Promise<Cookies> {
  const codes = await changeAndTell({
    person: personOf(viewer),
    headers,
    what: 'recovery-codes-renewed',
    act: () => renewRecoveryCodes(viewer.personId),
    told: () => ({ undo: null }),
  })
  return [recoveryCookie(viewer.personId, codes)]
}

/** Whom the mail is to. */
export function personOf({ personId, email, name }: Viewer): { id: string; email: string; name: string } {
  return { id: personId, email, name }
}
