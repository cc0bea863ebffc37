import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { createOrganisation } from '#app/accounts/create-organisation.server.ts'
import { OrganisationFields } from '#app/accounts/organisation-fields.tsx'
import { foundingForm, type FoundingInput } from '#app/accounts/organisation.ts'
import { PostForm } from '#app/accounts/post-form.tsx'
import { organisationCookie, requireViewer } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { railOf } from '#app/routes/navigation.ts'
import { Button } from '#app/ui/button.tsx'
import { RadioField } from '#app/ui/choices.tsx'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/welcome.ts'
import { formAgain, goOn, rememberChoice } from './answers.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.accounts_welcome_title())

export function loader({ context }: Route.LoaderArgs) {
  const { timeZone } = requireViewer(context)
  return { timeZone }
}

export async function action({ request, context }: Route.ActionArgs) {
  const viewer = requireViewer(context)
  const submission = parseWithZod(await request.formData(), { schema: foundingForm })
  if (submission.status !== 'success') return formAgain(submission)
  const { organisationId } = await createOrganisation({ viewer, form: submission.value })
  const [home] = railOf[submission.value.kind]
  return goOn(home.href, [rememberChoice(organisationCookie, organisationId)])
}

/** Founding an organisation, for whoever has none or another one. */
export default function Welcome({ loaderData, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm<FoundingInput>({
    id: 'welcome',
    lastResult: actionData?.result,
    // UTC is what nobody chose.
    defaultValue: loaderData.timeZone === 'UTC' ? {} : { timeZone: loaderData.timeZone },
  })
  return (
    <>
      <PageHead title={m.accounts_welcome_title()}>{m.accounts_welcome_lead()}</PageHead>
      <PostForm form={form}>
        <RadioField
          field={fields.kind}
          label={m.accounts_welcome_kind()}
          help={m.accounts_welcome_kind_help()}
          choices={[
            {
              value: 'rights_holder',
              label: m.accounts_kind_rights_holder(),
              help: m.accounts_kind_rights_holder_help(),
            },
            { value: 'vendor', label: m.accounts_kind_vendor(), help: m.accounts_kind_vendor_help() },
          ]}
        />
        <OrganisationFields fields={fields} />
        <Note tone="info">
          <p>{m.accounts_welcome_unverified()}</p>
        </Note>
        <div>
          <Button look="go">{m.accounts_welcome_act()}</Button>
        </div>
      </PostForm>
    </>
  )
}
