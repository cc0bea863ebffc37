import { useForm, type SubmissionResult } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { data } from 'react-router'
import { answerSecondFactor } from '#app/accounts/finish-sign-in.server.ts'
import { safePath } from '#app/accounts/forms.ts'
import { PostForm } from '#app/accounts/post-form.tsx'
import { secondFactorForm } from '#app/accounts/second-factor-forms.ts'
import { localeOf } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { trustedDays } from '#app/platform/auth-settings.server.ts'
import { Button } from '#app/ui/button.tsx'
import { CheckField } from '#app/ui/choices.tsx'
import { Details } from '#app/ui/details.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/sign-in-code.ts'
import { clientOf, formAgain, goOn } from './answers.ts'

export const handle = { main: 'slim' }
export const meta: Route.MetaFunction = () => pageTitle(m.security_second_title())

export function loader({ request }: Route.LoaderArgs) {
  return { next: safePath(new URL(request.url).searchParams.get('next'), '/home'), days: trustedDays }
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData()
  const kind = form.get('kind') === 'recovery' ? 'recovery' : 'totp'
  const submission = parseWithZod(form, { schema: secondFactorForm })
  if (submission.status !== 'success') return again(kind, formAgain(submission))
  const { next, ...answer } = submission.value
  const verdict = await answerSecondFactor({
    answer,
    headers: request.headers,
    clientAddress: clientOf(context),
    locale: localeOf(context),
  })
  const goal = safePath(next, '/home')
  if (verdict.allowed) return goOn(goal, verdict.cookies)
  if (verdict.because === 'asked-anew') return goOn(`/sign-in?done=asked-anew&next=${encodeURIComponent(goal)}`)
  if (verdict.because === 'wrong') {
    const wrong = kind === 'totp' ? m.security_error_code_wrong() : m.security_error_recovery_wrong()
    return again(kind, formAgain(submission, { fieldErrors: { code: [wrong] } }))
  }
  return again(kind, formAgain(submission, { formErrors: [m.security_second_locked()] }, 429))
}

// Two forms stand on the page: the answer goes back to the one that was sent.
function again(kind: 'totp' | 'recovery', answer: ReturnType<typeof formAgain>) {
  return data({ ...answer.data, kind }, answer.init ?? undefined)
}

/** The question for the second factor, after the password was right. */
export default function SignInCode({ loaderData: { next, days }, actionData }: Route.ComponentProps) {
  const result = (kind: 'totp' | 'recovery') => (actionData?.kind === kind ? actionData.result : undefined)
  return (
    <>
      <PageHead title={m.security_second_title()}>{m.security_second_lead()}</PageHead>
      <div className="stack tight">
        <CodeForm kind="totp" next={next} days={days} result={result('totp')} />
        <Details summary={m.security_second_without()} open={actionData?.kind === 'recovery'}>
          <CodeForm kind="recovery" next={next} days={days} result={result('recovery')} />
        </Details>
        <p>
          <a href={`/sign-in?next=${encodeURIComponent(next)}`}>{m.security_second_other()}</a>
        </p>
      </div>
    </>
  )
}

type CodeFormProps = { kind: 'totp' | 'recovery'; next: string; days: number; result: SubmissionResult | undefined }

function CodeForm({ kind, next, days, result }: CodeFormProps) {
  const [form, fields] = useForm<{ code: string; trust: string }>({ id: kind, lastResult: result })
  return (
    <PostForm form={form}>
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="next" value={next} />
      <InputField
        field={fields.code}
        label={kind === 'totp' ? m.security_code() : m.security_recovery_code()}
        help={kind === 'totp' ? m.security_second_help() : m.security_recovery_help()}
        autoComplete={kind === 'totp' ? 'one-time-code' : 'off'}
        {...(kind === 'totp' && { inputMode: 'numeric' as const, look: 'short' as const })}
        spellCheck={false}
      />
      <CheckField field={fields.trust} label={m.security_second_trust({ days: formatNumber(days) })} />
      <div>
        <Button look={kind === 'totp' ? 'go' : 'plain'}>{m.accounts_sign_in_act()}</Button>
      </div>
    </PostForm>
  )
}
