import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { daysOf, packsOf, type FilingVendor } from '#app/notices/filing-facts.ts'
import { drawReference, drawVerifyCode } from '#app/notices/filing-reference.server.ts'
import { oneLine } from '#app/notices/letter-words.ts'
import { keepMatterNumber } from '#app/notices/matter-number.server.ts'
import { unborn } from '#app/notices/projection.ts'
import { takeSteps } from '#app/notices/take-steps.server.ts'
import type { Grant } from './collective.ts'
import type { FrozenAnnex } from './freeze-annexes.server.ts'
import type { Making } from './making.server.ts'

/** A member whose notices are made: under which grant, to which vendors, about which works. */
export interface AnnexToStore {
  readonly memberId: string
  readonly grant: Grant
  readonly vendors: readonly FilingVendor[]
  readonly works: FrozenAnnex
  /** By vendor, where its notice names fewer works than the annex. */
  readonly left?: ReadonlyMap<string, FrozenAnnex>
}

/** The notices that were made: by member and vendor, as `pairOf` names them. */
export type MadeNotices = ReadonlyMap<string, string>

/** The name of a member and a vendor as a pair. */
export function pairOf(memberId: string, vendorId: string): string {
  return `${memberId} ${vendorId}`
}

/** Thrown when a reference that was drawn is taken. */
export class ReferenceTaken extends Error {}

interface NoticeRow {
  readonly id: string
  readonly reference: string
  readonly code: string
  readonly holder: string
  readonly vendor: string
  readonly contact: string | undefined
  readonly scope: string
  readonly works: number
  readonly annex: AnnexToStore
}

/**
 * Writes and submits the notices of some members: one for each vendor, in a handful of statements. Their letters are composed when
 * they are sent; the ledger begins with what they are composed of, and with the mandate version that the association relies on.
 *
 * @returns the ids of the notices
 * @throws ReferenceTaken if somebody else took a drawn reference meanwhile
 */
export async function storeAnnexNotices(
  tx: Transaction,
  making: Making,
  annexes: readonly AnnexToStore[],
  at: Date,
): Promise<MadeNotices> {
  if (annexes.length === 0) return new Map()
  const rows = await withReferences(tx, annexes)
  await insertNotices(tx, making, { rows, at })
  await keepMatterNumber(tx, { ...making.content.filing, noticeIds: rows.map(({ id }) => id) })
  await insertParts(tx, making, rows)
  await submit(tx, making, rows)
  return new Map(rows.map(({ id, holder, vendor }) => [pairOf(holder, vendor), id]))
}

async function withReferences(tx: Transaction, annexes: readonly AnnexToStore[]): Promise<readonly NoticeRow[]> {
  const wanted = annexes.flatMap((annex) => annex.vendors.map((vendor) => ({ annex, vendor })))
  const references = await drawReferences(tx, wanted.length)
  return wanted.map(({ annex, vendor }, index) => ({
    id: newId(),
    reference: references[index] ?? drawReference('CAV'),
    code: drawVerifyCode(),
    holder: annex.memberId,
    vendor: vendor.id,
    contact: vendor.contact?.id,
    scope: worksTo(annex, vendor.id).scopeId,
    works: worksTo(annex, vendor.id).count,
    annex,
  }))
}

// Of many references some may be taken: these are drawn again before anything is written.
async function drawReferences(tx: Transaction, count: number): Promise<readonly string[]> {
  const drawn = new Set<string>()
  while (drawn.size < count) {
    const fresh = Array.from({ length: count - drawn.size }, () => drawReference('CAV'))
    const taken = await tx.notice.findMany({ where: { reference: { in: fresh } }, select: { reference: true } })
    const gone = new Set(taken.map(({ reference }) => reference))
    for (const reference of fresh) if (!gone.has(reference)) drawn.add(reference)
  }
  return [...drawn]
}

async function insertNotices(
  tx: Transaction,
  { filingId, association, content: { filing }, kind }: Making,
  { rows, at }: { rows: readonly NoticeRow[]; at: Date },
): Promise<void> {
  const days = daysOf(filing)
  const made = await tx.$executeRaw`
    insert into notice (id, reference, filing_id, holder_organisation_id, filed_by_organisation_id, vendor_id, contact_id,
      kind, stance, locale, paragraph, scope_id, works_count, stage, last_sequence, last_hash, verify_code, waiting_on,
      acknowledge_days, decide_days, send_at, created_at)
    select n.id, n.reference, ${filingId}::uuid, n.holder, ${association.id}::uuid, n.vendor, n.contact,
      ${kind}, ${filing.stance}, ${filing.locale}, ${emptyAsNull(filing.paragraph.trim())},
      n.scope, n.works, ${unborn.stage}, ${unborn.lastSequence}::int, ${unborn.lastHash}, n.code, ${unborn.waitingOn},
      ${days.acknowledge}::int, ${days.decide}::int, ${at}::timestamptz, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows.map(({ annex: _annex, ...row }) => row))}::jsonb)
      as n (id uuid, reference text, holder uuid, vendor uuid, contact uuid, code text, scope uuid, works int)
    on conflict (reference) do nothing`
  if (made < rows.length) throw new ReferenceTaken(`a reference of filing ${filingId} was taken`)
}

async function insertParts(
  tx: Transaction,
  { content: { filing } }: Making,
  rows: readonly NoticeRow[],
): Promise<void> {
  const ids = rows.map(({ id }) => id)
  const measures = filing.measures.map(({ measure, detail }, index) => ({
    measure,
    position: index + 1,
    detail: emptyAsNull(oneLine(detail)),
  }))
  const bases = packsOf(filing).map(({ id, version }) => ({ basis: id, version }))
  await tx.$executeRaw`
    with asked as (insert into notice_measure (notice_id, measure, position, detail)
      select id, measure, position, detail from unnest(${ids}::uuid[]) id,
        jsonb_to_recordset(${JSON.stringify(measures)}::jsonb) as m (measure text, position int, detail text))
    insert into notice_basis (notice_id, basis, version)
    select id, basis, version from unnest(${ids}::uuid[]) id,
      jsonb_to_recordset(${JSON.stringify(bases)}::jsonb) as b (basis text, version int)`
}

async function submit(tx: Transaction, making: Making, rows: readonly NoticeRow[]): Promise<void> {
  const { content, kind, reference, taker } = making
  const { filing } = content
  const shared = {
    filing: reference,
    kind,
    stance: filing.stance ?? '',
    measures: filing.measures.map(({ measure }) => measure),
    bases: packsOf(filing).map(({ id, version }) => ({ basis: id, version })),
    locale: filing.locale,
  }
  const rowOf = new Map(rows.map((row) => [row.id, row]))
  const { signature } = filing
  const { failed } = await takeSteps(tx, {
    step: 'notice.submitted',
    noticeIds: rows.map(({ id }) => id),
    taker,
    prepare: (ready) =>
      Promise.resolve(
        new Map(
          ready.flatMap(({ notice }) => {
            const row = rowOf.get(notice.id)
            if (row === undefined) return []
            const { annex, vendor } = row
            const { count, sha256 } = worksTo(annex, vendor)
            const payload = {
              ...shared,
              scope: { works: count, sha256 },
              mandate: { id: annex.grant.mandateId, version: annex.grant.version },
            }
            const facts = signature && { facts: { signatory: signature.name, capacity: signature.capacity } }
            return [[notice.id, { payload, ...facts }] as const]
          }),
        ),
      ),
  })
  if (failed[0]) throw new Error(`${failed[0].reference} could not be submitted: ${failed[0].because}`)
}

function worksTo({ works, left }: AnnexToStore, vendorId: string): FrozenAnnex {
  return left?.get(vendorId) ?? works
}

function emptyAsNull(text: string): string | null {
  return text === '' ? null : text
}
