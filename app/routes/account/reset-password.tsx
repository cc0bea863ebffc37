import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { data } from 'react-router'
import { resetPasswordForm } from '#app/accounts/forms.ts'
import { minPasswordLength } from '#app/accounts/passwords.ts'
import { PostForm } from '#app/accounts/post-form.tsx'
import { savePasswordByLink } from '#app/accounts/save-password.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { resetMinutes } from '#app/platform/auth-settings.server.ts'
import { findResetLogin } from '#app/platform/auth.server.ts'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/reset-password.ts'
import { formAgain, goOn } from './answers.ts'

export const handle = { main: 'slim' }
export const meta: Route.MetaFunction = () => pageTitle(m.accounts_reset_title())

export async function loader({ request }: Route.LoaderArgs) {
  const token = new URL(request.url).searchParams.get('token') ?? ''
  const good = token !== '' && (await findResetLogin(token)) !== undefined
  return data({ token, good, minutes: resetMinutes }, { status: good ? 200 : 404 })
}

export async function action({ request }: Route.ActionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: resetPasswordForm })
  if (submission.status !== 'success') return formAgain(submission)
  const { reset } = await savePasswordByLink(submission.value, request.headers)
  return reset ? goOn('/sign-in?done=password-set') : formAgain(submission, {}, 404)
}

/** Setting another password by the mailed link. Only the form uses the link up: scanners open links. */
export default function ResetPassword({ loaderData, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm<{ token: string; password: string }>({
    id: 'reset-password',
    lastResult: actionData?.result,
    defaultValue: { token: loaderData.token },
  })
  if (!loaderData.good) return <Stale minutes={loaderData.minutes} />
  return (
    <>
      <PageHead title={m.accounts_reset_title()}>{m.accounts_reset_lead()}</PageHead>
      <PostForm form={form}>
        <input type="hidden" name={fields.token.name} defaultValue={loaderData.token} />
        <InputField
          field={fields.password}
          label={m.accounts_password_new()}
          help={m.accounts_password_help({ min: String(minPasswordLength) })}
          type="password"
          autoComplete="new-password"
        />
        <div>
          <Button look="go">{m.accounts_reset_act()}</Button>
        </div>
      </PostForm>
    </>
  )
}

function Stale({ minutes }: { minutes: number }) {
  return (
    <>
      <PageHead title={m.accounts_confirm_stale_title()}>
        {m.accounts_reset_stale({ minutes: formatNumber(minutes) })}
      </PageHead>
      <LinkButton look="go" href="/forgot-password">
        {m.accounts_reset_stale_act()}
      </LinkButton>
    </>
  )
}
