import { parseWithZod } from '@conform-to/zod/v4'
import { SettingsHead } from '#app/accounts/settings-head.tsx'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { MailChoices } from '#app/notices/mail-choices.tsx'
import { mailChoicesForm, topicsOf, type MailTopic } from '#app/notices/mail-topics.ts'
import { findMailChoices, saveMailChoices } from '#app/notices/save-mail-choices.server.ts'
import { Button } from '#app/ui/button.tsx'
import { cityOf } from '#app/ui/cities.ts'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'
import type { Route } from './+types/settings-notifications.ts'
import { goOn } from './answers.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.clocks_settings_notifications())

export async function loader({ request, context }: Route.LoaderArgs) {
  const member = requireMember(context, ['rights_holder', 'vendor', 'association'])
  return {
    kind: member.organisation.kind,
    timeZone: member.timeZone,
    topics: topicsFor(member),
    chosen: await findMailChoices(member),
    saved: new URL(request.url).searchParams.has('saved'),
  }
}

export async function action({ request, context }: Route.ActionArgs) {
  const member = requireMember(context, ['rights_holder', 'vendor', 'association'])
  const submission = parseWithZod(await request.formData(), { schema: mailChoicesForm })
  // The page offers nothing else: a form that says more was not made by it.
  if (submission.status !== 'success') throw new Response(null, { status: 400 })
  await saveMailChoices(member, submission.value)
  return goOn('/settings/notifications?saved')
}

/** When a person hears of what may be missed, and what always comes at once. */
export default function SettingsNotifications({ loaderData }: Route.ComponentProps) {
  const { kind, timeZone, topics, chosen, saved } = loaderData
  const city = cityOf(timeZone, getLocale() === 'ja' ? 'ja' : 'en')
  const always = alwaysFor(kind)
  return (
    <>
      <SettingsHead
        section="notifications"
        kind={kind}
        lead={m.clocks_settings_lead({ city })}
        done={saved ? m.accounts_settings_saved() : undefined}
      />
      <form method="post" className="fs">
        <MailChoices topics={topics} chosen={chosen} />
        <div>
          <Button look="go">{m.accounts_settings_save()}</Button>
        </div>
      </form>
      <div className="gap-lg">
        <Section id="always" title={m.clocks_settings_always()} aside={m.clocks_settings_always_why()}>
          <ul className="lines">
            {always.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Section>
      </div>
    </>
  )
}

function topicsFor({ organisation }: Member): readonly MailTopic[] {
  if (organisation.kind === 'association') return topicsOf.association
  return organisation.kind === 'vendor' ? topicsOf.vendor : topicsOf.holder
}

function alwaysFor(kind: Member['organisation']['kind']): readonly string[] {
  if (kind === 'association') return [m.reports_always_mandates()]
  return kind === 'vendor' ? alwaysForVendors() : alwaysForHolders()
}

function alwaysForHolders(): readonly string[] {
  return [m.clocks_always_failed(), m.clocks_always_overdue(), m.clocks_always_answers()]
}

function alwaysForVendors(): readonly string[] {
  return [m.clocks_always_service(), m.clocks_always_reminders(), m.clocks_always_changes()]
}
