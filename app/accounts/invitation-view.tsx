import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { roleWords } from './account-words.ts'
import { invitationHours, type AcceptanceVerdict } from './invitation.ts'
import type { Role } from './roles.ts'

type Reason = Exclude<AcceptanceVerdict, { allowed: true }>['because'] | 'unknown'

const reasons = {
  used: () => m.accounts_invitation_because_used(),
  revoked: () => m.accounts_invitation_because_revoked(),
  expired: () => m.accounts_invitation_because_expired({ hours: formatNumber(invitationHours) }),
  'inviter-lost-authority': () => m.accounts_invitation_because_inviter(),
  'other-address': () => m.accounts_invitation_because_address(),
  unknown: () => m.accounts_invitation_because_unknown(),
} as const satisfies Record<Reason, () => string>

/** What an invitation shows of itself to whoever holds its link. */
export type InvitationFacts = { organisation: string; inviter: string; email: string; role: Role }

/** Who invites to what, as what. */
export function InvitationHead({ organisation, inviter, email, role }: InvitationFacts) {
  return (
    <PageHead title={m.accounts_invitation_title({ inviter, organisation })}>
      {m.accounts_invitation_role({ role: roleWords[role]() })} {m.accounts_invitation_address({ email })}
    </PageHead>
  )
}

/** Why an invitation makes nobody a member any more. */
export function StaleInvitation({ because }: { because: Reason }) {
  return <PageHead title={m.accounts_invitation_stale_title()}>{reasons[because]()}</PageHead>
}
