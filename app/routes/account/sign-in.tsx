import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { safePath, signInForm } from '#app/accounts/forms.ts'
import { PostForm } from '#app/accounts/post-form.tsx'
import { signInPerson } from '#app/accounts/sign-in.server.ts'
import { findViewer, localeOf } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
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
} as const satisfies Record<string, () => string>

export function loader({ request, context }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url)
  const next = safePath(searchParams.get('next'), '/home')
  if (findViewer(context)) throw goOn(next)
  return { next, done: searchParams.get('done') }
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
  if (verdict.allowed) return goOn(safePath(next, '/home'), verdict.cookies)
  if (verdict.because === 'wrong') return formAgain(submission, { formErrors: [m.accounts_sign_in_wrong()] })
  const minutes = formatNumber(Math.ceil(verdict.retryAfterSeconds / 60))
  return formAgain(submission, { formErrors: [m.accounts_too_many_tries({ minutes })] }, 429)
}

/** Address and password, and the ways for those who have neither. */
export default function SignIn({ loaderData, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm<{ email: string; password: string; next: string }>({
    id: 'sign-in',
    lastResult: actionData?.result,
    defaultValue: { next: loaderData.next },
  })
  const status = Object.entries(done).find(([key]) => key === loaderData.done && !actionData)?.[1]
  return (
    <>
      <PageHead title={m.accounts_sign_in_title()} />
      <div className="stack tight">
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
        <p>
          <a href="/forgot-password">{m.accounts_sign_in_forgot()}</a>
        </p>
        <p>
          {m.accounts_sign_in_new()} <a href="/sign-up">{m.accounts_sign_in_new_act()}</a>
        </p>
      </div>
    </>
  )
}
