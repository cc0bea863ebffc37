import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { signUpForm } from '#app/accounts/forms.ts'
import { minPasswordLength } from '#app/accounts/passwords.ts'
import { PostForm } from '#app/accounts/post-form.tsx'
import { confirmHours, signUp } from '#app/accounts/sign-up.server.ts'
import { findViewer, localeOf } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { hasMailboxPage } from '#app/platform/read-mailbox.server.ts'
import { Button } from '#app/ui/button.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/sign-up.ts'
import { clientOf, formAgain, goOn } from './answers.ts'

export const handle = { main: 'slim' }
export const meta: Route.MetaFunction = () => pageTitle(m.accounts_sign_up_title())

export function loader({ request, context }: Route.LoaderArgs) {
  if (findViewer(context)) throw goOn('/home')
  return { asked: new URL(request.url).searchParams.has('asked'), hours: confirmHours, mailbox: hasMailboxPage() }
}

export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: signUpForm })
  if (submission.status !== 'success') return formAgain(submission)
  const verdict = await signUp({
    ...submission.value,
    locale: localeOf(context),
    clientAddress: clientOf(context),
  })
  if (verdict.allowed) return goOn('/sign-up?asked')
  const minutes = formatNumber(Math.ceil(verdict.retryAfterSeconds / 60))
  return formAgain(submission, { formErrors: [m.accounts_too_many_tries({ minutes })] }, 429)
}

/** Signing up; then the same words for everybody, whether the address was known or not. */
export default function SignUp({ loaderData, actionData }: Route.ComponentProps) {
  return loaderData.asked && !actionData ? (
    <Asked hours={loaderData.hours} mailbox={loaderData.mailbox} />
  ) : (
    <Form result={actionData?.result} />
  )
}

function Form({ result }: { result: NonNullable<Route.ComponentProps['actionData']>['result'] | undefined }) {
  const [form, fields] = useForm<{ name: string; email: string; password: string }>({
    id: 'sign-up',
    lastResult: result,
  })
  return (
    <>
      <PageHead title={m.accounts_sign_up_title()}>{m.accounts_sign_up_lead()}</PageHead>
      <div className="stack tight">
        <PostForm form={form}>
          <InputField field={fields.name} label={m.accounts_name()} help={m.accounts_name_help()} autoComplete="name" />
          <InputField field={fields.email} label={m.accounts_email()} type="email" autoComplete="username" />
          <InputField
            field={fields.password}
            label={m.accounts_password()}
            help={m.accounts_password_help({ min: String(minPasswordLength) })}
            type="password"
            autoComplete="new-password"
          />
          <div>
            <Button look="go">{m.accounts_sign_up_act()}</Button>
          </div>
        </PostForm>
        <p>
          {m.accounts_sign_up_have()} <a href="/sign-in">{m.accounts_sign_in_act()}</a>
        </p>
      </div>
    </>
  )
}

function Asked({ hours, mailbox }: { hours: number; mailbox: boolean }) {
  return (
    <>
      <PageHead title={m.accounts_sign_up_asked_title()} />
      <Note tone="agreed" status>
        <p>{m.accounts_sign_up_asked({ hours: formatNumber(hours) })}</p>
      </Note>
      <p className="gap">
        {m.accounts_asked_none()} <a href="/sign-up">{m.accounts_sign_up_again()}</a>
      </p>
      {mailbox && (
        <p>
          <a href="/dev/mailbox">{m.accounts_asked_mailbox()}</a>
        </p>
      )}
    </>
  )
}
