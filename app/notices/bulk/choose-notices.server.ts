import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { mostExcepted, mostTicked, selectionSchema, type Selection } from './bulk-act.ts'
import { findMark } from './select-rows.server.ts'
import { tableRows } from './table-conditions.server.ts'
import type { TableFilter } from './table-query.ts'
import { tableViewpoint } from './table-viewpoint.server.ts'

/** What somebody chose in the table: rows, or all that its filter lets through. */
export type Choice =
  | { readonly kind: 'ticked'; readonly noticeIds: readonly string[] }
  | { readonly kind: 'all'; readonly filter: TableFilter }

/** A choice that was kept, or why it was not. */
export type Chosen =
  | { readonly chosen: true; readonly actId: string }
  | { readonly chosen: false; readonly because: 'nothing' | 'too-many' }

const keptForMs = 7 * 86_400_000

/**
 * Keeps a choice of notices, to be looked at before something is done with them. Sent twice it is the same.
 *
 * @param given.actId made by the form, so that a second submission finds the first
 */
export async function chooseNotices(
  member: Member,
  { actId, choice }: { actId: string; choice: Choice },
): Promise<Chosen> {
  const from = tableViewpoint(member)
  if (from === null) return { chosen: false, because: 'nothing' }
  if (choice.kind === 'ticked' && choice.noticeIds.length > mostTicked) return { chosen: false, because: 'too-many' }
  const at = now()
  return withPerson(member.personId, async (tx): Promise<Chosen> => {
    const own = { organisationId: member.organisation.id, requestedBy: member.personId }
    const earlier = await tx.bulkAct.findFirst({ where: { id: actId, ...own }, select: { id: true } })
    if (earlier !== null) return { chosen: true, actId }
    const selection = choice.kind === 'ticked' ? tickedOf(choice.noticeIds) : await allOf(choice.filter)
    if (selection === null) return { chosen: false, because: 'nothing' }
    // What was chosen and left lying is nobody's any more.
    await tx.bulkAct.deleteMany({
      where: { ...own, status: 'choosing', createdAt: { lt: new Date(at.getTime() - keptForMs) } },
    })
    await tx.bulkAct.createMany({
      data: [{ id: actId, ...own, selection, locale: member.locale, status: 'choosing', createdAt: at }],
      skipDuplicates: true,
    })
    return { chosen: true, actId }

    async function allOf(filter: TableFilter): Promise<Selection | null> {
      if (from === null) return null
      const mark = await findMark(tx, await tableRows(tx, { from, filter, at }))
      return mark === null ? null : { kind: 'all', filter, except: [], mark }
    }
  })
}

function tickedOf(noticeIds: readonly string[]): Selection | null {
  return noticeIds.length === 0 ? null : { kind: 'ticked', noticeIds: [...new Set(noticeIds)] }
}

/** Takes rows out of a choice, or puts all back that were taken out of a filter. */
export async function changeChoice(
  member: Member,
  { actId, leaveOut }: { actId: string; leaveOut: readonly string[] | null },
): Promise<'changed' | 'nothing-left' | 'too-many' | 'not-now'> {
  return withPerson(member.personId, async (tx) => {
    await tx.$queryRaw`select id from bulk_act where id = ${actId}::uuid for update`
    const where = {
      id: actId,
      organisationId: member.organisation.id,
      requestedBy: member.personId,
      status: 'choosing',
    }
    const row = await tx.bulkAct.findFirst({ where, select: { selection: true } })
    if (row === null) return 'not-now'
    const selection = without(selectionSchema.parse(row.selection), leaveOut)
    if (selection.kind === 'ticked' && selection.noticeIds.length === 0) return 'nothing-left'
    if (selection.kind === 'all' && selection.except.length > mostExcepted) return 'too-many'
    await tx.bulkAct.updateMany({ where, data: { selection } })
    return 'changed'
  })
}

function without(selection: Selection, leaveOut: readonly string[] | null): Selection {
  if (selection.kind === 'all')
    return { ...selection, except: leaveOut === null ? [] : [...new Set([...selection.except, ...leaveOut])] }
  const out = new Set(leaveOut)
  return { ...selection, noticeIds: selection.noticeIds.filter((id) => !out.has(id)) }
}
