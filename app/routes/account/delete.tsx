import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { askForErasure, findErasureTerms } from '#app/accounts/ask-for-erasure.server.ts'
import { erasureForm } from '#app/accounts/erasure-form.ts'
import { PostForm } from '#app/accounts/post-form.tsx'
import { findViewer, requireViewer } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { signOut } from '#app/platform/auth.server.ts'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'
import type { Route } from './+types/delete.ts'
import { formAgain, goOn } from './answers.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.privacy_delete_title())

export async function loader({ request, context }: Route.LoaderArgs) {
  if (new URL(request.url).searchParams.has('done') && !findViewer(context)) return null
  const viewer = requireViewer(context)
  return { email: viewer.email, ...(await findErasureTerms(viewer)) }
}

export async function action({ request, context }: Route.ActionArgs) {
  const viewer = requireViewer(context)
  const { needsCode } = await findErasureTerms(viewer)
  const submission = parseWithZod(await request.formData(), { schema: erasureForm({ needsCode }) })
  if (submission.status !== 'success') return formAgain(submission)
  const { password, code } = submission.value
  const asked = await askForErasure({ viewer, headers: request.headers, password, code })
  // Its session is gone already: this only makes the browser forget it.
  if (asked.allowed) return goOn('/account/delete?done', await signOut(request.headers))
  if (asked.because === 'last-owner') {
    const organisations = asked.organisations.join(', ')
    return formAgain(submission, { formErrors: [m.privacy_delete_sole({ organisations })] }, 409)
  }
  const [status, errors] = refusals[asked.because]
  return formAgain(submission, errors(), status)
}

const refusals = {
  'wrong-password': [400, () => ({ fieldErrors: { password: [m.accounts_error_password_wrong()] } })],
  'wrong-code': [400, () => ({ fieldErrors: { code: [m.security_error_code_wrong()] } })],
  'too-many': [429, () => ({ formErrors: [m.accounts_too_many_hour()] })],
} as const

/** Deleting one's account: what goes, what stays, and who must act first. */
export default function Delete({ loaderData, actionData }: Route.ComponentProps) {
  if (loaderData === null) return <PageHead title={m.privacy_deleted_title()}>{m.privacy_deleted_lead()}</PageHead>
  const { soleOwnerOf } = loaderData
  return (
    <>
      <PageHead title={m.privacy_delete_title()}>{m.privacy_delete_lead()}</PageHead>
      <div className="stack">
        <Section id="goes" title={m.privacy_delete_goes()}>
          <ul className="dots">
            <li>{m.privacy_delete_goes_account()}</li>
            <li>{m.privacy_delete_goes_membership()}</li>
            <li>{m.privacy_delete_goes_ledger()}</li>
            <li>{m.privacy_delete_goes_mails()}</li>
          </ul>
        </Section>
        <Section id="stays" title={m.privacy_delete_stays()}>
          <p className="prose">{m.privacy_delete_stays_notices()}</p>
        </Section>
        {soleOwnerOf.length > 0 ? (
          <Note tone="question">
            <p>{m.privacy_delete_sole({ organisations: soleOwnerOf.join(', ') })}</p>
            <p>
              <LinkButton href="/team">{m.privacy_delete_team()}</LinkButton>
            </p>
          </Note>
        ) : (
          <DeleteForm {...loaderData} result={actionData?.result} />
        )}
      </div>
    </>
  )
}

type FormProps = {
  email: string
  needsCode: boolean
  result: NonNullable<Route.ComponentProps['actionData']>['result'] | undefined
}

function DeleteForm({ email, needsCode, result }: FormProps) {
  const [form, fields] = useForm<{ password: string; code: string }>({ id: 'delete', lastResult: result })
  return (
    <PostForm form={form}>
      {/* Password managers look for the name that the password belongs to. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <InputField
        field={fields.password}
        label={m.accounts_password_current()}
        help={m.privacy_delete_password_help()}
        type="password"
        autoComplete="current-password"
      />
      {needsCode && (
        <InputField
          field={fields.code}
          label={m.privacy_delete_code()}
          help={m.security_factor_code_help()}
          autoComplete="one-time-code"
          inputMode="numeric"
          look="short"
        />
      )}
      <div className="bs">
        <Button look="risk go">{m.privacy_delete_act()}</Button>
        <LinkButton href="/settings">{m.closing_back()}</LinkButton>
      </div>
    </PostForm>
  )
}
