import { z } from 'zod'
import type { Member } from '#app/accounts/viewer.server.ts'
import { isStep, type Step } from '#app/notices/lifecycle.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { mostCounted } from './mandate-state.ts'

/** Something that an association did by a mandate. */
export interface MandateAct {
  readonly reference: string
  readonly vendor: { readonly name: string; readonly nameOther: string | null }
  readonly step: Step
  readonly at: Date
  readonly version: number
  /** Who did it; null once erased. */
  readonly person: string | null
  readonly cursor: string
}

/** A file that an association took, with how many of the member's notices were in it. */
export interface MandateExport {
  readonly id: string
  readonly at: Date
  readonly format: 'csv' | 'xlsx' | 'zip'
  readonly notices: number
  readonly sha256: string
  /** Of the mandate, when the file was made; null where none counted any more. */
  readonly version: number | null
}

/** What an association sees of its member, and a page of what it did for it. */
export interface MandateReach {
  /** How many notices the mandate covers now; `mostCounted + 1` is more than that. */
  readonly covered: number
  readonly acts: readonly MandateAct[]
  /** The latest files, at most `mostExports`. */
  readonly exports: readonly MandateExport[]
  readonly exportsInAll: number
  readonly next: string | null
}

const perPage = 30
/** How many files are shown. */
export const mostExports = 50
const cursor = z
  .string()
  .regex(/^\d{1,16}_[0-9a-f-]{36}_\d{1,9}$/)
  .transform((text) => {
    const [at = '', noticeId = '', sequence = ''] = text.split('_')
    return { at: new Date(Number(at)), noticeId, sequence: Number(sequence) }
  })

type Row = {
  notice_id: string
  reference: string
  vendor: string
  vendor_other: string | null
  sequence: number
  type: string
  at: Date
  version: number
  person: { name?: string } | null
}

/** What a mandate of the member covers now and what was done by it, newest first. For members of the member. */
export function findMandateReach(
  member: Member,
  { mandateId, after }: { mandateId: string; after: string | null },
): Promise<MandateReach> {
  const from = cursor.safeParse(after)
  const { at = null, noticeId = null, sequence = null } = from.success ? from.data : {}
  return withPerson(member.personId, async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      select * from mandate_acts(${mandateId}::uuid, ${at}::timestamptz, ${noticeId}::uuid, ${sequence}::int, ${perPage + 1})`
    const [counted] = await tx.$queryRaw<{ covered: number }[]>`
      select count(*)::int as covered from (
        select from mandate_grant g join notice n on n.holder_organisation_id = g.member_id join notice_scope s on s.id = n.scope_id
        where g.mandate_id = ${mandateId}::uuid and g.member_id = ${member.organisation.id}::uuid
          and g.starts_at <= portal_now() and (g.ends_at is null or g.ends_at > portal_now())
          and (n.stage not in ('draft', 'awaiting_approval') or n.filed_by_organisation_id = g.association_id)
          and (g.vendors is null or n.vendor_id = any(g.vendors)) and (g.catalogues is null or s.catalogue_id = any(g.catalogues))
          and (g.measures is null or not exists (select from notice_measure q where q.notice_id = n.id and q.measure <> all(g.measures)))
        limit ${mostCounted + 1}) c`
    const acts = rows.slice(0, perPage).flatMap((row) => actOf(row))
    const exports = await findExports(tx, mandateId)
    return {
      ...exports,
      covered: counted?.covered ?? 0,
      acts,
      next: rows.length > perPage ? (acts.at(-1)?.cursor ?? null) : null,
    }
  })
}

async function findExports(
  tx: Transaction,
  mandateId: string,
): Promise<Pick<MandateReach, 'exports' | 'exportsInAll'>> {
  const rows = await tx.$queryRaw<(MandateExport & { total: number })[]>`
    select e.act_id as id, e.exported_at as at, e.format, e.notices, e.sha256, count(*) over ()::int as total,
      (select v.version from mandate_version v where v.mandate_id = m.id and v.accepted_at <= e.exported_at
        and (v.ended_at is null or v.ended_at > e.exported_at) order by v.accepted_at desc, v.version desc limit 1) as version
    from mandate m join member_export e on e.member_id = m.member_id and e.association_id = m.association_id
    where m.id = ${mandateId}::uuid order by e.exported_at desc, e.act_id desc limit ${mostExports}`
  return { exports: rows.map(({ total: _total, ...row }) => row), exportsInAll: rows[0]?.total ?? 0 }
}

function actOf(row: Row): MandateAct[] {
  const { reference, vendor, vendor_other: nameOther, type, at, version } = row
  if (!isStep(type)) return []
  const person = row.person?.name ?? null
  const id = `${at.getTime()}_${row.notice_id}_${row.sequence}`
  return [{ reference, vendor: { name: vendor, nameOther }, step: type, at, version, person, cursor: id }]
}
