import { mayDo, type Role } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { mostListedWorks } from '#app/notices/scope.ts'
import { takeSteps } from '#app/notices/take-steps.server.ts'
import { asMember, type Taker } from '#app/notices/taker.server.ts'
import { collectiveContentSchema, type AnnexState, type AnnexWorks } from './collective.ts'
import { freezeAnnexes, type FrozenAnnex } from './freeze-annexes.server.ts'
import { guardChange, type ChangedAnnex } from './guard-change.server.ts'

/** What a member answers for its annex. */
export type AnnexAnswer =
  | { readonly answer: 'agree' }
  | { readonly answer: 'change'; readonly works: AnnexWorks; readonly paragraph: string }
  | { readonly answer: 'step_out'; readonly reason: string }

/** Why an answer is not taken. */
export type AnnexRefusal =
  | 'gone'
  | 'over'
  | 'stepped-out'
  | 'role-too-low'
  | 'approver-needed'
  | 'wording-locked'
  | 'no-works'
  | 'too-many-works'

/** The answer is on record, or why not. */
export type AnnexAnswered =
  | { readonly answered: true; readonly annex: AnnexState; readonly notices: number }
  | { readonly answered: false; readonly because: AnnexRefusal }

interface LockedAnnex {
  readonly collectiveId: string
  readonly filingId: string
  readonly state: string
  readonly content: unknown
  readonly endsAt: Date
  readonly annex: AnnexState
  readonly releasedAt: Date | null
  readonly approvalRequired: boolean
  readonly catalogueId: string
  readonly version: number
  readonly role: Role | null
}

class NotTaken extends Error {
  readonly because: 'no-works' | 'too-many-works' | 'over'
  constructor(because: 'no-works' | 'too-many-works' | 'over') {
    super(because)
    this.because = because
  }
}

/**
 * A member agrees to its annex, names other works in it, or steps out, until the time to review is over. It may change its mind,
 * except that who stepped out is out.
 */
export async function answerAnnex(asked: {
  readonly member: Member
  readonly reference: string
  readonly answer: AnnexAnswer
}): Promise<AnnexAnswered> {
  const { member, reference, answer } = asked
  try {
    return await asMember(member, async (tx, taker): Promise<AnnexAnswered> => {
      const locked = await lockAnnex(tx, member, reference)
      const because = locked === null ? 'gone' : refusalOf(locked, answer)
      if (locked === null || because !== null) return { answered: false, because: because ?? 'gone' }
      const notices = await findWaiting(tx, locked.filingId, member.organisation.id)
      return take(tx, { member, taker, locked, answer, notices })
    })
  } catch (error) {
    if (error instanceof NotTaken) return { answered: false, because: error.because }
    throw error
  }
}

// The role of this moment: whoever was demoted since the page was opened answers no more.
async function lockAnnex(tx: Transaction, { personId, organisation }: Member, reference: string) {
  const rows = await tx.$queryRaw<LockedAnnex[]>`
    select c.id as "collectiveId", c.filing_id as "filingId", c.state, c.content, c.review_ends_at as "endsAt", m.annex,
      m.released_at as "releasedAt", m.approval_required as "approvalRequired", m.catalogue_id as "catalogueId",
      m.catalogue_version as version,
      (select b.role from membership b where b.person_id = ${personId}::uuid and b.organisation_id = m.member_id) as role
    from collective_filing c join collective_member m on m.collective_id = c.id
    where c.reference = ${reference} and m.member_id = ${organisation.id}::uuid and m.state = 'made'`
  const [seen] = rows
  if (seen === undefined) return null
  // What was released in the meantime is not there to lock any more; whoever may only read locks nothing.
  const [still] = await tx.$queryRaw<{ annex: AnnexState; releasedAt: Date | null }[]>`
    select annex, released_at as "releasedAt" from collective_member
    where collective_id = ${seen.collectiveId}::uuid and member_id = ${organisation.id}::uuid for update`
  return { ...seen, ...still }
}

function refusalOf(locked: LockedAnnex, answer: AnnexAnswer): AnnexRefusal | null {
  const { state, releasedAt, endsAt, annex, role, approvalRequired, content } = locked
  if (role === null) return 'gone'
  const edits = mayDo(role, 'file-notices')
  const approves = mayDo(role, 'approve-filings')
  if (!edits && !approves) return 'role-too-low'
  if (state !== 'reviewing' || releasedAt !== null || endsAt <= now()) return 'over'
  if (annex === 'stepped_out') return 'stepped-out'
  if (answer.answer === 'step_out') return null
  if (approvalRequired && !approves) return 'approver-needed'
  if (answer.answer === 'agree') return null
  if (!edits) return 'role-too-low'
  const { wordingLocked } = collectiveContentSchema.parse(content)
  return wordingLocked && answer.paragraph.trim() !== '' ? 'wording-locked' : null
}

type Waiting = ChangedAnnex['notices']

function findWaiting(tx: Transaction, filingId: string, memberId: string): Promise<Waiting> {
  return tx.notice.findMany({
    where: { filingId, holderOrganisationId: memberId, stage: 'awaiting_approval' },
    select: { id: true, vendorId: true },
    orderBy: { id: 'asc' },
  })
}

interface Taking {
  readonly member: Member
  readonly taker: Taker
  readonly locked: LockedAnnex
  readonly answer: AnnexAnswer
  readonly notices: Waiting
}

const stepOf = { agree: 'annex.agreed', change: 'annex.changed', step_out: 'annex.stepped_out' } as const
const stateOf = { agree: 'agreed', change: 'changed', step_out: 'stepped_out' } as const

async function take(tx: Transaction, { member, taker, locked, answer, notices }: Taking): Promise<AnnexAnswered> {
  const scopes = answer.answer === 'change' ? await changeWorks(tx, { member, locked, answer, notices }) : null
  const { failed, succeeded } = await takeSteps(tx, {
    step: stepOf[answer.answer],
    noticeIds: notices.map(({ id }) => id),
    taker,
    prepare: (ready) =>
      Promise.resolve(new Map(ready.map(({ notice }) => [notice.id, wordsOf(answer, scopes?.get(notice.id))]))),
  })
  // Called off while the answer was on its way.
  if (failed.some(({ because }) => because === 'not-now')) throw new NotTaken('over')
  if (failed[0]) throw new Error(`${failed[0].reference} does not take the answer: ${failed[0].because}`)
  const annex = stateOf[answer.answer]
  await tx.collectiveMember.update({
    where: { collectiveId_memberId: { collectiveId: locked.collectiveId, memberId: member.organisation.id } },
    data: {
      annex,
      answeredBy: member.personId,
      answeredAt: now(),
      ...(answer.answer === 'change' && { paragraph: answer.paragraph.trim() }),
    },
    select: { memberId: true },
  })
  return { answered: true, annex, notices: succeeded.length }
}

function wordsOf(answer: AnnexAnswer, frozen: FrozenAnnex | undefined) {
  if (answer.answer === 'step_out') return answer.reason.trim() === '' ? {} : { facts: { text: answer.reason.trim() } }
  return frozen === undefined ? {} : { payload: { scope: { works: frozen.count, sha256: frozen.sha256 } } }
}

// What each notice is about from now on.
async function changeWorks(
  tx: Transaction,
  {
    member,
    locked: { collectiveId, filingId, catalogueId, version, content },
    answer,
    notices,
  }: Pick<Taking, 'member' | 'locked' | 'notices'> & { answer: Extract<AnnexAnswer, { answer: 'change' }> },
): Promise<ReadonlyMap<string, FrozenAnnex>> {
  const memberId = member.organisation.id
  const scope = { memberId, catalogueId, version, works: answer.works }
  const frozen = (await freezeAnnexes(tx, [scope], now())).get(memberId)
  if (frozen === undefined || frozen.count === 0) throw new NotTaken('no-works')
  if (frozen.count > mostListedWorks && answer.works !== null) throw new NotTaken('too-many-works')
  const changed = { ...scope, filingId, content: collectiveContentSchema.parse(content), notices }
  const left = await guardChange(tx, { ...changed, chosen: answer.works, works: frozen }, now())
  const scopes = new Map(notices.map(({ id, vendorId }) => [id, left.get(vendorId) ?? frozen]))
  for (const [each, same] of Map.groupBy(scopes.keys(), (id) => scopes.get(id) ?? frozen))
    await tx.notice.updateMany({ where: { id: { in: same } }, data: { scopeId: each.scopeId, worksCount: each.count } })
  const works = answer.works === null ? null : JSON.stringify(answer.works)
  // Together with the answer, which row security wants to see beside it.
  await tx.$executeRaw`
    update collective_member set scope_id = ${frozen.scopeId}::uuid, works_count = ${frozen.count}::int, works = ${works}::jsonb,
      annex = 'changed', answered_by = ${member.personId}::uuid, answered_at = ${now()}
    where collective_id = ${collectiveId}::uuid and member_id = ${memberId}::uuid`
  return scopes
}
