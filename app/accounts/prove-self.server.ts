import { isPasswordOf } from '#app/platform/auth.server.ts'
import { countTry, forgetTries } from '#app/platform/rate-limit.server.ts'
import { findSecondFactor, isCodeOfApp } from '#app/platform/second-factor.server.ts'

type Asked = { personId: string; headers: Headers; password: string; code: string | undefined }

/** Whether whoever sits at the screen is the one who signed in. */
export type SelfProved = { allowed: true } | { allowed: false; because: 'wrong-password' | 'wrong-code' | 'too-many' }

/** Asks for the password once more, and for the app's code of those who have one, before what cannot be undone. */
export async function proveSelf({ personId, headers, password, code }: Asked): Promise<SelfProved> {
  if (!(await countTry('password of account', personId)).allowed) return { allowed: false, because: 'too-many' }
  if (!(await isPasswordOf(personId, password))) return { allowed: false, because: 'wrong-password' }
  await forgetTries('password of account', personId)
  if ((await findSecondFactor(personId)).state !== 'on') return { allowed: true }
  if (!(await countTry('code of account', personId)).allowed) return { allowed: false, because: 'too-many' }
  return (await isCodeOfApp(headers, code ?? '')) ? { allowed: true } : { allowed: false, because: 'wrong-code' }
}
