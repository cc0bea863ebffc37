import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { wake } from '#app/platform/wake.server.ts'
import { readCollective } from './find-collective.server.ts'

/** Nothing more of it is sent, or why it cannot be called off. */
export type CalledOff =
  | { readonly calledOff: true }
  | { readonly calledOff: false; readonly because: 'role-too-low' | 'gone' | 'not-now' }

/**
 * Calls a collective filing off, with a reason for its members: from this moment no notice of it begins to be sent. The worker then
 * withdraws those that have not begun, and tells the members. What is on its way to a vendor already stays. Done twice, nothing more
 * happens.
 */
export function callOffCollective({
  member,
  reference,
  reason,
}: {
  member: Member
  reference: string
  reason: string
}): Promise<CalledOff> {
  return withPerson(member.personId, async (tx): Promise<CalledOff> => {
    if (!mayDo(member.organisation.role, 'file-notices')) return { calledOff: false, because: 'role-too-low' }
    const record = await readCollective(tx, member, reference)
    if (record === null) return { calledOff: false, because: 'gone' }
    const [row] = await tx.$queryRaw<{ done: string }[]>`
      select call_off_collective(${record.id}::uuid, ${reason.trim()}, ${newId()}::uuid, ${now()}) as done`
    if (row?.done === 'gone') return { calledOff: false, because: 'role-too-low' }
    if (row?.done === 'not_now') return { calledOff: false, because: 'not-now' }
    await wake(tx, 'job')
    return { calledOff: true }
  })
}
