import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { findOrganisation } from '#app/accounts/find-organisation.server.ts'
import { maxReviewHours, sendingForm } from '#app/accounts/organisation.ts'
import { PostForm } from '#app/accounts/post-form.tsx'
import { mayDo } from '#app/accounts/roles.ts'
import { saveSending } from '#app/accounts/save-organisation.server.ts'
import { SettingsHead } from '#app/accounts/settings-head.tsx'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { env } from '#app/platform/env.server.ts'
import { Button } from '#app/ui/button.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/settings-sending.ts'
import { formAgain, goOn } from './answers.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.accounts_settings_sending())

export async function loader({ request, context }: Route.LoaderArgs) {
  const member = requireMember(context, ['rights_holder', 'association'])
  const { undoMinutes, firstMailsPerHour, reviewHours, owners } = await findOrganisation(member)
  return {
    undoMinutes,
    firstMailsPerHour,
    reviewHours: member.organisation.kind === 'association' ? reviewHours : null,
    mostPerHour: env().FIRST_MAILS_PER_HOUR,
    owners,
    kind: member.organisation.kind,
    mayChange: mayDo(member.organisation.role, 'manage-organisation'),
    saved: new URL(request.url).searchParams.has('saved'),
  }
}

export async function action({ request, context }: Route.ActionArgs) {
  const member = requireMember(context, ['rights_holder', 'association'])
  const submission = parseWithZod(await request.formData(), { schema: sendingForm })
  if (submission.status !== 'success') return formAgain(submission)
  const saved = await saveSending({ member, form: submission.value })
  if (saved.allowed) return goOn('/settings/sending?saved')
  return formAgain(submission, { formErrors: [m.accounts_team_refused_owner()] }, 403)
}

/** How long filings wait for a recall before they leave. */
export default function SettingsSending({ loaderData, actionData }: Route.ComponentProps) {
  const { undoMinutes, firstMailsPerHour, reviewHours, mostPerHour, owners, kind, mayChange, saved } = loaderData
  const [form, fields] = useForm<{ undoMinutes: string; firstMailsPerHour: string; reviewHours: string }>({
    id: 'sending',
    lastResult: actionData?.result,
    defaultValue: {
      undoMinutes: String(undoMinutes),
      firstMailsPerHour: firstMailsPerHour === null ? '' : String(firstMailsPerHour),
      reviewHours: reviewHours === null ? '' : String(reviewHours),
    },
  })
  return (
    <>
      <SettingsHead
        section="sending"
        kind={kind}
        lead={m.accounts_settings_sending_lead()}
        done={saved && !actionData ? m.accounts_settings_saved() : undefined}
      />
      {!mayChange && <p className="below">{m.accounts_settings_only_owner({ owners: owners.join(', ') })}</p>}
      <PostForm form={form}>
        <fieldset className="fs" disabled={!mayChange}>
          <InputField
            field={fields.undoMinutes}
            label={m.accounts_settings_undo()}
            help={m.accounts_settings_undo_help()}
            inputMode="numeric"
            look="short"
          />
          <InputField
            field={fields.firstMailsPerHour}
            label={m.filing_first_mails()}
            help={m.filing_first_mails_help({ most: formatNumber(mostPerHour) })}
            inputMode="numeric"
            look="short"
            optional
          />
          {reviewHours !== null && (
            <InputField
              field={fields.reviewHours}
              label={m.accounts_settings_review_hours()}
              help={m.accounts_settings_review_hours_help({ max: formatNumber(maxReviewHours) })}
              inputMode="numeric"
              look="short"
            />
          )}
          {mayChange && (
            <div>
              <Button look="go">{m.accounts_settings_save()}</Button>
            </div>
          )}
        </fieldset>
      </PostForm>
    </>
  )
}
