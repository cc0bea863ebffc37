import type { Transaction } from '#app/platform/db.server.ts'
import type { Step } from './lifecycle.ts'
import type { Escalation } from './escalations.ts'
import type { Measure } from './measures.ts'
import { escalationOf, projectionColumns, projectionOf, type ProjectionRow } from './projection-row.server.ts'
import type { Projection } from './projection.ts'
import type { ClockKind, Computation } from './clocks.ts'
import type { Place } from './place-calendar.server.ts'
import type { ReliedMandate, Sides } from './taker.server.ts'

/** A notice whose row is locked until the transaction ends, as its next step finds it. */
export interface LockedNotice extends Sides {
  readonly id: string
  readonly reference: string
  readonly filingId: string
  /** The filing needs the approval of someone who did not submit it. */
  readonly fourEyes: boolean
  /** Made by an association with others; its holder looks at it first. */
  readonly annexed: boolean
  readonly projection: Projection
  readonly begun: boolean
  readonly sendAt: Date
  readonly worksCount: number
  readonly acknowledgeDays: number
  readonly decideDays: number
  readonly measures: readonly Measure[]
  /** The challenge window that runs was opened by a correction that made cells worse. */
  readonly reopened: boolean
  /** When its last line was written, whoever may see that line; null before the first. */
  readonly lastAt: Date | null
  /** The steps on its ledger that the asker may see. */
  readonly taken: readonly Step[]
  /** The contact's place, as far as it is known. */
  readonly place: Place
  /** The clocks that run or are paused, as they were computed. */
  readonly clocks: readonly Computation[]
}

interface Row extends Omit<ProjectionRow, 'escalation'> {
  id: string
  reference: string
  begun: boolean
  send_at: Date
  works_count: number
  acknowledge_days: number
  decide_days: number
  holder: string
  filed_by: string
  vendor: string | null
  submitted_by: string
  filing_id: string
  needs_approval: boolean
  mandates: ReliedMandate[] | null
  collective: boolean
  country: string | null
  region: string | null
  time_zone: string | null
}

/**
 * Locks notices in the order of their ids, so that two who lock the same ones never wait for each other in a circle.
 *
 * @returns those that the asker may act on; row-level security leaves out the others
 */
export async function lockNotices(tx: Transaction, noticeIds: readonly string[]): Promise<readonly LockedNotice[]> {
  const ids = [...new Set(noticeIds)]
  const rows = await tx.$queryRaw<Row[]>`
    select n.id, n.reference, ${projectionColumns}, n.begun_at is not null as begun, n.send_at,
           n.works_count, n.acknowledge_days, n.decide_days, n.holder_organisation_id as holder,
           n.filed_by_organisation_id as filed_by, v.organisation_id as vendor, f.submitted_by, f.id as filing_id, f.needs_approval, f.collective,
           c.country, c.region, c.time_zone,
           case when n.holder_organisation_id = any(array(select my_mandated_members())) then (
             select json_agg(json_build_object('associationId', o.association_id, 'mandateId', o.mandate_id, 'version', o.version))
             from mandates_over(n.id, 'file', '{owner,editor}') o) end as mandates
    from notice n
    join vendor v on v.id = n.vendor_id
    join filing f on f.id = n.filing_id
    left join vendor_contact c on c.id = n.contact_id
    where n.id = any(${ids}::uuid[])
    order by n.id
    for update of n`
  if (rows.length === 0) return []
  // Asked after the lock: the second of two sees what the first wrote.
  const histories = await tx.$queryRaw<
    {
      id: string
      clocks: { kind: ClockKind; met: boolean; computed: Computation }[] | null
      lastAt: Date | null
      taken: Step[] | null
      measures: Measure[] | null
      escalation: Escalation
    }[]
  >`
    select n.id, (select json_agg(json_build_object('kind', c.kind, 'met', c.met_at is not null, 'computed', c.computed))
             from clock c where c.notice_id = n.id) as clocks,
           last_line_at(n.id) as "lastAt",
           (select array_agg(distinct e.type) from notice_event e where e.notice_id = n.id) as taken,
           (select array_agg(m.measure order by m.position) from notice_measure m where m.notice_id = n.id) as measures,
           ${escalationOf} as escalation
    from unnest(${rows.map(({ id }) => id)}::uuid[]) n(id)`
  const historyOf = new Map(histories.map((history) => [history.id, history]))
  return rows.map((row) => {
    const { clocks, lastAt, taken, measures, escalation = 'none' } = historyOf.get(row.id) ?? {}
    const decide = clocks?.find(({ kind }) => kind === 'decide')?.computed
    const running = (clocks ?? []).filter(({ met }) => !met).map(({ computed }) => computed)
    return {
      ...lockedNotice({ ...row, escalation }),
      lastAt: lastAt ?? null,
      taken: taken ?? [],
      measures: measures ?? [],
      clocks: running,
      reopened: running.some(({ kind, because }) => kind === 'challenge' && because === 'correction'),
      // The bearer of a link sees no directory, but the clocks that were computed from it.
      ...(row.country === null && decide ? { place: decide } : {}),
    }
  })
}

function lockedNotice(
  row: Row & ProjectionRow,
): Omit<LockedNotice, 'lastAt' | 'taken' | 'measures' | 'clocks' | 'reopened'> {
  return {
    id: row.id,
    reference: row.reference,
    filingId: row.filing_id,
    fourEyes: row.needs_approval,
    annexed: row.collective,
    projection: projectionOf(row),
    begun: row.begun,
    sendAt: row.send_at,
    worksCount: row.works_count,
    acknowledgeDays: row.acknowledge_days,
    decideDays: row.decide_days,
    holderOrganisationId: row.holder,
    filedByOrganisationId: row.filed_by,
    vendorOrganisationId: row.vendor,
    submittedBy: row.submitted_by,
    ...(row.mandates && { mandates: row.mandates }),
    place: { country: row.country, region: row.region, timeZone: row.time_zone },
  }
}
