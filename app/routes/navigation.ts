import type { OrganisationKind } from '#app/accounts/organisation.ts'
import { m } from '#app/generated/messages/messages.js'

/** A page of the rail. */
export interface Place {
  readonly href: string
  readonly label: () => string
  /** `g` and then this key goes there. */
  readonly key?: string
  /** Stands apart from what is above. */
  readonly cut?: true
}

const home = { href: '/home', label: () => m.ui_nav_home(), key: 'h' } as const
const notices = { href: '/notices', label: () => m.ui_nav_notices(), key: 'n' } as const
const vendors = { href: '/vendors', label: () => m.ui_nav_vendors(), key: 'v' } as const
const team = { href: '/team', label: () => m.ui_nav_team(), cut: true } as const
const mandates = { href: '/settings/mandates', label: () => m.mandates_title() } as const
const settings = { href: '/settings', label: () => m.ui_nav_settings() } as const

/** The rail of each kind of organisation: pages that exist, most used first. */
export const railOf = {
  rights_holder: [
    home,
    notices,
    { href: '/catalogues', label: () => m.ui_nav_catalogues(), key: 'c' },
    { href: '/evidence', label: () => m.evidence_title(), key: 'e' },
    vendors,
    mandates,
    { href: '/reports', label: () => m.reports_title() },
    team,
    settings,
  ],
  vendor: [
    { href: '/inbox', label: () => m.ui_nav_inbox(), key: 'h' },
    notices,
    { href: '/directory-entry', label: () => m.security_entry_title() },
    vendors,
    team,
    settings,
  ],
  association: [
    { href: '/association/matrix', label: () => m.matrix_title(), key: 'm' },
    { href: '/association/notices', label: () => m.ui_nav_notices(), key: 'n' },
    { href: '/association/mandates', label: () => m.mandates_title() },
    { href: '/association/filings', label: () => m.collective_title() },
    vendors,
    { href: '/association/reports', label: () => m.reports_title() },
    team,
    settings,
  ],
  operator: [
    { href: '/operator/organisations', label: () => m.ui_nav_organisations(), key: 'h' },
    { href: '/operator/directory', label: () => m.ui_nav_directory(), key: 'v' },
    { href: '/operator/corrections', label: () => m.security_corrections_title() },
    { href: '/operator/mail', label: () => m.ui_nav_mail() },
    { href: '/operator/replies', label: () => m.replies_nav() },
    { href: '/operator/jobs', label: () => m.ui_nav_jobs() },
    { href: '/operator', label: () => m.operator_alarm_title() },
    { href: '/operator/metrics', label: () => m.operator_metrics_title() },
    team,
    settings,
  ],
} as const satisfies Record<OrganisationKind, readonly Place[]>

/** The page of a rail that `path` belongs to: the longest address that it begins with. */
export function placeOf(rail: readonly Place[], path: string): Place | undefined {
  return rail
    .filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .toSorted((one, other) => other.href.length - one.href.length)[0]
}
