import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import type { ApprovalRefusal } from './approval.ts'
import { lockSubmission, type LockedSubmission, type WhoCameFirst } from './lock-submission.server.ts'
import { takeSteps } from './take-steps.server.ts'

/** What came of returning a filing. */
export type Returned =
  | { readonly returned: true; readonly draftId: string }
  | ({ readonly returned: false; readonly because: ApprovalRefusal } & WhoCameFirst)
  | { readonly returned: false; readonly because: 'gone' }

/**
 * An approver sends a filing back to its submitter with a note: a draft again, with every choice and reference kept.
 *
 * @param returning.note for the submitter; one without words is refused
 */
export function returnFiling({
  member,
  reference,
  note,
}: {
  member: Member
  reference: string
  note: string
}): Promise<Returned> {
  if (note.trim() === '') return Promise.resolve({ returned: false, because: 'note-missing' })
  return sendBack(member, { reference, act: 'return', note: note.trim() })
}

/** The submitter takes back what nobody has approved yet. */
export function takeBackFiling({ member, reference }: { member: Member; reference: string }): Promise<Returned> {
  return sendBack(member, { reference, act: 'take-back', note: null })
}

function sendBack(
  member: Member,
  { note, ...asked }: { reference: string; act: 'return' | 'take-back'; note: string | null },
): Promise<Returned> {
  return withPerson(member.personId, async (tx): Promise<Returned> => {
    const locked = await lockSubmission(tx, { member, ...asked })
    if (!locked.waits) return { returned: false, ...locked.refused }
    return reopen(tx, { member, filing: locked.filing, note })
  })
}

async function reopen(
  tx: Transaction,
  { member, filing, note }: { member: Member; filing: LockedSubmission; note: string | null },
): Promise<Returned> {
  const at = now()
  const { personId, name, email, organisation } = member
  const { noticeIds } = filing
  // The duties first, as the worker takes them: an approver who was not told yet is not told of what does not wait any more.
  const duties = await tx.$queryRaw<{ id: string }[]>`
    select id from mail_duty where notice_id = any(${[...noticeIds]}::uuid[]) and kind = 'approval-needed' and resolved_at is null
      and cancelled_at is null order by id for update`
  const { failed } = await takeSteps(tx, {
    step: 'notice.returned',
    noticeIds,
    taker: { channel: 'portal', personId, name, email, organisation },
    prepare: (ready) =>
      Promise.resolve(new Map(ready.map(({ notice }) => [notice.id, note === null ? {} : { facts: { text: note } }]))),
  })
  if (failed[0]) throw new Error(`${failed[0].reference} could not be returned: ${failed[0].because}`)
  await tx.mailDuty.updateMany({ where: { id: { in: duties.map(({ id }) => id) } }, data: { cancelledAt: at } })
  await tx.filing.update({
    where: { id: filing.id },
    data: { recalledAt: at, returnedAt: at, returnedBy: personId },
    select: { id: true },
  })
  if (note !== null)
    await tx.filingPrivate.create({
      data: { filingId: filing.id, organisationId: organisation.id, returnedNote: note },
      select: { filingId: true },
    })
  const [draft] = await tx.$queryRaw<{ id: string | null }[]>`select reopen_draft(${filing.id}::uuid, ${at}) as id`
  if (!draft?.id) throw new Error(`filing ${filing.id} has no draft to return to`)
  return { returned: true, draftId: draft.id }
}
