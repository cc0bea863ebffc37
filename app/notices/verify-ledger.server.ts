import { z } from 'zod'
import { verifyChain, type StoredEvent } from '#app/ledger/chain.ts'
import type { Canonical } from '#app/ledger/canonical-json.ts'
import { sha256 } from '#app/ledger/hash.server.ts'
import { withWorker, type Transaction } from '#app/platform/db.server.ts'
import { isStep } from './lifecycle.ts'
import { deriveOutcome, tallyOf, type Outcome, type Tally } from './outcomes.ts'
import { escalationOf, projectionColumns, projectionOf, type ProjectionRow } from './projection-row.server.ts'
import { differences, projectedPayloadSchema, rebuild, unborn, type ProjectedEvent } from './projection.ts'

/** A ledger that does not hold, with its first broken line. */
export interface BrokenLedger {
  readonly noticeId: string
  readonly reference: string
  /** Null where every line holds and a column or an answer beside them does not. */
  readonly sequence: number | null
  /**
   * `sequence`, `previous`, `hash`, `person`, `unreadable`: the line was changed; `order`: the table does not let it
   * follow; `columns`, `answers`: what is stored of the notice is not what its lines make of it.
   */
  readonly because: 'sequence' | 'previous' | 'hash' | 'person' | 'unreadable' | 'order' | 'columns' | 'answers'
  /** The columns that differ. */
  readonly columns?: readonly string[]
}

/** What a verification found. */
export interface LedgerReport {
  readonly notices: number
  readonly lines: number
  /** Lines whose facts about a person were erased; they still verify. */
  readonly erased: number
  readonly broken: readonly BrokenLedger[]
}

const pageSize = 200
const nothingRead: LedgerReport = { notices: 0, lines: 0, erased: 0, broken: [] }

/**
 * Verifies the ledgers of all notices, or of one: every hash, every order of steps, and that columns and answers are
 * what the lines make of them. Reads page by page, each in one snapshot, so that it may run while others write.
 *
 * @param asked.reference of one notice; a reference that nobody has gives a report of no notice
 * @param asked.noticeId of one notice, by its id
 * @param asked.onPage told after each page how many notices were read
 */
export async function verifyLedger(
  asked: { readonly reference?: string; readonly noticeId?: string; readonly onPage?: (notices: number) => void } = {},
): Promise<LedgerReport> {
  let report = nothingRead
  for (let after: string | null = null; ;) {
    const page: readonly Row[] = await withWorker((tx) => readPage(tx, { ...asked, after, most: pageSize }))
    report = page.reduce(withNotice, report)
    asked.onPage?.(report.notices)
    const last = page.at(-1)
    if (!last || page.length < pageSize) return report
    after = last.id
  }
}

/**
 * Verifies the ledgers of up to `most` notices after the one with this id, in the order of their ids: a part of all at a time.
 *
 * @returns the notices whose ledgers do not hold, and where to go on; null when the last was reached
 */
export async function verifyLedgersAfter(
  after: string | null,
  most: number,
): Promise<{ readonly broken: readonly string[]; readonly next: string | null }> {
  const page = await withWorker((tx) => readPage(tx, { after, most }))
  const { broken } = page.reduce(withNotice, nothingRead)
  return {
    broken: broken.map(({ noticeId }) => noticeId),
    next: page.length < most ? null : (page.at(-1)?.id ?? null),
  }
}

interface Row extends ProjectionRow {
  id: string
  reference: string
  works: number
  events: readonly Line[]
  measures: readonly { readonly outcome: Outcome; readonly cells: Tally | null }[]
}

type Line = Omit<StoredEvent, 'person' | 'notice'> & {
  readonly salt: string | null
  readonly facts: Readonly<Record<string, Canonical>> | null
}

interface Wanted {
  readonly after: string | null
  readonly most: number
  readonly reference?: string
  readonly noticeId?: string
}

function readPage(tx: Transaction, { after, most, reference, noticeId }: Wanted): Promise<readonly Row[]> {
  return tx.$queryRaw<Row[]>`
    select n.id, n.reference, ${projectionColumns}, ${escalationOf} as escalation, n.works_count as works,
      coalesce((select jsonb_agg(jsonb_build_object('sequence', e.sequence, 'type', e.type, 'actor', e.actor,
          'channel', e.channel, 'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'payload', e.payload,
          'previous', e.previous, 'hash', e.hash, 'salt', p.salt, 'facts', p.facts) order by e.sequence)
        from notice_event e left join event_person p on p.notice_id = e.notice_id and p.sequence = e.sequence
        where e.notice_id = n.id), '[]') as events,
      coalesce((select jsonb_agg(jsonb_build_object('outcome', m.default_outcome, 'cells',
          (select jsonb_object_agg(g.outcome, g.count) from (select c.outcome, count(*)::int as count from outcome_cell c
            where c.notice_id = m.notice_id and c.measure = m.measure group by c.outcome) g)))
        from notice_measure m where m.notice_id = n.id), '[]') as measures
    from notice n
    where (${after}::uuid is null or n.id > ${after}::uuid) and (${reference ?? null}::text is null or n.reference = ${reference ?? null})
      and (${noticeId ?? null}::uuid is null or n.id = ${noticeId ?? null}::uuid)
    order by n.id limit ${most}`
}

function withNotice(report: LedgerReport, row: Row): LedgerReport {
  const events = row.events.map((line) => storedEvent(row.id, line))
  const broken = faultOf(row, events)
  return {
    notices: report.notices + 1,
    lines: report.lines + events.length,
    erased: report.erased + events.filter(({ person }) => person?.facts === null).length,
    broken: broken ? [...report.broken, { noticeId: row.id, reference: row.reference, ...broken }] : report.broken,
  }
}

function storedEvent(notice: string, { salt, facts, ...line }: Line): StoredEvent {
  return { notice, ...line, ...(salt === null ? {} : { person: { salt, facts } }) }
}

type Fault = Omit<BrokenLedger, 'noticeId' | 'reference'>

function faultOf(row: Row, events: readonly StoredEvent[]): Fault | null {
  const chain = verifyChain(events, sha256)
  if (!chain.sound) return { sequence: chain.sequence, because: chain.because }
  const read = events.map((event) => projectedEvent(event))
  const unread = read.indexOf(null)
  if (unread >= 0) return { sequence: unread + 1, because: 'unreadable' }
  const rebuilt = rebuild(read.filter((event) => event !== null))
  if (!rebuilt.legal) return { sequence: rebuilt.sequence, because: 'order' }
  const columns = differences(rebuilt.projection, projectionOf(row))
  if (columns.length > 0) return { sequence: null, because: 'columns', columns }
  return areAnswersTrue(row, events) ? null : { sequence: null, because: 'answers' }
}

function projectedEvent({ sequence, type, at, hash, payload }: StoredEvent): ProjectedEvent | null {
  const read = projectedPayloadSchema.safeParse(payload)
  return isStep(type) && read.success ? { sequence, type, at, hash, payload: read.data } : null
}

const talliedSchema = z.object({ tally: z.record(z.string(), z.int()) })

// The last line that changed an answer says how many cells have which outcome since.
function areAnswersTrue({ works, measures, outcome }: Row, events: readonly StoredEvent[]): boolean {
  const answers = measures.map((measure) => ({ ...measure, cells: measure.cells ?? {} }))
  if (answers.some(({ cells }) => countOf(cells) > works)) return false
  const tally = tallyOf({ works, measures: answers })
  const last = events.findLast(({ payload }) => 'tally' in payload)
  if (!last) return outcome === unborn.outcome && deriveOutcome(tally) === unborn.outcome
  const said = talliedSchema.safeParse(last.payload).data?.tally ?? {}
  const counts = Object.entries(tally).filter(([, count]) => count > 0)
  const isSaid = counts.length === Object.keys(said).length && counts.every(([name, count]) => said[name] === count)
  return isSaid && deriveOutcome(tally) === outcome
}

function countOf(cells: Tally): number {
  return Object.values(cells).reduce((sum, count) => sum + count, 0)
}
