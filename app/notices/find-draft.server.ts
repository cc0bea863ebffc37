import { z } from 'zod'
import type { Member } from '#app/accounts/viewer.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { nameHere } from '#app/platform/name-here.server.ts'
import { filingContentSchema, type FilingContent } from './filing-draft.ts'
import type { KeptVersion } from './kept-choices.ts'
import type { DraftReferences } from './filing-facts.ts'

/** A filing that is being prepared. */
export interface Draft {
  readonly id: string
  readonly revision: number
  readonly content: FilingContent
  readonly references: DraftReferences
  readonly updatedAt: Date
  /** Who saved it last; null when that person has left the organisation. */
  readonly updatedBy: string | null
  /** The filing it became, while that is not recalled. */
  readonly filingReference: string | null
  /** Other versions of steps that the reader typed on another device. */
  readonly kept: readonly KeptVersion[]
  /** What an approver wrote who sent it back. */
  readonly returned: { readonly by: string | null; readonly at: string; readonly note: string } | null
}

const references = z.object({ filing: z.string(), notices: z.record(z.string(), z.string()) })

interface DraftRow {
  readonly id: string
  readonly revision: number
  readonly content: unknown
  readonly references: unknown
  readonly updatedAt: Date
  readonly updatedBy: string | null
  readonly filingReference: string | null
  readonly returned: Draft['returned']
  readonly kept: Draft['kept']
}

/** A draft of the organisation that the member acts for; null when there is none of this id. */
export async function findDraft(tx: Transaction, member: Member, draftId: string): Promise<Draft | null> {
  const [row] = await tx.$queryRaw<DraftRow[]>`
    select d.id, d.revision, d.content, d."references", d.updated_at as "updatedAt", ${nameHere('p')} as "updatedBy", f.reference as "filingReference",
      (select json_build_object('by', ${nameHere('b')}, 'at', r.returned_at, 'note', x.returned_note) from filing r join filing_private x on x.filing_id = r.id
        left join person b on b.id = r.returned_by where r.reference = d."references" ->> 'filing') as returned,
      coalesce((select json_agg(json_build_object('step', k.step, 'at', k.kept_at, 'choices', k.choices) order by k.kept_at) from kept_choices k
        where k.draft_id = d.id and k.kept_by = ${member.personId}::uuid), '[]'::json) as kept
    from filing_draft d left join person p on p.id = d.updated_by left join filing f on f.id = d.filing_id
    where d.id = ${draftId}::uuid and d.organisation_id = ${member.organisation.id}::uuid`
  return row ? readDraft(row) : null
}

/** A draft held until the transaction ends, so that nobody saves or files it meanwhile. */
export interface LockedDraft extends Omit<Draft, 'updatedBy' | 'filingReference' | 'returned' | 'kept'> {
  /** The person who saved it last. */
  readonly updatedBy: string
  /** The filing it became, while that is not recalled. */
  readonly filingId: string | null
  /** The filing it was once and became again or may become again. */
  readonly earlierFilingId: string | null
}

/** Locks a draft of the organisation that the member acts for; null when there is none of this id. */
export async function lockDraft(tx: Transaction, member: Member, draftId: string): Promise<LockedDraft | null> {
  const [row] = await tx.$queryRaw<LockedDraft[]>`
    select d.id, d.revision, d.content, d."references", d.updated_at as "updatedAt", d.updated_by as "updatedBy", d.filing_id as "filingId",
      (select f.id from filing f where f.reference = d."references" ->> 'filing') as "earlierFilingId"
    from filing_draft d where d.id = ${draftId}::uuid and d.organisation_id = ${member.organisation.id}::uuid for update of d`
  return row ? readDraft(row) : null
}

/** @throws ZodError when the database holds a draft that this version cannot read */
function readDraft<Row extends { content: unknown; references: unknown }>(row: Row) {
  return { ...row, content: filingContentSchema.parse(row.content), references: references.parse(row.references) }
}
