import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { mailResetLink } from '#app/accounts/forgot-password.server.ts'
import { forgotPasswordForm } from '#app/accounts/forms.ts'
import { PostForm } from '#app/accounts/post-form.tsx'
import { m } from '#app/generated/messages/messages.js'
import { hasMailboxPage } from '#app/platform/read-mailbox.server.ts'
import { resetMinutes } from '#app/platform/auth-settings.server.ts'
import { Button } from '#app/ui/button.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/forgot-password.ts'
import { clientOf, formAgain, goOn } from './answers.ts'

export const handle = { main: 'slim' }
export const meta: Route.MetaFunction = () => pageTitle(m.accounts_forgot_title())

export function loader({ request }: Route.LoaderArgs) {
  return { asked: new URL(request.url).searchParams.has('asked'), minutes: resetMinutes, mailbox: hasMailboxPage() }
}

export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: forgotPasswordForm })
  if (submission.status !== 'success') return formAgain(submission)
  const verdict = await mailResetLink(submission.value.email, clientOf(context))
  if (verdict.allowed) return goOn('/forgot-password?asked')
  const minutes = formatNumber(Math.ceil(verdict.retryAfterSeconds / 60))
  return formAgain(submission, { formErrors: [m.accounts_too_many_tries({ minutes })] }, 429)
}

/** Asking for a link; then the same words for everybody. */
export default function ForgotPassword({ loaderData, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm<{ email: string }>({ id: 'forgot-password', lastResult: actionData?.result })
  if (loaderData.asked && !actionData) {
    return (
      <>
        <PageHead title={m.accounts_forgot_asked_title()} />
        <Note tone="agreed" status>
          <p>{m.accounts_forgot_asked({ minutes: formatNumber(loaderData.minutes) })}</p>
        </Note>
        <p className="gap">
          {m.accounts_asked_none()} <a href="/forgot-password">{m.accounts_forgot_again()}</a>
        </p>
        {loaderData.mailbox && (
          <p>
            <a href="/dev/mailbox">{m.accounts_asked_mailbox()}</a>
          </p>
        )}
      </>
    )
  }
  return (
    <>
      <PageHead title={m.accounts_forgot_title()}>{m.accounts_forgot_lead()}</PageHead>
      <PostForm form={form}>
        <InputField field={fields.email} label={m.accounts_email()} type="email" autoComplete="username" />
        <div>
          <Button look="go">{m.accounts_forgot_act()}</Button>
        </div>
      </PostForm>
    </>
  )
}
