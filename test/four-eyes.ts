import type pg from 'pg'
import type { Member } from '#app/accounts/viewer.server.ts'
import { approveFiling, type Approved } from '#app/notices/approve-filing.server.ts'
import { findApproval } from '#app/notices/find-approval.server.ts'
import { aPerson } from './builders.ts'
import { aFiler } from './filer.ts'
import { aFiling, type Wanted } from './filings.ts'
import { memberOf } from './members.ts'

/** A holder in which four eyes are wanted: an owner, an editor who files and two approvers. */
export async function aCarefulFiler(owner: pg.Pool) {
  const filer = await aFiler(owner)
  const { organisation } = filer.holder
  const role = 'approver'
  const approver = memberOf(await aPerson(owner, { organisationId: organisation.id, role }), organisation, { role })
  const second = memberOf(await aPerson(owner, { organisationId: organisation.id, role }), organisation, { role })
  await owner.query('update organisation set four_eyes = true where id = $1', [organisation.id])
  return { ...filer, approver, second }
}

/** A filing that waits for an approval: its reference. */
export function aWaitingFiling(member: Member, wanted: Wanted): Promise<string> {
  return aFiling(member, wanted)
}

/** Approves a filing as its page shows it, or as it was shown before. */
export async function approve(member: Member, reference: string, shown?: string): Promise<Approved> {
  const view = await findApproval({ member, reference, signature: { capacity: '' } })
  const statements = (view?.statements ?? []).map(({ id }) => id)
  return approveFiling({
    member,
    reference,
    submission: shown ?? view?.submission ?? '',
    form: { statement: statements, shown: statements, signName: member.name, capacity: 'Head of legal' },
  })
}
