import { m } from '#app/generated/messages/messages.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatNumber } from '#app/ui/format.ts'

import { ContactHealthBadge } from './contact-health-badge.tsx'
import { whyNoContact } from './contact.ts'
import { readersLocale, VendorName } from './vendor-name.tsx'
import type { VendorRow } from './vendor.ts'
import { countryName } from './wording.ts'

/** The directory as a table, by name. Numbers lead to the rows they count. `base` is the address of an entry's list. */
export function VendorsTable({
  vendors,
  base,
  withNotices,
}: {
  vendors: readonly VendorRow[]
  base: string
  withNotices: boolean
}) {
  return (
    <DataTable
      columns={withNotices ? [...columns(base), noticesColumn()] : columns(base)}
      rows={vendors}
      rowKey={({ id }) => id}
      caption={m.vendors_list_caption()}
      walk
    />
  )
}

function columns(base: string): readonly Column<VendorRow>[] {
  return [
    {
      key: 'name',
      head: m.vendors_list_column_vendor(),
      kind: 'row',
      cell: ({ name, nameOther, slug, isInvented }) => (
        <>
          <VendorName name={name} nameOther={nameOther} href={`${base}/${slug}`} />
          {isInvented && <span className="t-id">{m.vendors_list_invented()}</span>}
        </>
      ),
    },
    {
      key: 'country',
      head: m.vendors_list_column_country(),
      kind: 'nowrap',
      cell: ({ country }) => (country === null ? <NotKnown /> : countryName(country, readersLocale())),
    },
    {
      key: 'products',
      head: m.vendors_list_column_products(),
      cell: ({ products }) =>
        products.length === 0 ? <NotKnown /> : [...new Set(products)].join(m.vendors_list_comma()),
    },
    {
      key: 'crawlers',
      head: m.vendors_list_column_crawlers(),
      kind: 'number',
      cell: ({ crawlers, slug }) =>
        crawlers === 0 ? <NotKnown /> : <a href={`${base}/${slug}#crawlers`}>{formatNumber(crawlers)}</a>,
    },
    {
      key: 'contact',
      head: m.vendors_list_column_contact(),
      cell: ({ contacts }) => <ContactHealthBadge fault={whyNoContact(contacts, 'exclusion')} />,
    },
  ]
}

function noticesColumn(): Column<VendorRow> {
  return {
    key: 'notices',
    head: m.vendors_list_column_notices(),
    kind: 'number',
    cell: (vendor) =>
      vendor.notices === 0 ? '0' : <a href={`/notices?party=${vendor.id}`}>{formatNumber(vendor.notices)}</a>,
  }
}

/** What stands where nothing is certain. */
export function NotKnown() {
  return <span className="faint nowrap">{m.vendors_not_known()}</span>
}
