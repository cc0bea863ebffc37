import { data } from 'react-router'
import { findFourEyes } from '#app/accounts/find-four-eyes.server.ts'
import { fewestApprovers, mayDo } from '#app/accounts/roles.ts'
import { SettingsHead } from '#app/accounts/settings-head.tsx'
import { switchFourEyes, type FourEyesSwitched } from '#app/accounts/switch-four-eyes.server.ts'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'
import type { Route } from './+types/settings-four-eyes.ts'
import { goOn } from './answers.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.approvals_settings())

export async function loader({ request, context }: Route.LoaderArgs) {
  const member = requireMember(context, ['rights_holder', 'association'])
  const { on, waiting, owners, approvers } = await findFourEyes(member)
  return {
    on,
    waiting,
    owners,
    approvers: approvers.map(({ personId, name, email }) => ({ personId, name, email })),
    kind: member.organisation.kind,
    email: member.email,
    mayChange: mayDo(member.organisation.role, 'manage-organisation'),
    switched: new URL(request.url).searchParams.has('switched'),
  }
}

type Refused = Extract<FourEyesSwitched, { allowed: false }>['because']

const refusals = {
  'not-an-owner': [403, () => m.accounts_team_refused_owner()],
  'too-few-approvers': [409, () => m.approvals_settings_needs_two({ count: '1' })],
  'wrong-password': [400, () => m.accounts_error_password_wrong()],
  'too-many': [429, () => m.accounts_too_many_hour()],
} as const satisfies Record<Refused, readonly [number, () => string]>

export async function action({ request, context }: Route.ActionArgs) {
  const member = requireMember(context, ['rights_holder', 'association'])
  const form = await request.formData()
  const password = form.get('currentPassword')
  const switched = await switchFourEyes({
    member,
    on: form.get('act') === 'on',
    password: typeof password === 'string' ? password : undefined,
  })
  if (switched.allowed) return goOn('/settings/four-eyes?switched')
  const { because } = switched
  const [status, words] = refusals[because]
  return data({ fault: words(), atPassword: because === 'wrong-password' }, { status })
}

/** Whether filings wait for a second person, and the switch. */
export default function SettingsFourEyes({ loaderData, actionData }: Route.ComponentProps) {
  const { on, waiting, owners, approvers, kind, mayChange, switched } = loaderData
  const done = on ? m.approvals_settings_switched_on() : m.approvals_settings_switched_off()
  return (
    <>
      <SettingsHead
        section="four-eyes"
        kind={kind}
        lead={m.approvals_settings_lead()}
        done={switched && !actionData ? done : undefined}
      />
      {actionData && (
        <ErrorSummary faults={[{ text: actionData.fault, ...(actionData.atPassword && { id: 'currentPassword' }) }]} />
      )}
      <div className="stack">
        <div>
          <p>{on ? m.approvals_settings_on() : m.approvals_settings_off()}</p>
          {waiting > 0 && (
            <p>
              <a href="/approvals">{m.approvals_settings_waiting({ count: formatNumber(waiting), n: waiting })}</a>
            </p>
          )}
        </div>
        <Section id="who" title={m.approvals_settings_who()}>
          <ul>
            {approvers.map(({ personId, name, email }) => (
              <li key={personId}>
                {name} <span className="muted">{email}</span>
              </li>
            ))}
          </ul>
        </Section>
        {mayChange ? (
          <Switch {...loaderData} fault={actionData?.atPassword === true ? actionData.fault : undefined} />
        ) : (
          <p>{m.accounts_settings_only_owner({ owners: owners.join(', ') })}</p>
        )}
      </div>
    </>
  )
}

type SwitchProps = { on: boolean; approvers: readonly unknown[]; email: string; fault: string | undefined }

function Switch({ on, approvers, email, fault }: SwitchProps) {
  if (!on && approvers.length < fewestApprovers)
    return <p>{m.approvals_settings_needs_two({ count: formatNumber(approvers.length) })}</p>
  if (!on)
    return (
      <form method="post">
        <Button look="go" name="act" value="on">
          {m.approvals_settings_switch_on()}
        </Button>
      </form>
    )
  return (
    <form method="post" className="fs" noValidate>
      {/* Password managers look for the name that the password belongs to. */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <InputField
        field={{ id: 'currentPassword', name: 'currentPassword', errors: fault === undefined ? [] : [fault] }}
        label={m.accounts_password_current()}
        help={m.approvals_settings_password_help()}
        type="password"
        autoComplete="current-password"
      />
      <div>
        <Button look="risk" name="act" value="off">
          {m.approvals_settings_switch_off()}
        </Button>
      </div>
    </form>
  )
}
