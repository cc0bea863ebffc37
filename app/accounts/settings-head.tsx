import { m } from '#app/generated/messages/messages.js'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { Tabs } from '#app/ui/tabs.tsx'
import type { OrganisationKind } from './organisation.ts'

type SettingsHeadProps = {
  readonly section:
    | 'you'
    | 'notifications'
    | 'sign-in'
    | 'organisation'
    | 'members'
    | 'domain'
    | 'sending'
    | 'four-eyes'
    | 'audit'
    | 'export'
    | 'close'
  readonly kind: OrganisationKind
  readonly lead: string
  /** What the page before has done. */
  readonly done?: string | undefined
}

/** The top of every settings page: its sections, and what was saved just now. */
export function SettingsHead({ section, kind, lead, done }: SettingsHeadProps) {
  const sections = [
    { key: 'you', label: m.accounts_settings_you(), href: '/settings' },
    ...(kind !== 'operator'
      ? [{ key: 'notifications', label: m.clocks_settings_notifications(), href: '/settings/notifications' }]
      : []),
    { key: 'sign-in', label: m.accounts_settings_sign_in(), href: '/settings/sign-in' },
    { key: 'organisation', label: m.accounts_settings_organisation(), href: '/settings/organisation' },
    { key: 'members', label: m.security_members_tab(), href: '/settings/members' },
    ...(kind === 'operator' ? [] : [{ key: 'domain', label: m.security_domain_title(), href: '/settings/domain' }]),
    ...(kind === 'rights_holder' || kind === 'association'
      ? [
          { key: 'sending', label: m.accounts_settings_sending(), href: '/settings/sending' },
          { key: 'four-eyes', label: m.approvals_settings(), href: '/settings/four-eyes' },
        ]
      : []),
    { key: 'audit', label: m.audit_tab(), href: '/settings/audit' },
    { key: 'export', label: m.privacy_export_tab(), href: '/settings/export' },
    ...(kind === 'operator' ? [] : [{ key: 'close', label: m.closing_tab(), href: '/settings/close' }]),
  ]
  return (
    <>
      <PageHead title={m.accounts_settings_title()} tight>
        {lead}
      </PageHead>
      <div className="gap below">
        <Tabs tabs={sections} chosen={section} label={m.accounts_settings_title()} />
      </div>
      {done !== undefined && (
        <div className="below">
          <Note tone="agreed" status>
            <p>{done}</p>
          </Note>
        </div>
      )}
    </>
  )
}
