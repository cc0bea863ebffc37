import { normalText } from '#app/platform/normal-text.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import type { Transaction } from '#app/platform/db.server.ts'

import { contactPurposesFor, type ContactPurpose, type NoticeKind } from './contact.ts'
import { contactColumns, readContact } from './contact-columns.server.ts'
import type { VendorFilter, VendorRow } from './vendor.ts'

type Wanted = {
  filter: VendorFilter
  /** The slug of the last vendor of the page before. */
  after: string | null
  most: number
  /** The organisation whose notices are counted. */
  organisationId: string
}

/** How far `found` is counted; more are "10,000+". */
export const mostCounted = 10_000

/**
 * A page of the directory by name, whatever case and width the search is typed in: it looks into names, and into every
 * fact that is not taken out. `found` counts at most `mostCounted`.
 */
export async function findVendors(
  tx: Transaction,
  { filter, after, most, organisationId }: Wanted,
): Promise<{ vendors: VendorRow[]; found: number; next: string | null }> {
  const where = Prisma.sql`${matches(filter.search)} and ${hasContact(filter.contact)}`
  const found = await countVendors(tx, where)
  const rows = await rowsWhere(tx, {
    where: Prisma.sql`${where} and (${after}::text is null or (lower(v.name), v.id) > (select lower(l.name), l.id from vendor l where l.slug = ${after}))`,
    order: Prisma.sql`lower(v.name), v.id`,
    most: most + 1,
    organisationId,
  })
  const page = rows.slice(0, most)
  return { vendors: await withContacts(tx, page), found, next: rows.length > most ? (page.at(-1)?.slug ?? null) : null }
}

type Offered = {
  search: string
  /** Of the notice that is prepared. */
  kind: NoticeKind
  /** Ids of those that are chosen already. */
  chosen: readonly string[]
  most: number
  organisationId: string
}

/**
 * Vendors that can be added to a filing: first those to which a notice of this kind can be sent now, by name, then the
 * others by name. `found` counts all of them, at most `mostCounted`.
 */
export async function offerVendors(
  tx: Transaction,
  { search, kind, chosen, most, organisationId }: Offered,
): Promise<{ vendors: VendorRow[]; found: number }> {
  const where = Prisma.sql`${matches(search)} and v.id <> all (${[...chosen]}::uuid[])`
  const found = await countVendors(tx, where)
  const order = Prisma.sql`${worksFor(contactPurposesFor(kind))} desc, lower(v.name), v.id`
  return { vendors: await withContacts(tx, await rowsWhere(tx, { where, order, most, organisationId })), found }
}

async function countVendors(tx: Transaction, where: Prisma.Sql): Promise<number> {
  const [counted] = await tx.$queryRaw<{ count: bigint }[]>`
    select count(*) as count from (select from vendor v where ${where} limit ${mostCounted}) as matching`
  return Number(counted?.count ?? 0)
}

type Row = Omit<VendorRow, 'contacts'>

function rowsWhere(
  tx: Transaction,
  given: { where: Prisma.Sql; order: Prisma.Sql; most: number; organisationId: string },
): Promise<Row[]> {
  const { where, order, most, organisationId } = given
  return tx.$queryRaw<Row[]>`
    select v.id, v.slug, v.name, v.name_other as "nameOther", v.is_invented as "isInvented",
      (select f.value from vendor_fact f where f.vendor_id = v.id and f.kind = 'country' and f.retired_at is null limit 1) as country,
      array(select f.value from vendor_fact f where f.vendor_id = v.id and f.kind in ('product', 'model') and f.retired_at is null
            order by f.kind desc, f.id) as products,
      (select count(*)::int from vendor_fact f where f.vendor_id = v.id and f.kind = 'crawler' and f.retired_at is null) as crawlers,
      coalesce((select sum(t.count)::int from notice_tally t where t.vendor_id = v.id and t.holder_organisation_id = ${organisationId}::uuid), 0) as notices
    from vendor v where ${where} order by ${order} limit ${most}`
}

function matches(search: string): Prisma.Sql {
  const fragment = normalText(search, 'NFKC').toLowerCase().trim()
  if (fragment === '') return Prisma.sql`true`
  const pattern = `%${fragment.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
  return Prisma.sql`(lower(normalize(v.name || ' ' || coalesce(v.name_other, ''), NFKC)) like ${pattern}
    or exists (select from vendor_fact f where f.vendor_id = v.id and f.retired_at is null and lower(normalize(f.value, NFKC)) like ${pattern}))`
}

// The rule of contactHealth in SQL; a test holds the two together.
function worksFor(purposes: readonly ContactPurpose[]): Prisma.Sql {
  return Prisma.sql`exists (select from vendor_contact c where c.vendor_id = v.id and c.purpose = any (${[...purposes]}::text[])
    and c.retired_at is null and c.verified_at is not null and c.channel = 'email'
    and (c.last_failed_at is null or c.last_delivered_at > c.last_failed_at))`
}

function hasContact(contact: VendorFilter['contact']): Prisma.Sql {
  const working = worksFor(['legal_notices'])
  if (contact === 'working') return working
  return contact === 'lacking' ? Prisma.sql`not ${working}` : Prisma.sql`true`
}

async function withContacts(tx: Transaction, rows: readonly Row[]): Promise<VendorRow[]> {
  const contacts = await tx.vendorContact.findMany({
    where: { vendorId: { in: rows.map(({ id }) => id) } },
    orderBy: { id: 'asc' },
    select: { vendorId: true, ...contactColumns },
  })
  const ofVendor = Map.groupBy(contacts.map(readContact), ({ vendorId }) => vendorId)
  return rows.map((row) => ({ ...row, contacts: ofVendor.get(row.id) ?? [] }))
}
