import type pg from 'pg'
import { aCatalogue, aHolder, aPerson, aVendor } from './builders.ts'
import type { Wanted } from './filings.ts'
import { memberOf } from './members.ts'

/** A holder with a colleague who may file, three vendors, a catalogue of three films, and what is filed of it. */
export async function aFiler(owner: pg.Pool) {
  const holder = await aHolder(owner, { name: 'Hoshizora Animation' })
  const editor = await aPerson(owner, { organisationId: holder.organisation.id, role: 'editor' })
  const vendors = [await aVendor(owner), await aVendor(owner), await aVendor(owner)]
  const catalogue = await aCatalogue(owner, holder.organisation.id, { titles: ['A film', 'B film', 'C film'] })
  const wanted: Wanted = { vendorIds: vendors.map(({ id }) => id), catalogue }
  const member = memberOf(holder.person, holder.organisation)
  const colleague = memberOf(editor, holder.organisation, { role: 'editor' })
  return { holder, member, colleague, vendors, catalogue, wanted }
}

type NoticeRow = {
  id: string
  reference: string
  vendor_id: string
  contact_id: string
  stage: string
  locale: string
  works_count: number
  send_at: Date
  last_sequence: number
  verify_code: string
  scope_id: string
}

/** Reads what a filing left in the database. */
export function readerOf(owner: pg.Pool) {
  const rowsOf = async <Row extends object>(sql: string, values: readonly unknown[]): Promise<Row[]> =>
    (await owner.query<Row>(sql, [...values])).rows
  const noticesOf = (reference: string) =>
    rowsOf<NoticeRow>(
      'select n.* from notice n join filing f on f.id = n.filing_id where f.reference = $1 order by n.id',
      [reference],
    )
  return { rowsOf, noticesOf }
}
