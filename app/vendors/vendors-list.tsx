import { m } from '#app/generated/messages/messages.js'
import { LinkButton } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { FilterRow, FilterSelect, FilterText } from '#app/ui/filter-row.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { TableFoot } from '#app/ui/pager.tsx'

import { VendorsTable } from './vendors-table.tsx'
import type { VendorFilter, VendorRow } from './vendor.ts'

/** A page of the directory as the loader gives it. */
export type VendorsPage = {
  filter: VendorFilter
  vendors: VendorRow[]
  found: number
  /** How far `found` counts. */
  mostCounted: number
  next: string | null
  isFirst: boolean
}

/** The directory: what it is narrowed to, how many, the table, the next page. */
export function VendorsList({ page, base, withNotices }: { page: VendorsPage; base: string; withNotices: boolean }) {
  const { filter, vendors, found } = page
  const isFiltered = filter.search !== '' || filter.contact !== 'any'
  return (
    <>
      <FilterRow label={m.vendors_list_filter()} clear={isFiltered ? base : undefined}>
        <FilterText name="q" label={m.vendors_list_search()} value={filter.search} />
        <FilterSelect
          name="contact"
          label={m.vendors_list_column_contact()}
          any={m.vendors_list_contact_any()}
          options={[
            { value: 'working', label: m.vendors_list_contact_working() },
            { value: 'lacking', label: m.vendors_list_contact_lacking() },
          ]}
          value={filter.contact === 'any' ? undefined : filter.contact}
        />
      </FilterRow>
      {found === 0 ? (
        <NoVendor filter={filter} base={base} />
      ) : (
        <>
          <VendorsTable vendors={vendors} base={base} withNotices={withNotices} />
          <TableFoot shown={countOf(page)} pages={pagesOf(page, base)} />
        </>
      )}
    </>
  )
}

function countOf({ found, mostCounted, filter: { search } }: VendorsPage): string {
  const count = found >= mostCounted ? `${formatNumber(mostCounted)}+` : formatNumber(found)
  return search === ''
    ? m.vendors_list_count({ n: found, count })
    : m.vendors_list_count_found({ n: found, count, search })
}

function pagesOf({ filter, next, isFirst }: VendorsPage, base: string): { previous?: string; next?: string } {
  const kept = new URLSearchParams({
    ...(filter.search === '' ? {} : { q: filter.search }),
    ...(filter.contact === 'any' ? {} : { contact: filter.contact }),
  })
  const first = kept.size === 0 ? base : `${base}?${kept}`
  const after = new URLSearchParams(kept)
  if (next !== null) after.set('after', next)
  return { ...(isFirst ? {} : { previous: first }), ...(next === null ? {} : { next: `${base}?${after}` }) }
}

function NoVendor({ filter, base }: { filter: VendorFilter; base: string }) {
  if (filter.search === '' && filter.contact === 'any') return <Empty>{m.vendors_list_none_at_all()}</Empty>
  const words =
    filter.search === '' ? m.vendors_list_none_contact() : m.vendors_list_none_found({ search: filter.search })
  return <Empty act={<LinkButton href={base}>{m.vendors_list_clear_filter()}</LinkButton>}>{words}</Empty>
}
