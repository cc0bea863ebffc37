import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { kindWords } from '#app/accounts/account-words.ts'
import { findOrganisation } from '#app/accounts/find-organisation.server.ts'
import { OrganisationFields } from '#app/accounts/organisation-fields.tsx'
import { organisationForm, type OrganisationInput } from '#app/accounts/organisation.ts'
import { PostForm } from '#app/accounts/post-form.tsx'
import { mayDo } from '#app/accounts/roles.ts'
import { saveOrganisation } from '#app/accounts/save-organisation.server.ts'
import { SettingsHead } from '#app/accounts/settings-head.tsx'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/settings-organisation.ts'
import { formAgain, goOn } from './answers.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.accounts_settings_organisation())

export async function loader({ request, context }: Route.LoaderArgs) {
  const member = requireMember(context)
  const { owners, verifiedAt, undoMinutes: _, ...details } = await findOrganisation(member)
  const values = Object.fromEntries(Object.entries(details).map(([key, value]) => [key, value ?? '']))
  return {
    values,
    owners,
    kind: member.organisation.kind,
    verified: verifiedAt !== null,
    mayChange: mayDo(member.organisation.role, 'manage-organisation'),
    saved: new URL(request.url).searchParams.has('saved'),
  }
}

export async function action({ request, context }: Route.ActionArgs) {
  const member = requireMember(context)
  const submission = parseWithZod(await request.formData(), { schema: organisationForm })
  if (submission.status !== 'success') return formAgain(submission)
  const saved = await saveOrganisation({ member, form: submission.value })
  if (saved.allowed) return goOn('/settings/organisation?saved')
  return formAgain(submission, { formErrors: [m.accounts_team_refused_owner()] }, 403)
}

/** What the organisation says of itself in its letters. */
export default function SettingsOrganisation({ loaderData, actionData }: Route.ComponentProps) {
  const { values, owners, kind, verified, mayChange, saved } = loaderData
  const [form, fields] = useForm<OrganisationInput>({
    id: 'organisation',
    lastResult: actionData?.result,
    defaultValue: values,
  })
  return (
    <>
      <SettingsHead
        section="organisation"
        kind={kind}
        lead={m.accounts_settings_organisation_lead()}
        done={saved && !actionData ? m.accounts_settings_saved() : undefined}
      />
      <div className="stack tight">
        <Facts
          facts={[
            [m.accounts_settings_kind(), kindWords[kind]()],
            [m.accounts_settings_verified(), verified ? m.accounts_settings_verified_yes() : unverified(kind)],
          ]}
        />
        {!mayChange && <p>{m.accounts_settings_only_owner({ owners: owners.join(', ') })}</p>}
        <PostForm form={form}>
          <fieldset className="fs" disabled={!mayChange}>
            <OrganisationFields fields={fields} />
            {mayChange && (
              <div>
                <Button look="go">{m.accounts_settings_save()}</Button>
              </div>
            )}
          </fieldset>
        </PostForm>
      </div>
    </>
  )
}

function unverified(kind: string): string {
  return kind === 'rights_holder' ? m.accounts_settings_verified_no() : m.accounts_settings_verified_not_yet()
}
