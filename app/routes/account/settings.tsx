import { useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { personForm } from '#app/accounts/forms.ts'
import { TimeZoneField } from '#app/accounts/organisation-fields.tsx'
import { PostForm } from '#app/accounts/post-form.tsx'
import { savePerson } from '#app/accounts/save-person.server.ts'
import { SettingsHead } from '#app/accounts/settings-head.tsx'
import { languageCookie, requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { CheckField, RadioField } from '#app/ui/choices.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'
import type { Route } from './+types/settings.ts'
import { formAgain, goOn, rememberChoice } from './answers.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.accounts_settings_title())

export function loader({ request, context }: Route.LoaderArgs) {
  const { name, nameOther, email, locale, timeZone, theme, shortcuts, organisation } = requireMember(context)
  const saved = new URL(request.url).searchParams.has('saved')
  const person = { name, nameOther: nameOther ?? '', locale, timeZone, theme: theme ?? 'system', shortcuts }
  return { person, email, kind: organisation.kind, saved }
}

export async function action({ request, context }: Route.ActionArgs) {
  const viewer = requireMember(context)
  const submission = parseWithZod(await request.formData(), { schema: personForm })
  if (submission.status !== 'success') return formAgain(submission)
  await savePerson(viewer, submission.value)
  return goOn('/settings?saved', [rememberChoice(languageCookie, submission.value.locale)])
}

/** What a person says of themselves. */
export default function Settings({ loaderData, actionData }: Route.ComponentProps) {
  const { person, email, kind, saved } = loaderData
  const { shortcuts, ...words } = person
  const [form, fields] = useForm<typeof words & { shortcuts: string }>({
    id: 'settings',
    lastResult: actionData?.result,
    defaultValue: { ...words, shortcuts: shortcuts ? 'on' : '' },
  })
  return (
    <>
      <SettingsHead
        section="you"
        kind={kind}
        lead={m.accounts_settings_you_lead()}
        done={saved && !actionData ? m.accounts_settings_saved() : undefined}
      />
      <PostForm form={form}>
        <p className="muted">{m.accounts_settings_email_fixed({ email })}</p>
        <InputField field={fields.name} label={m.accounts_name()} help={m.accounts_name_help()} autoComplete="name" />
        <InputField
          field={fields.nameOther}
          label={m.accounts_name_other()}
          help={m.accounts_name_other_help()}
          optional
        />
        <RadioField
          field={fields.locale}
          label={m.accounts_language()}
          look="row"
          choices={[
            { value: 'en', label: <span lang="en">English</span> },
            { value: 'ja', label: <span lang="ja">日本語</span> },
          ]}
        />
        <TimeZoneField field={fields.timeZone} />
        <RadioField
          field={fields.theme}
          label={m.accounts_settings_theme()}
          look="row"
          choices={[
            { value: 'system', label: m.accounts_settings_theme_system() },
            { value: 'light', label: m.accounts_settings_theme_light() },
            { value: 'dark', label: m.accounts_settings_theme_dark() },
          ]}
        />
        <CheckField
          field={fields.shortcuts}
          label={m.accounts_settings_shortcuts()}
          help={m.accounts_settings_shortcuts_help()}
        />
        <div>
          <Button look="go">{m.accounts_settings_save()}</Button>
        </div>
      </PostForm>
      <OwnData />
    </>
  )
}

function OwnData() {
  return (
    <div className="gap-lg">
      <Section id="data" title={m.privacy_section()}>
        <p>
          <a href="/account/export">{m.privacy_export_link()}</a>
        </p>
        <p>
          <a href="/account/delete">{m.privacy_delete_link()}</a>
        </p>
      </Section>
    </div>
  )
}
