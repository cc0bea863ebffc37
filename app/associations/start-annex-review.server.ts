import { now } from '#app/platform/clock.server.ts'
import { withWorker, type Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { wake } from '#app/platform/wake.server.ts'
import type { Making } from './making.server.ts'

const vendorsNamed = 10

/**
 * Begins the time in which members look at their annexes, once all are made: from now, for as long as the association gives.
 * Every member is told. A filing of which nothing could be made ends here.
 */
export async function startAnnexReview({ collectiveId, filingId }: Making): Promise<void> {
  await withWorker(async (tx) => {
    const [row] = await tx.$queryRaw<{ hours: number; made: number }[]>`
      select c.review_hours as hours,
        (select count(*)::int from collective_member m where m.collective_id = c.id and m.state = 'made') as made
      from collective_filing c where c.id = ${collectiveId}::uuid and c.state = 'making' for update of c`
    if (!row) return
    const at = now()
    const endsAt = new Date(at.getTime() + row.hours * 3_600_000)
    const state = row.made === 0 ? 'empty' : 'reviewing'
    await tx.collectiveFiling.update({
      where: { id: collectiveId },
      data: { state, ...(state === 'reviewing' && { reviewStartedAt: at, reviewEndsAt: endsAt }) },
      select: { id: true },
    })
    await tx.$executeRaw`
      update filing set send_at = ${endsAt}, mandate_versions = coalesce((
        select jsonb_agg(jsonb_build_object('mandate', m.mandate_id, 'version', m.mandate_version, 'member', m.member_id) order by m.mandate_id)
        from collective_member m where m.collective_id = ${collectiveId}::uuid and m.state = 'made'), '[]'::jsonb)
      where id = ${filingId}::uuid`
    if (state === 'reviewing') await oweReviewMails(tx, { collectiveId, at, endsAt })
  })
}

interface Told {
  readonly personId: string
  readonly locale: string
  readonly memberId: string
  readonly facts: object
}

// Owners always, and with them whoever may answer: approvers where the mandate wants an approval, else editors.
async function oweReviewMails(
  tx: Transaction,
  { collectiveId, at, endsAt }: { collectiveId: string; at: Date; endsAt: Date },
): Promise<void> {
  const told = await tx.$queryRaw<Told[]>`
    with named as (
      select n.filing_id, count(distinct n.vendor_id)::int as total, (array_agg(distinct v.name))[1:${vendorsNamed}::int] as names
      from notice n join vendor v on v.id = n.vendor_id join collective_filing c on c.filing_id = n.filing_id
      where c.id = ${collectiveId}::uuid group by n.filing_id)
    select p.id as "personId", p.locale, m.member_id as "memberId", json_build_object(
      'name', p.name, 'filing', c.reference, 'association', json_build_object('name', a.name, 'nameOther', a.name_other),
      'member', json_build_object('name', o.name, 'nameOther', o.name_other), 'kind', f.kind, 'works', m.works_count,
      'catalogue', k.name, 'vendors', named.names, 'vendorsTotal', named.total, 'approvalRequired', m.approval_required,
      'zones', json_build_array(p.time_zone)) as facts
    from collective_member m join collective_filing c on c.id = m.collective_id join filing f on f.id = c.filing_id
    join named on named.filing_id = c.filing_id
    join organisation a on a.id = c.association_id join organisation o on o.id = m.member_id join catalogue k on k.id = m.catalogue_id
    join membership b on b.organisation_id = m.member_id
      and (b.role = 'owner' or b.role = case when m.approval_required then 'approver' else 'editor' end)
    join person p on p.id = b.person_id
    where m.collective_id = ${collectiveId}::uuid and m.state = 'made'
    order by m.member_id, p.id`
  const { BASE_URL } = env()
  const rows = told.map(({ facts, ...each }) => ({
    ...each,
    id: newId(),
    facts: { ...facts, endsAt: endsAt.toISOString(), url: `${BASE_URL}/annexes/${referenceOf(facts)}` },
  }))
  await tx.$executeRaw`
    insert into mail_duty (id, kind, audience, organisation_id, person_id, locale, facts, not_before, created_at)
    select id, 'annex-review', 'person', "memberId", "personId", locale, facts, ${at}::timestamptz, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d (id uuid, "memberId" uuid, "personId" uuid, locale text, facts jsonb)`
  await wake(tx, 'mail')
}

function referenceOf(facts: object): string {
  return 'filing' in facts && typeof facts.filing === 'string' ? facts.filing : ''
}
