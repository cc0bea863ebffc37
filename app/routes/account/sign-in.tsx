import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { safePath, signInForm } from '#app/accounts/forms.ts'
import { PasskeySignIn } from '#app/accounts/passkeys-panels.tsx'
import { PostForm } from '#app/accounts/post-form.tsx'
import { signInPerson } from '#app/accounts/sign-in.server.ts'
import { findViewer, localeOf } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { endSession } from '#app/platform/auth.server.ts'
import { env } from '#app/platform/env.server.ts'
import { arePasskeysPossible } from '#app/platform/passkeys.server.ts'
import { requestContext } from '#app/platform/request.server.ts'
import { Button } from '#app/ui/button.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/sign-in.ts'
import { clientOf, formAgain, goOn } from './answers.ts'

export const handle = { main: 'slim' }
export const meta: Route.MetaFunction = () => pageTitle(m.accounts_sign_in_title())

const done = {
  'signed-out': () => m.accounts_signed_out(),
  'password-set': () => m.accounts_password_set(),
  'asked-anew': () => m.security_second_anew(),
} as const satisfies Record<string, () => string>

export function loader({ request, context }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url)
  const next = safePath(searchParams.get('next'), '/home')
  const viewer = findViewer(context)
  const again = searchParams.has('again')
  if (viewer && !again) throw goOn(next)
  return {
    next,
    again: viewer !== undefined && again,
    email: viewer?.email,
    done: searchParams.get('done'),
    passkey: searchParams.get('passkey'),
    possible: arePasskeysPossible(),
    nonce: context.get(requestContext).nonce,
    demo: env().CAVEAT_DEMO,
  }
}

export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: signInForm })
  if (submission.status !== 'success') return formAgain(submission)
  const { email, password, next } = submission.value
  const verdict = await signInPerson({
    email,
    password,
    headers: request.headers,
    clientAddress: clientOf(context),
    locale: localeOf(context),
  })
  const goal = safePath(next, '/home')
  if (verdict.allowed === 'second-factor')
    return goOn(`/sign-in/code?next=${encodeURIComponent(goal)}`, verdict.cookies)
  if (verdict.allowed) {
    // Who signs in once more has one session less: the new one takes its place.
    const before = findViewer(context)
    if (before?.personId === verdict.personId) await endSession(before.personId, before.sessionId)
    return goOn(goal, verdict.cookies)
  }
  if (verdict.because === 'wrong') return formAgain(submission, { formErrors: [m.accounts_sign_in_wrong()] })
  const minutes = formatNumber(Math.ceil(verdict.retryAfterSeconds / 60))
  return formAgain(submission, { formErrors: [m.accounts_too_many_tries({ minutes })] }, 429)
}

/** Address and password, and the ways for those who have neither. */
export default function SignIn({ loaderData, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm<{ email: string; password: string; next: string }>({
    id: 'sign-in',
    lastResult: actionData?.result,
    defaultValue: { next: loaderData.next, email: loaderData.email ?? '' },
  })
  const status = Object.entries(done).find(([key]) => key === loaderData.done && !actionData)?.[1]
  return (
    <>
      <PageHead title={m.accounts_sign_in_title()}>{loaderData.again && m.security_sign_in_again()}</PageHead>
      <div className="stack tight">
        {loaderData.passkey !== null && !actionData && (
          <Note tone="late" status>
            <p>{m.security_passkey_sign_in_failed()}</p>
          </Note>
        )}
        {status && (
          <Note tone="agreed" status>
            <p>{status()}</p>
          </Note>
        )}
        <PostForm form={form}>
          <input type="hidden" name={fields.next.name} defaultValue={fields.next.initialValue} />
          <InputField field={fields.email} label={m.accounts_email()} type="email" autoComplete="username" />
          <InputField
            field={fields.password}
            label={m.accounts_password()}
            type="password"
            autoComplete="current-password"
          />
          <div>
            <Button look="go">{m.accounts_sign_in_act()}</Button>
          </div>
        </PostForm>
        {loaderData.possible && <PasskeySignIn next={loaderData.next} />}
        <p>
          <a href="/forgot-password">{m.accounts_sign_in_forgot()}</a>
        </p>
        <p>
          {m.accounts_sign_in_new()} <a href="/sign-up">{m.accounts_sign_in_new_act()}</a>
        </p>
        {loaderData.demo && <p className="cap">{m.accounts_sign_in_demo()}</p>}
      </div>
      {loaderData.possible && <script type="module" src="/passkey.js" nonce={loaderData.nonce} />}
    </>
  )
}
