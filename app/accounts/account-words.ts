import { m } from '#app/generated/messages/messages.js'

import type { OrganisationKind } from './organisation.ts'
import type { Role } from './roles.ts'

/** What a role is called. */
export const roleWords = {
  owner: () => m.accounts_role_owner(),
  editor: () => m.accounts_role_editor(),
  approver: () => m.accounts_role_approver(),
  viewer: () => m.accounts_role_viewer(),
} as const satisfies Record<Role, () => string>

/** What a role may do, in a sentence. */
export const roleHelp = {
  owner: () => m.accounts_role_owner_help(),
  editor: () => m.accounts_role_editor_help(),
  approver: () => m.accounts_role_approver_help(),
  viewer: () => m.accounts_role_viewer_help(),
} as const satisfies Record<Role, () => string>

/** What a kind of organisation is called. */
export const kindWords = {
  rights_holder: () => m.accounts_kind_rights_holder(),
  vendor: () => m.accounts_kind_vendor(),
  association: () => m.accounts_kind_association(),
  operator: () => m.accounts_kind_operator(),
} as const satisfies Record<OrganisationKind, () => string>
