import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { data } from 'react-router'
import { confirmAddress, findPendingSignUp } from '#app/accounts/confirm-address.server.ts'
import { confirmAddressForm } from '#app/accounts/forms.ts'
import { PostForm } from '#app/accounts/post-form.tsx'
import { confirmHours } from '#app/accounts/sign-up.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/confirm-address.ts'
import { clientOf, formAgain, goOn } from './answers.ts'

export const handle = { main: 'slim' }
export const meta: Route.MetaFunction = () => pageTitle(m.accounts_confirm_title())

export async function loader({ request }: Route.LoaderArgs) {
  const token = new URL(request.url).searchParams.get('token') ?? ''
  const pending = token === '' ? undefined : await findPendingSignUp(token)
  return data({ token, email: pending?.email, hours: confirmHours }, { status: pending ? 200 : 404 })
}

export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await request.formData(), { schema: confirmAddressForm })
  if (submission.status !== 'success') return formAgain(submission)
  const { headers } = request
  const verdict = await confirmAddress({ ...submission.value, headers, clientAddress: clientOf(context) })
  if (verdict.allowed) return goOn('/welcome', verdict.cookies)
  const { status, ...errors } = refusals[verdict.because]()
  return formAgain(submission, errors, status)
}

const refusals = {
  'wrong-password': () => ({ fieldErrors: { password: [m.accounts_confirm_wrong()] }, status: 400 }),
  'address-taken': () => ({ formErrors: [m.accounts_confirm_taken()], status: 409 }),
  'too-many': () => ({ formErrors: [m.accounts_too_many_hour()], status: 429 }),
  // The page itself says then that the link is stale.
  'stale-link': () => ({ status: 404 }),
} as const satisfies Record<string, () => Parameters<typeof formAgain>[1] & { status: number }>

/** The mail shows that the mailbox is read, the password that its reader signed up. Opening the page confirms nothing. */
export default function ConfirmAddress({ loaderData, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm<{ token: string; password: string }>({
    id: 'confirm-address',
    lastResult: actionData?.result,
  })
  if (loaderData.email === undefined) return <Stale hours={loaderData.hours} />
  return (
    <>
      <PageHead title={m.accounts_confirm_title()}>{m.accounts_confirm_lead({ email: loaderData.email })}</PageHead>
      <PostForm form={form}>
        <input type="hidden" name={fields.token.name} defaultValue={loaderData.token} />
        <InputField
          field={fields.password}
          label={m.accounts_password()}
          type="password"
          autoComplete="current-password"
        />
        <div>
          <Button look="go">{m.accounts_confirm_act()}</Button>
        </div>
      </PostForm>
    </>
  )
}

function Stale({ hours }: { hours: number }) {
  return (
    <>
      <PageHead title={m.accounts_confirm_stale_title()}>
        {m.accounts_confirm_stale({ hours: formatNumber(hours) })}
      </PageHead>
      <div className="bs">
        <LinkButton look="go" href="/sign-in">
          {m.accounts_sign_in_act()}
        </LinkButton>
        <LinkButton href="/sign-up">{m.accounts_sign_up_act()}</LinkButton>
      </div>
    </>
  )
}
