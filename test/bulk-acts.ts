import type pg from 'pg'
import type { AskedAct } from '#app/notices/bulk/bulk-act.ts'
import { chooseNotices } from '#app/notices/bulk/choose-notices.server.ts'
import { findAct } from '#app/notices/bulk/find-act.server.ts'
import { queueAct } from '#app/notices/bulk/queue-act.server.ts'
import { runBulkAct } from '#app/notices/bulk/run-act.server.ts'
import { newId } from '#app/platform/id.ts'
import { anAssociation } from './associations.ts'
import { aMandate } from './mandates.ts'
import { aPair } from './notices.ts'

type Given = { scopes?: readonly ('view' | 'file')[]; role?: 'owner' | 'editor' | 'viewer' }

/** An association with a mandate of one member, which has a vendor. */
export async function anAssociationWithMember(owner: pg.Pool, { scopes = ['view'], role = 'owner' }: Given = {}) {
  const [association, pair] = [await anAssociation(owner), await aPair(owner)]
  const { organisation, person } = pair.holder
  const terms = { associationId: association.organisation.id, memberId: organisation.id, acceptedBy: person.id, scopes }
  const mandate = await aMandate(owner, terms)
  await owner.query('update membership set role = $1 where person_id = $2', [role, association.person.id])
  return {
    association,
    pair,
    mandate,
    member: { ...association.member, organisation: { ...association.member.organisation, role } },
  }
}

type Member = Parameters<typeof chooseNotices>[0]

/** A choice that was begun. */
export async function queued(
  member: Member,
  asked: AskedAct,
  choice: Parameters<typeof chooseNotices>[1]['choice'] = { kind: 'all', filter: {} },
) {
  const actId = newId()
  const chosen = await chooseNotices(member, { actId, choice })
  if (!chosen.chosen) throw new Error(chosen.because)
  const begun = await queueAct(member, { actId, asked })
  if (!begun.queued) throw new Error(begun.because)
  return actId
}

/** Does an act as the worker does. */
export const run = (actId: string) => runBulkAct({ actId, isLastTry: false })

/** Where the rows of an act stand, and why some were not done. */
export async function resultOf(member: Member, actId: string) {
  const page = await findAct(member, { actId, cursor: null })
  if (page === null) throw new Error('There is no such act')
  const because = page.undone.map((row) => row.because)
  return { status: page.act.status, ...page.counts, because }
}

/** The tags of a notice, whosever they are. */
export async function tagsOf(owner: pg.Pool, noticeId: string) {
  const { rows } = await owner.query<{ tag: string }>('select tag from notice_tag where notice_id = $1', [noticeId])
  return rows.map(({ tag }) => tag)
}
