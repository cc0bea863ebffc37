import { parseWithZod } from '@conform-to/zod/v4'
import { safePath } from '#app/accounts/forms.ts'
import { passkeySignInForm } from '#app/accounts/passkey-forms.ts'
import { signInWithPasskey } from '#app/accounts/sign-in-by-passkey.server.ts'
import { localeOf } from '#app/accounts/viewer.server.ts'
import type { Route } from './+types/sign-in-passkey.ts'
import { clientOf, goOn } from './answers.ts'

/** Somebody followed the address: signing in begins on its own page. */
export function loader(): Response {
  return goOn('/sign-in')
}

/** Takes what a passkey answered. */
export async function action({ request, context }: Route.ActionArgs): Promise<Response> {
  const form = await request.formData()
  const typed = form.get('next')
  const next = safePath(typeof typed === 'string' ? typed : null, '/home')
  const submission = parseWithZod(form, { schema: passkeySignInForm })
  const verdict =
    submission.status === 'success'
      ? await signInWithPasskey({
          response: submission.value.response,
          headers: request.headers,
          clientAddress: clientOf(context),
          locale: localeOf(context),
        })
      : ({ allowed: false, because: 'wrong' } as const)
  if (verdict.allowed) return goOn(next, verdict.cookies)
  return goOn(`/sign-in?passkey=${verdict.because}&next=${encodeURIComponent(next)}`)
}
