import { isRole, mayDo } from './roles.ts'

/** An invitation that nobody answered in this time is worth nothing. */
export const invitationHours = 48

/** What is known of an invitation when somebody wants to accept it, read under a lock. */
export type Invitation = {
  /** The address it was written to, in small letters. */
  email: string
  expiresAt: Date
  acceptedAt: Date | null
  revokedAt: Date | null
  /** The inviter's role in the organisation today; absent when they have left it. */
  inviterRole: string | null
}

export type AcceptanceVerdict =
  | { allowed: true }
  | { allowed: false; because: 'used' | 'revoked' | 'expired' | 'other-address' | 'inviter-lost-authority' }

/**
 * Whether this invitation may still make somebody a member.
 *
 * @param address the address the accepting person has confirmed
 */
export function judgeAcceptance(
  invitation: Invitation,
  { address, now }: { address: string; now: Date },
): AcceptanceVerdict {
  if (invitation.acceptedAt) return { allowed: false, because: 'used' }
  if (invitation.revokedAt) return { allowed: false, because: 'revoked' }
  if (invitation.expiresAt.getTime() <= now.getTime()) return { allowed: false, because: 'expired' }
  if (!mayStillInvite(invitation.inviterRole)) return { allowed: false, because: 'inviter-lost-authority' }
  if (invitation.email !== address.toLowerCase()) return { allowed: false, because: 'other-address' }
  return { allowed: true }
}

function mayStillInvite(role: string | null): boolean {
  return isRole(role) && mayDo(role, 'manage-people')
}
