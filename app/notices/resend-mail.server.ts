import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { type Transaction, withPerson } from '#app/platform/db.server.ts'
import { wake } from '#app/platform/wake.server.ts'

/** The mail is queued again, or why not. `reference` is that of its notice. */
export type Resent =
  | { readonly allowed: true; readonly reference: string }
  | { readonly allowed: false; readonly because: 'role-too-low' | 'unknown' | 'not-failed' }

/**
 * Sends a mail of an own notice once more after it had finally failed: the same bytes, to the same address.
 * Row-level security shows the mail to members of the notice's holder alone.
 */
export function resendMail({ member, mailId }: { member: Member; mailId: string }): Promise<Resent> {
  return withPerson(member.personId, async (tx): Promise<Resent> => {
    const reference = await referenceOf(tx, mailId)
    if (reference === null) return { allowed: false, because: 'unknown' }
    if (!mayDo(member.organisation.role, 'file-notices')) return { allowed: false, because: 'role-too-low' }
    const [row] = await tx.$queryRaw<{ queued: boolean }[]>`select retry_mail(${mailId}::uuid, ${now()}) as queued`
    if (row?.queued !== true) return { allowed: false, because: 'not-failed' }
    await wake(tx, 'mail')
    return { allowed: true, reference }
  })
}

/** The reference of the notice that a mail is about, or null when this member's organisation sees no such mail. */
export function findNoticeOfMail({ member, mailId }: { member: Member; mailId: string }): Promise<string | null> {
  return withPerson(member.personId, (tx) => referenceOf(tx, mailId))
}

async function referenceOf(tx: Transaction, mailId: string): Promise<string | null> {
  const mail = await tx.outgoingMail.findUnique({
    where: { id: mailId },
    select: { notice: { select: { reference: true } } },
  })
  return mail?.notice?.reference ?? null
}
