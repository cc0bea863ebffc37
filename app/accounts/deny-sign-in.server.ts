import {
  createResetToken,
  endSessions,
  findLoginById,
  findUnderToken,
  forgetTrust,
  takeUnderToken,
} from '#app/platform/auth.server.ts'
import { removePasskey } from '#app/platform/passkeys.server.ts'
import { countTry } from '#app/platform/rate-limit.server.ts'
import { endSecondFactor } from '#app/platform/second-factor.server.ts'

import { notMeSchema, type Undo } from './not-me.ts'

/** What the page behind *This was not me* would do, or undefined when its link is unknown, used or too old. */
export async function findDenial(token: string): Promise<{ undo: Undo['kind'] | null } | undefined> {
  const kept = await findUnderToken('not me', token)
  return kept === undefined ? undefined : { undo: notMeSchema.parse(JSON.parse(kept)).undo?.kind ?? null }
}

type Denied = { allowed: true; resetToken: string } | { allowed: false; because: 'stale-link' | 'too-many' }

/**
 * *This was not me*: takes back what was added, ends every session, forgets the browsers that were trusted, and hands
 * out the link to set another password. The mail with the link shows that its reader reads the account's mailbox.
 */
export async function denySignIn(token: string, clientAddress: string): Promise<Denied> {
  const counted = await countTry('confirm client', clientAddress)
  if (!counted.allowed) return { allowed: false, because: 'too-many' }
  const kept = await takeUnderToken('not me', token)
  if (kept === undefined) return { allowed: false, because: 'stale-link' }
  const { personId, undo } = notMeSchema.parse(JSON.parse(kept))
  if (undo?.kind === 'second-factor') await endSecondFactor(personId)
  if (undo?.kind === 'passkey') await removePasskey(personId, undo.id)
  await forgetTrust(personId)
  await endSessions(personId)
  const login = await findLoginById(personId)
  if (login === undefined) return { allowed: false, because: 'stale-link' }
  return { allowed: true, resetToken: await createResetToken(personId) }
}
