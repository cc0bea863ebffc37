import { m } from '#app/generated/messages/messages.js'
import type { OrganisationKind } from '#app/accounts/organisation.ts'

/** Where the notices of an organisation are listed: the first crumb of a page about one of them. */
export function listCrumb(kind: OrganisationKind): { readonly label: string; readonly href: string } {
  if (kind === 'vendor') return { label: m.ui_nav_inbox(), href: '/inbox' }
  return kind === 'association'
    ? { label: m.bulk_title(), href: '/association/notices' }
    : { label: m.notices_list_title(), href: '/notices' }
}
