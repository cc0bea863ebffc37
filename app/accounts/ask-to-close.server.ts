import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { erasedFrom, type ClosingRefusal } from './closing.ts'
import { oweClosingMails } from './owe-closing-mails.server.ts'
import { proveSelf, type SelfProved } from './prove-self.server.ts'
import { recordAudit } from './record-audit.server.ts'
import { lockRoles } from './role-lock.server.ts'
import { mayDo } from './roles.ts'
import type { Member } from './viewer.server.ts'

type Asked = { member: Member; headers: Headers; password: string; code: string | undefined }

/** What came of asking to close an organisation. */
export type ClosingAsked = SelfProved | { allowed: false; because: Extract<ClosingRefusal, 'not-an-owner' | 'unsent'> }

class Unsent extends Error {}

/**
 * Asks to close an organisation, by an owner: from now on nobody files for it, and after the days of grace the worker erases it
 * (`erase-organisation.server.ts`). Its owners are told. Asked twice, or by two owners at once, it is asked once.
 */
export async function askToClose({ member, headers, password, code }: Asked): Promise<ClosingAsked> {
  const known = await proveSelf({ personId: member.personId, headers, password, code })
  if (!known.allowed) return known
  try {
    return await withPerson(member.personId, (tx) => askWithin(tx, member))
  } catch (error) {
    if (error instanceof Unsent) return { allowed: false, because: 'unsent' }
    throw error
  }
}

async function askWithin(tx: Transaction, { personId, organisation }: Member): Promise<ClosingAsked> {
  const organisationId = organisation.id
  const role = (await lockRoles(tx, organisationId)).roleOf(personId)
  if (role === undefined || !mayDo(role, 'manage-organisation') || organisation.kind === 'operator')
    return { allowed: false, because: 'not-an-owner' }
  const [id, at] = [newId(), now()]
  const eraseAt = erasedFrom(at)
  const asked = await tx.$executeRaw`
    insert into organisation_closing (id, organisation_id, asked_by, asked_at, erase_at)
    values (${id}::uuid, ${organisationId}::uuid, ${personId}::uuid, ${at}, ${eraseAt})
    on conflict (organisation_id) where cancelled_at is null do nothing`
  if (asked === 0) return { allowed: true }
  // Counted once the organisation is marked: a filing at the same moment was there before, or is refused.
  const [row] = await tx.$queryRaw<{ unsent: number }[]>`select unsent_of(${organisationId}::uuid) as unsent`
  if ((row?.unsent ?? 0) > 0) throw new Unsent(`organisation ${organisationId} has notices to send`)
  await recordAudit(tx, { organisationId, kind: 'closing-asked', personId })
  const owners = await tx.membership.findMany({
    where: { organisationId, role: 'owner' },
    select: { person: { select: { id: true, name: true, email: true, locale: true } } },
  })
  await oweClosingMails(tx, {
    kind: 'organisation-closing',
    closing: { id, organisationId, eraseAt },
    organisation,
    owners: owners.map(({ person }) => person),
  })
  return { allowed: true }
}
