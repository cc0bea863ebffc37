import { now } from '#app/platform/clock.server.ts'
import { withWorker, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { wake } from '#app/platform/wake.server.ts'
import { sendTimeOf } from '#app/notices/send-time.ts'
import { takeSteps } from '#app/notices/take-steps.server.ts'
import type { Taker } from '#app/notices/taker.server.ts'
import { collectiveContentSchema, judgeAnnex, swornStatements, type AnnexState, type Grant } from './collective.ts'
import { lockGrants } from './lock-grants.server.ts'
import { stillIn } from './still-in.server.ts'

const noticesAtOnce = 1_000
const system: Taker = { channel: 'system' }

interface Due {
  readonly id: string
  readonly filingId: string
  readonly associationId: string
  readonly vendors: number
  readonly undoMinutes: number
  readonly content: unknown
}

/**
 * Ends the reviews whose time is over, or that every member has answered: what is agreed to is queued, what had to be approved
 * and was not is withdrawn, and each vendor is owed one mail. Some members at a time, so that a killed process goes on where
 * it was.
 *
 * @returns how many reviews ended
 */
export async function endAnnexReviews(): Promise<number> {
  const at = now()
  const due = await withWorker(
    (tx) => tx.$queryRaw<Due[]>`
      select c.id, c.filing_id as "filingId", c.association_id as "associationId", c.content, o.undo_minutes as "undoMinutes",
        greatest(1, jsonb_array_length(c.content -> 'filing' -> 'vendorIds')) as vendors
      from collective_filing c join organisation o on o.id = c.association_id
      where c.state = 'reviewing' and (c.review_ends_at <= ${at} or not exists (
        select from collective_member m where m.collective_id = c.id and m.state = 'made' and m.annex = 'waiting'))
      order by c.review_ends_at limit 20`,
  )
  for (const review of due) {
    while ((await withWorker((tx) => releaseSome(tx, review))) > 0);
    await withWorker((tx) => oweServing(tx, review))
  }
  return due.length
}

interface Annex {
  readonly memberId: string
  readonly catalogueId: string
  readonly annex: AnnexState
  readonly approvalRequired: boolean
}

async function releaseSome(tx: Transaction, { id, filingId, associationId, vendors, content }: Due): Promise<number> {
  if (!(await stillIn(tx, id, 'reviewing'))) return 0
  const most = Math.max(1, Math.floor(noticesAtOnce / vendors))
  const members = await tx.$queryRaw<Annex[]>`
    select member_id as "memberId", catalogue_id as "catalogueId", annex, approval_required as "approvalRequired"
    from collective_member where collective_id = ${id}::uuid and state = 'made' and released_at is null
    order by member_id limit ${most} for update`
  if (members.length === 0) return 0
  const at = now()
  const memberIds = members.map(({ memberId }) => memberId)
  const grants = await lockGrants(tx, associationId, memberIds)
  const notices = await tx.$queryRaw<{ id: string; memberId: string; vendorId: string }[]>`
    select n.id, n.holder_organisation_id as "memberId", n.vendor_id as "vendorId" from notice n
    where n.filing_id = ${filingId}::uuid and n.holder_organisation_id = any(${memberIds}::uuid[]) and n.stage = 'awaiting_approval'
    order by n.id`
  const { filing } = collectiveContentSchema.parse(content)
  const measures = filing.measures.map(({ measure }) => measure)
  const sworn = swornStatements(filing).length > 0
  const ofMember = Map.groupBy(notices, ({ memberId }) => memberId)
  const ends = members.map((member) =>
    endOf(member, {
      grant: grants.get(member.memberId),
      at,
      sworn,
      measures,
      notices: ofMember.get(member.memberId) ?? [],
    }),
  )
  await release(
    tx,
    ends.flatMap(({ released }) => released),
  )
  await takeOut(
    tx,
    ends.flatMap(({ out }) => out),
  )
  await tx.$executeRaw`
    update collective_member m set released_at = ${at}, annex = r.annex
    from unnest(${ends.map(({ memberId }) => memberId)}::uuid[], ${ends.map(({ annex }) => annex)}::text[]) as r (id, annex)
    where m.collective_id = ${id}::uuid and m.member_id = r.id`
  return members.length
}

type Out = { readonly id: string; readonly because: 'not_approved' | 'mandate_ended' }

interface End {
  readonly memberId: string
  readonly annex: AnnexState
  readonly released: readonly string[]
  readonly out: readonly Out[]
}

// The mandate counts once more: what ended or became narrower while members were looking is not sent.
function endOf(
  { memberId, catalogueId, annex, approvalRequired }: Annex,
  {
    grant,
    at,
    sworn,
    measures,
    notices,
  }: {
    grant: Grant | undefined
    at: Date
    sworn: boolean
    measures: readonly string[]
    notices: readonly { readonly id: string; readonly vendorId: string }[]
  },
): End {
  if (annex === 'stepped_out') return { memberId, annex, released: [], out: [] }
  const all = notices.map(({ id }) => id)
  if (annex === 'waiting' && approvalRequired) {
    return { memberId, annex: 'lapsed', released: [], out: all.map((id) => ({ id, because: 'not_approved' })) }
  }
  const vendors = notices.map(({ vendorId }) => ({ id: vendorId, reachable: true }))
  const { vendorIds } = judgeAnnex({ grant, at, catalogueId, verified: true, sworn, measures, vendors })
  const covered = new Set(vendorIds)
  const released = notices.filter(({ vendorId }) => covered.has(vendorId)).map(({ id }) => id)
  const kept = new Set(released)
  const out = all.filter((id) => !kept.has(id)).map((id): Out => ({ id, because: 'mandate_ended' }))
  if (released.length === 0) return { memberId, annex: 'ended', released, out }
  return { memberId, annex: annex === 'waiting' ? 'silent' : annex, released, out }
}

async function release(tx: Transaction, noticeIds: readonly string[]): Promise<void> {
  if (noticeIds.length === 0) return
  const { failed } = await takeSteps(tx, { step: 'annex.released', noticeIds, taker: system })
  if (failed[0]) throw new Error(`${failed[0].reference} could not be released: ${failed[0].because}`)
}

async function takeOut(tx: Transaction, out: readonly Out[]): Promise<void> {
  if (out.length === 0) return
  const becauseOf = new Map(out.map(({ id, because }) => [id, because]))
  const { failed } = await takeSteps(tx, {
    step: 'annex.stepped_out',
    noticeIds: [...becauseOf.keys()],
    taker: system,
    prepare: (ready) =>
      Promise.resolve(
        new Map(ready.map(({ notice: { id } }) => [id, { payload: { because: becauseOf.get(id) ?? 'not_approved' } }])),
      ),
  })
  if (failed[0]) throw new Error(`${failed[0].reference} could not be taken out: ${failed[0].because}`)
}

// One for each vendor that any notice goes to, once: it leaves when the association can no longer call it back.
async function oweServing(tx: Transaction, { id, filingId, undoMinutes, content }: Due): Promise<void> {
  const at = now()
  const { count } = await tx.collectiveFiling.updateMany({
    where: { id, state: 'reviewing' },
    data: { state: 'sent', releasedAt: at },
  })
  if (count === 0) return
  const { plannedAt } = collectiveContentSchema.parse(content).filing
  const sendAt = sendTimeOf({ at, undoMinutes, plannedAt })
  const vendors = await tx.notice.findMany({
    where: { filingId, stage: 'queued' },
    distinct: ['vendorId'],
    select: { vendorId: true },
    orderBy: { vendorId: 'asc' },
  })
  await tx.filing.update({ where: { id: filingId }, data: { sendAt }, select: { id: true } })
  await tx.notice.updateMany({ where: { filingId, stage: 'queued' }, data: { sendAt } })
  const duties = vendors.map(({ vendorId }) => ({ id: newId(), vendorId }))
  await tx.$executeRaw`
    insert into mail_duty (id, kind, audience, vendor_id, filing_id, not_before, created_at)
    select id, 'collective-served', 'vendor', "vendorId", ${filingId}::uuid, ${sendAt}::timestamptz, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(duties)}::jsonb) as d (id uuid, "vendorId" uuid)
    on conflict (filing_id, vendor_id, kind) where filing_id is not null do nothing`
  await wake(tx, 'mail')
}
