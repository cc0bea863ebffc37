import { findLogin, hashToken, signIn, type Cookies } from '#app/platform/auth.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withNobody, withPerson, type Transaction } from '#app/platform/db.server.ts'
import { endEarlierSession } from '#app/platform/end-earlier-session.server.ts'
import { newId } from '#app/platform/id.ts'

import { createPerson } from './create-person.server.ts'
import type { Locale } from './forms.ts'
import { judgeAcceptance, type AcceptanceVerdict, type Invitation } from './invitation.ts'
import { knownDeviceCookie } from './known-device.server.ts'
import { recordAudit } from './record-audit.server.ts'
import { isRole, type Role } from './roles.ts'

/** What the page of an invitation shows to whoever holds its token. */
export type OpenInvitation = Invitation & {
  organisationId: string
  organisation: string
  inviter: string
  role: Role
  timeZone: string
}

type Accepted =
  | { allowed: true; organisationId: string }
  | Exclude<AcceptanceVerdict, { allowed: true }>
  | { allowed: false; because: 'unknown' }

/** The invitation under a token, or undefined. Looking changes nothing: mail scanners open links. */
export async function findInvitation(token: string): Promise<OpenInvitation | undefined> {
  return withNobody((tx) => readInvitation(tx, token))
}

/** Whether the invited address has an account already: then its owner signs in first. */
export async function isInvitedKnown(invitation: OpenInvitation): Promise<boolean> {
  return (await findLogin(invitation.email)) !== undefined
}

/** Makes a signed-in person a member. Of many acceptances at once one succeeds; authority is looked at now, not when it was written. */
export async function acceptInvitation({
  personId,
  email,
  token,
}: {
  personId: string
  email: string
  token: string
}): Promise<Accepted> {
  return withPerson(personId, async (tx): Promise<Accepted> => {
    const invitation = await readInvitation(tx, token)
    if (!invitation) return { allowed: false, because: 'unknown' }
    const at = now()
    const verdict = judgeAcceptance(invitation, { address: email, now: at })
    if (!verdict.allowed) return verdict
    const [row] = await tx.$queryRaw<{ accepted: boolean }[]>`
      select accept_invitation(${hashToken(token)}, ${newId()}::uuid, ${at}::timestamptz) as accepted`
    // Another acceptance came first between the reading and the lock, or the inviter lost the right.
    if (row?.accepted !== true) return { allowed: false, because: 'used' }
    const { organisationId, role } = invitation
    await recordAudit(tx, { organisationId, kind: 'joined', personId, facts: { role } })
    return { allowed: true, organisationId }
  })
}

type Joining = { token: string; name: string; password: string; locale: Locale; headers: Headers }

/** Makes a new person out of an invitation: its mail has proved the address. The person is signed in and a member. */
export async function joinByInvitation({
  token,
  name,
  password,
  locale,
  headers,
}: Joining): Promise<
  | (Extract<Accepted, { allowed: true }> & { cookies: Cookies })
  | Exclude<Accepted, { allowed: true }>
  | { allowed: false; because: 'address-taken' }
> {
  const invitation = await findInvitation(token)
  if (!invitation) return { allowed: false, because: 'unknown' }
  const { email, timeZone } = invitation
  const verdict = judgeAcceptance(invitation, { address: email, now: now() })
  if (!verdict.allowed) return verdict
  const person = await createPerson({ email, name, password, locale, timeZone })
  if (!person.created) return { allowed: false, because: 'address-taken' }
  const accepted = await acceptInvitation({ personId: person.personId, email, token })
  const session = await signIn({ email, password, headers })
  await endEarlierSession(headers)
  if (!accepted.allowed) return accepted
  return { ...accepted, cookies: [...(session?.cookies ?? []), knownDeviceCookie(email)] }
}

type Row = {
  organisation_id: string
  organisation: string
  time_zone: string
  inviter: string
  inviter_role: string | null
  email: string
  role: string
  expires_at: Date
  accepted_at: Date | null
  revoked_at: Date | null
}

async function readInvitation(tx: Transaction, token: string): Promise<OpenInvitation | undefined> {
  const [row] = await tx.$queryRaw<Row[]>`select * from invitation_under(${hashToken(token)})`
  if (!row || !isRole(row.role)) return undefined
  return {
    organisationId: row.organisation_id,
    organisation: row.organisation,
    timeZone: row.time_zone,
    inviter: row.inviter,
    inviterRole: row.inviter_role,
    email: row.email,
    role: row.role,
    expiresAt: row.expires_at,
    acceptedAt: row.accepted_at,
    revokedAt: row.revoked_at,
  }
}
