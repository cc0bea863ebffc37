import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { z } from 'zod'
import { browserName } from '#app/accounts/browser-name.ts'
import { changePasswordForm } from '#app/accounts/forms.ts'
import { minPasswordLength } from '#app/accounts/passwords.ts'
import { PostForm } from '#app/accounts/post-form.tsx'
import { savePassword } from '#app/accounts/save-password.server.ts'
import { SessionsTable } from '#app/accounts/sessions-table.tsx'
import { SecondFactorSummary } from '#app/accounts/second-factor-summary.tsx'
import { SettingsHead } from '#app/accounts/settings-head.tsx'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { endSession, endSessions, findSessions } from '#app/platform/auth.server.ts'
import { findPasskeys } from '#app/platform/passkeys.server.ts'
import { findSecondFactor } from '#app/platform/second-factor.server.ts'
import { Button } from '#app/ui/button.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'
import { sentenceGap } from '#app/ui/format.ts'
import type { Route } from './+types/settings-sign-in.ts'
import { formAgain, goOn } from './answers.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.accounts_settings_sign_in())

const done = {
  password: () => m.accounts_settings_password_saved(),
  others: () => m.accounts_settings_others_ended(),
  one: () => m.security_session_ended(),
} as const satisfies Record<string, () => string>

export async function loader({ request, context }: Route.LoaderArgs) {
  const { personId, sessionId, email, timeZone, organisation } = requireMember(context)
  const sessions = (await findSessions(personId)).map(({ id, signedInAt, expiresAt, userAgent }) => {
    return { id, signedInAt, expiresAt, browser: browserName(userAgent), isThis: id === sessionId }
  })
  const factor = await findSecondFactor(personId)
  const protection = { isOn: factor.state === 'on', passkeys: (await findPasskeys(personId)).length }
  return {
    sessions,
    protection,
    email,
    timeZone,
    kind: organisation.kind,
    done: new URL(request.url).searchParams.get('done'),
  }
}

export async function action({ request, context }: Route.ActionArgs) {
  const member = requireMember(context)
  const form = await request.formData()
  if (form.get('act') === 'end-others') {
    await endSessions(member.personId, member.sessionId)
    return goOn('/settings/sign-in?done=others')
  }
  if (form.get('act') === 'end-one') {
    await endSession(member.personId, z.uuid().catch('').parse(form.get('sessionId')))
    return goOn('/settings/sign-in?done=one')
  }
  const submission = parseWithZod(form, { schema: changePasswordForm })
  if (submission.status !== 'success') return formAgain(submission)
  const saved = await savePassword(member, submission.value, request.headers)
  if (saved.allowed) return goOn('/settings/sign-in?done=password')
  if (saved.because === 'too-many') return formAgain(submission, { formErrors: [m.accounts_too_many_hour()] }, 429)
  return formAgain(submission, { fieldErrors: { currentPassword: [m.accounts_error_password_wrong()] } })
}

/** The password, and where one is signed in. */
export default function SettingsSignIn({ loaderData, actionData }: Route.ComponentProps) {
  const { sessions, protection, email, timeZone, kind } = loaderData
  const status = Object.entries(done).find(([key]) => key === loaderData.done && !actionData)?.[1]
  return (
    <>
      <SettingsHead section="sign-in" kind={kind} lead={m.accounts_settings_email_fixed({ email })} done={status?.()} />
      <div className="stack">
        <Section id="password" title={m.accounts_settings_password_title()}>
          <PasswordForm result={actionData?.result} email={email} />
        </Section>
        <SecondFactorSummary {...protection} />
        <Section id="sessions" title={m.accounts_settings_sessions_title()}>
          <SessionsTable sessions={sessions} timeZone={timeZone} />
          {sessions.length > 1 && (
            <form method="post" className="gap">
              <Button name="act" value="end-others">
                {m.accounts_settings_sign_out_others()}
              </Button>
            </form>
          )}
        </Section>
      </div>
    </>
  )
}

type PasswordFormProps = {
  result: NonNullable<Route.ComponentProps['actionData']>['result'] | undefined
  email: string
}

function PasswordForm({ result, email }: PasswordFormProps) {
  const [form, fields] = useForm<{ currentPassword: string; password: string }>({
    id: 'password-form',
    lastResult: result,
  })
  return (
    <PostForm form={form}>
      {/* Password managers look for the name that the password belongs to. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <InputField
        field={fields.currentPassword}
        label={m.accounts_password_current()}
        type="password"
        autoComplete="current-password"
      />
      <InputField
        field={fields.password}
        label={m.accounts_password_new()}
        help={`${m.accounts_password_help({ min: String(minPasswordLength) })}${sentenceGap()}${m.accounts_settings_password_help()}`}
        type="password"
        autoComplete="new-password"
      />
      <div>
        <Button look="go">{m.accounts_settings_password_act()}</Button>
      </div>
    </PostForm>
  )
}
