import { withPerson } from '#app/platform/db.server.ts'
import { dayOf } from '#app/ui/format.ts'

/** A notice as recounts read it. */
export type VisibleNotice = {
  holder: string
  vendor: string
  catalogue: string
  kind: string
  stage: string
  outcome: string
  works: number
  filed: Date
  served: Date | null
  acknowledged: Date | null
  decided: Date | null
  bounced: Date | null
  acknowledgeDue: Date | null
  decideDue: Date | null
  measures: string[]
}

type Filter = {
  kind?: string | undefined
  measure?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

/** Every notice that row security lets a person see and a filter lets through, read one by one: the slow and obvious way. */
export async function visibleNotices(
  personId: string,
  timeZone: string,
  { kind, measure, from, to }: Filter,
): Promise<readonly VisibleNotice[]> {
  const rows = await withPerson(
    personId,
    (tx) => tx.$queryRaw<VisibleNotice[]>`
    select n.holder_organisation_id as holder, n.vendor_id as vendor, s.catalogue_id as catalogue, n.kind, n.stage, n.outcome,
      n.works_count as works, n.created_at as filed, n.served_at as served, n.acknowledged_at as acknowledged, n.decided_at as decided,
      n.undeliverable_at as bounced, n.acknowledge_due_at as "acknowledgeDue", n.decide_due_at as "decideDue",
      (select array_agg(m.measure) from notice_measure m where m.notice_id = n.id) as measures
    from notice n join notice_scope s on s.id = n.scope_id where n.stage <> 'draft'`,
  )
  return rows.filter((row) => {
    const month = dayOf(row.filed, timeZone).slice(0, 7)
    return (
      (kind === undefined || row.kind === kind) &&
      (measure === undefined || row.measures.includes(measure)) &&
      (from === undefined || month >= from) &&
      (to === undefined || month <= to)
    )
  })
}
