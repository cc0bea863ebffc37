import { data } from 'react-router'
import { findUnprotected, requireSecondFactor } from '#app/accounts/require-second-factor.server.ts'
import { mayDo } from '#app/accounts/roles.ts'
import { SettingsHead } from '#app/accounts/settings-head.tsx'
import { requireFreshViewer, requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Note } from '#app/ui/note.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'
import type { Route } from './+types/settings-members.ts'
import { goOn } from './answers.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.security_members_title())

export async function loader({ request, context }: Route.LoaderArgs) {
  const member = requireMember(context)
  return {
    kind: member.organisation.kind,
    organisation: nameIn(member.locale, member.organisation.name, member.organisation.nameOther),
    isOn: member.organisation.secondFactor,
    mayChange: mayDo(member.organisation.role, 'manage-organisation'),
    ...(await findUnprotected(member)),
    saved: new URL(request.url).searchParams.has('saved'),
  }
}

export async function action({ request, context }: Route.ActionArgs) {
  const member = requireMember(context)
  const wanted = (await request.formData()).get('act') === 'on'
  // What protects everybody is not taken away by whoever finds a screen unlocked.
  if (!wanted) requireFreshViewer(context)
  const saved = await requireSecondFactor(member, wanted)
  if (saved.allowed) return goOn('/settings/members?saved')
  return data({ because: saved.because }, { status: 403 })
}

/** Whether the organisation asks more than a password of its members, and who has only that. */
export default function SettingsMembers({ loaderData, actionData }: Route.ComponentProps) {
  const { kind, organisation, isOn, mayChange, count, names, saved } = loaderData
  return (
    <>
      <SettingsHead
        section="members"
        kind={kind}
        lead={m.security_members_lead()}
        done={saved && !actionData ? m.accounts_settings_saved() : undefined}
      />
      <Section id="second-factor" title={m.security_members_title()}>
        <div className="stack tight">
          {actionData?.because === 'not-yourself' && (
            <Note tone="question">
              <p role="alert">
                {m.security_members_not_yourself()} <a href="/settings/second-factor">{m.security_summary_set_up()}</a>
              </p>
            </Note>
          )}
          <p className="prose">{isOn ? m.security_members_on({ organisation }) : m.security_members_off()}</p>
          <p>
            {names.length === 0
              ? m.security_members_all({ count: formatNumber(count) })
              : m.security_members_without({ names: names.join(', '), count: formatNumber(names.length) })}
          </p>
          {mayChange ? (
            <form method="post">
              <Button look={isOn ? 'plain' : 'go'} name="act" value={isOn ? 'off' : 'on'}>
                {isOn ? m.security_members_turn_off() : m.security_members_turn_on()}
              </Button>
            </form>
          ) : (
            <p>{m.security_domain_only_owner()}</p>
          )}
        </div>
      </Section>
    </>
  )
}
