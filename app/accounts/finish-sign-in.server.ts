import type { Cookies } from '#app/platform/auth.server.ts'
import { countTry } from '#app/platform/rate-limit.server.ts'
import { endSessionUnder, finishSignIn, type SecondAnswer } from '#app/platform/second-factor.server.ts'

import { changeAndTell } from './owe-security-mail.server.ts'
import { welcomePerson } from './welcome-person.server.ts'

type Asked = { answer: SecondAnswer; headers: Headers; clientAddress: string; locale: 'en' | 'ja' }
type Answered =
  | { allowed: true; personId: string; cookies: Cookies }
  | { allowed: false; because: 'wrong' | 'locked' | 'asked-anew' | 'too-many' }

/** Answers the question for a second factor: by the code of an app, used once, or by a recovery code, which is then gone. */
export async function answerSecondFactor({ answer, headers, clientAddress, locale }: Asked): Promise<Answered> {
  const byClient = await countTry('sign-in client', clientAddress)
  if (!byClient.allowed) return { allowed: false, because: 'too-many' }
  const finished = await finishSignIn(headers, answer)
  if (!finished.open) return { allowed: false, because: finished.because }
  const { login, token, cookies } = finished
  if (answer.kind === 'totp' && !(await countTry('code once', `${login.id} ${answer.code}`)).allowed) {
    await endSessionUnder(token)
    return { allowed: false, because: 'asked-anew' }
  }
  const known = await welcomePerson({ login, headers, locale, how: answer.kind })
  if (answer.kind === 'recovery') {
    await changeAndTell({
      person: login,
      headers,
      what: 'recovery-code-used',
      act: () => Promise.resolve(),
      told: () => ({ undo: null }),
    })
  }
  return { allowed: true, personId: login.id, cookies: [...cookies, known] }
}
