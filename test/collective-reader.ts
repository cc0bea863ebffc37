import type pg from 'pg'
import { makeCollective } from '#app/associations/make-collective.server.ts'
import { withdrawCalledOff } from '#app/associations/withdraw-called-off.server.ts'
import { runOneJob } from '#app/platform/run-jobs.server.ts'
import { aCollectiveDraft, submit, type Collective } from './collective.ts'

/** A notice of a collective filing with the types of its lines and the mandate that its first line names. */
export type CollectiveNotice = {
  id: string
  holder: string
  vendor_id: string
  stage: string
  works_count: number
  scope_id: string
  types: string[]
  mandate: { id: string; version: number }
}

/** The jobs that collective filings queue. */
export const collectiveJobs = {
  'make-collective': ({ subjectId }: { subjectId: string }) => makeCollective(subjectId),
  'call-off-collective': ({ subjectId }: { subjectId: string }) => withdrawCalledOff(subjectId),
}

/** Makes collective filings, and reads what became of them. */
export function collectiveReader(owner: pg.Pool) {
  const noticesOf = async (reference: string) => {
    const { rows } = await owner.query<CollectiveNotice>(
      `select n.*, n.holder_organisation_id as holder,
         (select array_agg(e.type order by e.sequence) from notice_event e where e.notice_id = n.id) as types,
         (select e.payload -> 'mandate' from notice_event e where e.notice_id = n.id and e.sequence = 1) as mandate
       from notice n join filing f on f.id = n.filing_id where f.reference = $1 order by n.holder_organisation_id, n.vendor_id`,
      [reference],
    )
    return rows
  }
  const one = async <Row extends object>(sql: string, values: unknown[]): Promise<Row> => {
    const [row] = (await owner.query<Row>(sql, values)).rows
    if (!row) throw new Error(`nothing: ${sql}`)
    return row
  }
  const stateOf = (id: string) =>
    one<{ state: string; review_ends_at: Date; filing_id: string }>('select * from collective_filing where id = $1', [
      id,
    ])
  /** Submitted and made. */
  const made = async (given: Omit<Collective, 'vendors'>, more: object = {}) => {
    const { association, members, vendorIds } = given
    const draft = await aCollectiveDraft(owner, association, { members, vendorIds, ...more })
    const submitted = await submit(association, draft)
    if (!submitted.submitted) throw new Error(submitted.because)
    await runOneJob(collectiveJobs)
    return draft
  }
  return { noticesOf, one, stateOf, made }
}
