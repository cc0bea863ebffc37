import { parseWithZod } from '@conform-to/zod/v4'
import { data } from 'react-router'
import { beginSecondFactorForm, confirmSecondFactorForm } from '#app/accounts/second-factor-forms.ts'
import { SecondFactorOff, SecondFactorOn, SecondFactorPending } from '#app/accounts/second-factor-panels.tsx'
import {
  replaceRecoveryCodes,
  startSecondFactor,
  turnOffSecondFactor,
  turnOnSecondFactor,
} from '#app/accounts/set-up-second-factor.server.ts'
import { SettingsHead } from '#app/accounts/settings-head.tsx'
import { totpAddress, typedKey } from '#app/accounts/totp-address.ts'
import { requireFreshViewer, requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { findPasskeys } from '#app/platform/passkeys.server.ts'
import { abandonSecondFactor, findSecondFactor } from '#app/platform/second-factor.server.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Note } from '#app/ui/note.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/settings-second-factor.ts'
import { formAgain, goOn } from './answers.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.security_factor_title())

const here = '/settings/second-factor'
const done = {
  off: () => m.security_factor_done_off(),
  on: () => m.security_factor_done_on(),
} as const satisfies Record<string, () => string>

export async function loader({ request, context }: Route.LoaderArgs) {
  const { personId, email, organisation, strong, locale } = requireMember(context)
  const { searchParams } = new URL(request.url)
  const factor = await findSecondFactor(personId)
  return {
    kind: organisation.kind,
    email,
    factor:
      factor.state === 'pending'
        ? {
            state: factor.state,
            key: typedKey(factor.secret),
            address: totpAddress({ secret: factor.secret, email }),
          }
        : factor,
    needed: organisation.secondFactor && !strong ? nameIn(locale, organisation.name, organisation.nameOther) : null,
    hasPasskey: (await findPasskeys(personId)).length > 0,
    done: searchParams.get('done'),
  }
}

export async function action({ request, context }: Route.ActionArgs) {
  const viewer = requireMember(context)
  const form = await request.formData()
  const asked = { viewer, headers: request.headers }
  switch (form.get('act')) {
    case 'begin':
      return begin(form, asked)
    case 'confirm':
      return confirm(form, asked)
    case 'abandon':
      await abandonSecondFactor(viewer.personId)
      return goOn(here)
    case 'renew':
      requireFreshViewer(context)
      return goOn('/settings/recovery-codes', await replaceRecoveryCodes(asked))
    case 'off':
      requireFreshViewer(context)
      await turnOffSecondFactor(asked)
      return goOn(`${here}?done=off`)
    default:
      throw data(null, { status: 400 })
  }
}

type Asked = Parameters<typeof turnOffSecondFactor>[0]

async function begin(form: FormData, asked: Asked) {
  const submission = parseWithZod(form, { schema: beginSecondFactorForm })
  if (submission.status !== 'success') return formAgain(submission)
  const begun = await startSecondFactor({ ...asked, password: submission.value.password })
  if (begun.allowed) return goOn(here)
  if (begun.because === 'too-many') return formAgain(submission, { formErrors: [m.accounts_too_many_hour()] }, 429)
  return formAgain(submission, { fieldErrors: { password: [m.accounts_error_password_wrong()] } })
}

async function confirm(form: FormData, asked: Asked) {
  const submission = parseWithZod(form, { schema: confirmSecondFactorForm })
  if (submission.status !== 'success') return formAgain(submission)
  const on = await turnOnSecondFactor({ ...asked, code: submission.value.code })
  if (on.allowed) return goOn('/settings/recovery-codes', on.cookies)
  if (on.because === 'too-many') return formAgain(submission, { formErrors: [m.accounts_too_many_hour()] }, 429)
  return formAgain(submission, { fieldErrors: { code: [m.security_error_code_wrong()] } })
}

/** The code app: setting it up, its recovery codes, turning it off. */
export default function SettingsSecondFactor({ loaderData, actionData }: Route.ComponentProps) {
  const { kind, email, factor, needed, hasPasskey } = loaderData
  const status = Object.entries(done).find(([key]) => key === loaderData.done && !actionData)?.[1]
  return (
    <>
      <SettingsHead section="sign-in" kind={kind} lead={m.accounts_settings_email_fixed({ email })} done={status?.()} />
      <div className="stack">
        {needed !== null && (
          <Note tone="question">
            <p>{m.security_factor_needed({ organisation: needed })}</p>
            {hasPasskey && (
              <p>
                <a href="/sign-in?again&next=/home">{m.security_factor_needed_passkey()}</a>
              </p>
            )}
          </Note>
        )}
        {factor.state === 'off' && <SecondFactorOff email={email} result={actionData?.result} />}
        {factor.state === 'pending' && (
          <SecondFactorPending address={factor.address} typed={factor.key} result={actionData?.result} />
        )}
        {factor.state === 'on' && <SecondFactorOn left={factor.recoveryCodesLeft} />}
      </div>
    </>
  )
}
