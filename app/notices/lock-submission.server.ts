import { isRole, mayDo, type Role } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import type { ApprovalRefusal } from './approval.ts'

/** A filing that waits for an approval, its row locked until the transaction ends. */
export interface LockedSubmission {
  readonly id: string
  readonly submittedBy: string
  readonly submittedAt: Date
  readonly undoMinutes: number
  readonly plannedAt: Date | null
  readonly noticeIds: readonly string[]
}

/** Of two people at once, the one who came first. */
export interface WhoCameFirst {
  readonly by?: string | null
  readonly at?: Date
}

/** A filing to act on, or why this member may not act on it now. */
export type SubmissionToActOn =
  | { readonly waits: true; readonly filing: LockedSubmission }
  | {
      readonly waits: false
      readonly refused: ({ readonly because: ApprovalRefusal } & WhoCameFirst) | { readonly because: 'gone' }
    }

interface Row extends LockedSubmission {
  readonly approvedAt: Date | null
  readonly approver: string | null
  readonly recalledAt: Date | null
  readonly returner: string | null
  readonly returnedAt: Date | null
}

/**
 * Locks a filing and judges whether this member may approve it, return it, or take it back, with the role of this moment:
 * one who was removed or demoted since the page was opened does none of them.
 */
export async function lockSubmission(
  tx: Transaction,
  { member, reference, act }: { member: Member; reference: string; act: 'approve' | 'return' | 'take-back' },
): Promise<SubmissionToActOn> {
  const role = await roleNow(tx, member)
  if (role === null) return refuse('role-too-low')
  // Approvers and editors alone may lock: a viewer learns here that he or she is none.
  if (!mayDo(role, act === 'take-back' ? 'file-notices' : 'approve-filings')) return refuse('role-too-low')
  const [row] = await tx.$queryRaw<Row[]>`
    select f.id, f.submitted_by as "submittedBy", f.submitted_at as "submittedAt", o.undo_minutes as "undoMinutes", f.planned_at as "plannedAt",
      f.approved_at as "approvedAt", f.recalled_at as "recalledAt", f.returned_at as "returnedAt",
      (select p.name from person p where p.id = f.approved_by) as approver, (select p.name from person p where p.id = f.returned_by) as returner
    from filing f join organisation o on o.id = f.filed_by_organisation_id
    where f.reference = ${reference} and f.filed_by_organisation_id = ${member.organisation.id}::uuid and f.needs_approval for no key update of f`
  if (!row) return { waits: false, refused: { because: 'gone' } }
  if (row.approvedAt !== null && row.recalledAt === null) {
    return { waits: false, refused: { because: 'approved', by: row.approver, at: row.approvedAt } }
  }
  if (row.recalledAt !== null) {
    return { waits: false, refused: { because: 'returned', by: row.returner, at: row.returnedAt ?? row.recalledAt } }
  }
  const own = row.submittedBy === member.personId
  if (own && act === 'approve') return refuse('own-submission')
  if (!own && act === 'take-back') return refuse('not-the-submitter')
  // Asked after the lock: a statement that waited for it still sees what was there before.
  const notices = await tx.$queryRaw<{ id: string }[]>`
    select id from notice where filing_id = ${row.id}::uuid and stage = 'awaiting_approval' order by id`
  if (notices.length === 0) return refuse('withdrawn')
  return { waits: true, filing: { ...row, noticeIds: notices.map(({ id }) => id) } }
}

function refuse(because: ApprovalRefusal): SubmissionToActOn {
  return { waits: false, refused: { because } }
}

async function roleNow(tx: Transaction, { personId, organisation }: Member): Promise<Role | null> {
  const found = await tx.membership.findFirst({
    where: { personId, organisationId: organisation.id },
    select: { role: true },
  })
  return isRole(found?.role) ? found.role : null
}
