import { isRole } from '#app/accounts/roles.ts'
import { withdrawNotice } from '#app/notices/withdraw-notice.server.ts'
import type { Taker } from '#app/notices/taker.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withWorker, type Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { wake } from '#app/platform/wake.server.ts'

const membersAtOnce = 50

/**
 * Withdraws what was called off and not begun, some members at a time, and tells each member whose annex that was. Fit to be run
 * again from the start: what is withdrawn is not withdrawn twice.
 */
export async function withdrawCalledOff(collectiveId: string): Promise<void> {
  const act = await withWorker((tx) => findAct(tx, collectiveId))
  if (act === null) return
  let after: string | null = null
  do after = await withWorker((tx) => withdrawSome(tx, act, after))
  while (after !== null)
}

interface Act {
  readonly id: string
  readonly filingId: string
  readonly reason: string
  readonly taker: Extract<Taker, { channel: 'portal' | 'api' }>
}

// One that was called off before its first notice was made has no filing yet, and nothing to withdraw.
async function findAct(tx: Transaction, collectiveId: string): Promise<Act | null> {
  const [row] = await tx.$queryRaw<
    {
      id: string
      filingId: string | null
      reason: string
      personId: string
      name: string
      email: string
      organisation: { id: string; name: string }
      role: string | null
    }[]
  >`
    select c.id, c.filing_id as "filingId", coalesce(c.called_off_because, '') as reason, p.id as "personId", p.name, p.email,
      json_build_object('id', o.id, 'name', o.name) as organisation,
      (select m.role from membership m where m.person_id = p.id and m.organisation_id = o.id) as role
    from collective_filing c join person p on p.id = c.called_off_by join organisation o on o.id = c.association_id
    where c.id = ${collectiveId}::uuid and c.called_off_at is not null`
  if (!row || row.filingId === null) return null
  const { id, filingId, reason, personId, name, email, organisation } = row
  // Whoever called it off was asked then; the worker carries out what was decided, also when that person left since.
  const role = isRole(row.role) && row.role === 'owner' ? 'owner' : 'editor'
  return {
    id,
    filingId,
    reason,
    taker: { channel: 'portal', personId, name, email, organisation: { ...organisation, role } },
  }
}

async function withdrawSome(tx: Transaction, act: Act, after: string | null): Promise<string | null> {
  const members = await tx.$queryRaw<{ memberId: string }[]>`
    select member_id as "memberId" from collective_member
    where collective_id = ${act.id}::uuid and state = 'made' and (${after}::uuid is null or member_id > ${after}::uuid)
    order by member_id limit ${membersAtOnce} for update`
  const ids = members.map(({ memberId }) => memberId)
  const notices = await tx.$queryRaw<{ id: string; memberId: string }[]>`
    select id, holder_organisation_id as "memberId" from notice
    where filing_id = ${act.filingId}::uuid and holder_organisation_id = any(${ids}::uuid[])
      and stage in ('awaiting_approval', 'queued') and begun_at is null order by id for update`
  if (notices.length > 0) await withdraw(tx, act, notices)
  return members.length === membersAtOnce ? (ids.at(-1) ?? null) : null
}

async function withdraw(
  tx: Transaction,
  { id, taker, reason }: Act,
  notices: readonly { readonly id: string; readonly memberId: string }[],
): Promise<void> {
  const { failed } = await withdrawNotice(tx, { taker, noticeIds: notices.map((notice) => notice.id), reason })
  if (failed[0]) throw new Error(`${failed[0].reference} could not be called off: ${failed[0].because}`)
  const memberIds = [...new Set(notices.map(({ memberId }) => memberId))]
  await tx.$executeRaw`
    update collective_member set annex = 'called_off', released_at = coalesce(released_at, ${now()}) where collective_id = ${id}::uuid and member_id = any(${memberIds}::uuid[])`
  await tellMembers(tx, id, memberIds)
}

// Whoever was asked to look at the annex hears that there is nothing to look at any more.
async function tellMembers(tx: Transaction, collectiveId: string, memberIds: readonly string[]): Promise<void> {
  const told = await tx.$queryRaw<
    { personId: string; locale: string; memberId: string; facts: object; path: string }[]
  >`
    select p.id as "personId", p.locale, m.member_id as "memberId", '/annexes/' || c.reference as path, json_build_object(
      'name', p.name, 'filing', c.reference, 'association', json_build_object('name', a.name, 'nameOther', a.name_other),
      'member', json_build_object('name', o.name, 'nameOther', o.name_other), 'works', m.works_count,
      'reason', coalesce(c.called_off_because, ''),
      'partly', c.state <> 'called_off' and exists (select from notice n where n.filing_id = c.filing_id
        and n.holder_organisation_id = m.member_id and n.begun_at is not null)) as facts
    from collective_member m join collective_filing c on c.id = m.collective_id
    join organisation a on a.id = c.association_id join organisation o on o.id = m.member_id
    join membership b on b.organisation_id = m.member_id
      and (b.role = 'owner' or b.role = case when m.approval_required then 'approver' else 'editor' end)
    join person p on p.id = b.person_id
    where m.collective_id = ${collectiveId}::uuid and m.member_id = any(${[...memberIds]}::uuid[]) order by m.member_id, p.id`
  const { BASE_URL } = env()
  const at = now()
  const rows = told.map(({ facts, path, ...each }) => ({
    ...each,
    id: newId(),
    facts: { ...facts, url: `${BASE_URL}${path}` },
  }))
  await tx.$executeRaw`
    insert into mail_duty (id, kind, audience, organisation_id, person_id, locale, facts, not_before, created_at)
    select id, 'annex-called-off', 'person', "memberId", "personId", locale, facts, ${at}::timestamptz, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d (id uuid, "memberId" uuid, "personId" uuid, locale text, facts jsonb)`
  await wake(tx, 'mail')
}
