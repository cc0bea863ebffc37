import type { Transaction } from '#app/platform/db.server.ts'
import type { EscalationFacts } from './escalations.ts'

/**
 * The escalation of a notice as the asker may know of it: a vendor only of one that it was told of.
 *
 * @returns null when there is none, or it has ended
 */
export async function findEscalation(tx: Transaction, noticeId: string): Promise<EscalationFacts | null> {
  const [row] = await tx.$queryRaw<EscalationFacts[]>`
    select e.payload->>'escalation' as kind, e.payload->>'since' as since, (e.payload->>'told')::boolean as told,
      bool_or((e.payload->>'told')::boolean) over () as "vendorKnows", p.facts->>'where' as where, p.facts->>'reference' as reference
    from notice_event e left join event_person p on p.notice_id = e.notice_id and p.sequence = e.sequence
    where e.notice_id = ${noticeId}::uuid and e.type = 'notice.escalated'
      and not exists (select from notice_event x where x.notice_id = e.notice_id and x.type = 'escalation.ended' and x.sequence > e.sequence)
    order by e.sequence desc limit 1`
  return row ?? null
}
