import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { nameHere } from '#app/platform/name-here.server.ts'
import { filingContentSchema } from './filing-draft.ts'
import type { DraftLine } from './filing-record.ts'

const most = 100

/** The organisation's drafts that are not filed, the latest saved first; at most 100. */
export async function listDrafts(member: Member): Promise<readonly DraftLine[]> {
  const rows = await withPerson(
    member.personId,
    (tx) => tx.$queryRaw<
      {
        id: string
        content: unknown
        reference: string
        vendors: string[]
        updatedAt: Date
        updatedBy: string | null
        back: 'recalled' | 'returned' | null
      }[]
    >`select d.id, d.content, d."references" ->> 'filing' as reference, d.updated_at as "updatedAt", ${nameHere('p')} as "updatedBy",
        array(select ${nameHere('v')} from vendor v where v.id in (select jsonb_array_elements_text(d.content -> 'vendorIds')::uuid) order by lower(v.name)) as vendors,
        (select case when x.filing_id is null then 'recalled' else 'returned' end from filing f
          left join filing_private x on x.filing_id = f.id where f.reference = d."references" ->> 'filing') as back
      from filing_draft d left join person p on p.id = d.updated_by
      where d.organisation_id = ${member.organisation.id}::uuid and d.filing_id is null
      order by d.updated_at desc, d.id desc limit ${most}`,
  )
  return rows.map(({ content, ...line }) => ({ ...line, kind: filingContentSchema.parse(content).kind }))
}
