import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { takeSteps } from './take-steps.server.ts'

/** The filing is a draft again, or why it is not. */
export type FilingRecalled =
  | { readonly recalled: true; readonly draftId: string; readonly notices: number }
  | { readonly recalled: false; readonly because: 'role-too-low' | 'gone' | 'already-recalled' | 'already-begun' }

class TooLate extends Error {}

/**
 * Takes a whole filing back before any of its mails is on its way: a draft again, with every choice and reference kept.
 * Once one sending has begun, none is recalled.
 */
export async function recallFiling({
  member,
  reference,
}: {
  member: Member
  reference: string
}): Promise<FilingRecalled> {
  if (!mayDo(member.organisation.role, 'file-notices')) return { recalled: false, because: 'role-too-low' }
  try {
    return await withPerson(member.personId, (tx) => recallWithin(tx, member, reference))
  } catch (error) {
    if (error instanceof TooLate) return { recalled: false, because: 'already-begun' }
    throw error
  }
}

async function recallWithin(tx: Transaction, member: Member, reference: string): Promise<FilingRecalled> {
  // The filing first, as whoever approves or returns it takes it. Its key stays free: the worker, which holds its notices,
  // asks for it when it changes one of them twice.
  const [filing] = await tx.$queryRaw<{ id: string; draftId: string | null }[]>`
    select id, draft_id as "draftId" from filing
    where reference = ${reference} and filed_by_organisation_id = ${member.organisation.id}::uuid for no key update`
  if (!filing?.draftId) return { recalled: false, because: 'gone' }
  const { id: filingId, draftId } = filing
  const [draft] = await tx.$queryRaw<{ id: string }[]>`
    select id from filing_draft where id = ${draftId}::uuid and filing_id = ${filingId}::uuid for update`
  if (!draft) return { recalled: false, because: 'already-recalled' }

  const at = now()
  const notices = await tx.notice.findMany({ where: { filingId, stage: { not: 'draft' } }, select: { id: true } })
  const noticeIds = notices.map(({ id }) => id)
  // The duties first, as the worker takes them: whoever comes second finds the other's work done.
  const duties = await tx.$queryRaw<{ id: string }[]>`
    select id from mail_duty where notice_id = any(${noticeIds}::uuid[]) and resolved_at is null and cancelled_at is null
    order by id for update`
  const { personId, name, email, organisation } = member
  const { failed, succeeded } = await takeSteps(tx, {
    step: 'notice.recalled',
    noticeIds,
    taker: { channel: 'portal', personId, name, email, organisation },
  })
  if (failed.length > 0) throw new TooLate(`${failed.length} notices of ${reference} are not recalled`)

  await tx.mailDuty.updateMany({ where: { id: { in: duties.map(({ id }) => id) } }, data: { cancelledAt: at } })
  await tx.filing.updateMany({ where: { id: filingId }, data: { recalledAt: at } })
  await tx.filingDraft.updateMany({
    where: { id: draftId },
    data: { filingId: null, revision: { increment: 1 }, updatedAt: at, updatedBy: personId },
  })
  return { recalled: true, draftId, notices: succeeded.length }
}
