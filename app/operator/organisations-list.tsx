import { organisationKinds } from '#app/accounts/organisation.ts'
import { m } from '#app/generated/messages/messages.js'
import { Badge } from '#app/ui/badge.tsx'
import { LinkButton } from '#app/ui/button.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { FilterRow, FilterSelect, FilterText } from '#app/ui/filter-row.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import { DateOf } from '#app/ui/when.tsx'
import { readersLocale, VendorName } from '#app/vendors/vendor-name.tsx'
import { countryName } from '#app/vendors/wording.ts'

import type { OrganisationFilter, OrganisationRow } from './organisations.ts'
import { kindWords } from './wording.ts'

const base = '/operator/organisations'

/** A page of organisations as the loader gives it. */
export type OrganisationsPage = {
  filter: OrganisationFilter
  organisations: OrganisationRow[]
  found: number
  mostCounted: number
  next: string | null
  isFirst: boolean
  timeZone: string
}

/** All organisations: what the list is narrowed to, how many, the table, the next page. */
export function OrganisationsList({ page }: { page: OrganisationsPage }) {
  const { filter, organisations, found, mostCounted, timeZone } = page
  const isFiltered = filter.search !== '' || filter.kind !== null || filter.verified !== null
  const count = found >= mostCounted ? `${formatNumber(mostCounted)}+` : formatNumber(found)
  return (
    <>
      <OrganisationsFilter filter={filter} isFiltered={isFiltered} />
      {found === 0 && isFiltered && (
        <Empty act={<LinkButton href={base}>{m.operator_organisations_clear()}</LinkButton>}>
          {m.operator_organisations_none_found()}
        </Empty>
      )}
      {found === 0 && !isFiltered && <Empty>{m.operator_organisations_none()}</Empty>}
      {found > 0 && (
        <>
          <DataTable
            columns={columns(timeZone)}
            rows={organisations}
            rowKey={({ id }) => id}
            caption={m.operator_organisations_title()}
            walk
          />
          <TableFoot shown={m.operator_organisations_count({ n: found, count })} pages={pagesOf(page)} />
        </>
      )}
    </>
  )
}

function OrganisationsFilter({ filter, isFiltered }: { filter: OrganisationFilter; isFiltered: boolean }) {
  const verified = filter.verified === null ? undefined : filter.verified ? 'yes' : 'no'
  return (
    <FilterRow label={m.operator_organisations_filter()} clear={isFiltered ? base : undefined}>
      <FilterText name="q" label={m.operator_organisations_search()} value={filter.search} />
      <FilterSelect
        name="kind"
        label={m.operator_organisations_kind()}
        any={m.operator_organisations_any()}
        options={organisationKinds.map((kind) => ({ value: kind, label: kindWords[kind]() }))}
        value={filter.kind ?? undefined}
      />
      <FilterSelect
        name="verified"
        label={m.operator_organisations_verified()}
        any={m.operator_organisations_any()}
        options={[
          { value: 'yes', label: m.operator_organisations_yes() },
          { value: 'no', label: m.operator_organisations_no() },
        ]}
        value={verified}
      />
    </FilterRow>
  )
}

function columns(timeZone: string): readonly Column<OrganisationRow>[] {
  return [
    {
      key: 'name',
      head: m.operator_organisations_column_name(),
      kind: 'row',
      cell: ({ name, nameOther, slug }) => <VendorName name={name} nameOther={nameOther} href={`${base}/${slug}`} />,
    },
    { key: 'kind', head: m.operator_organisations_kind(), cell: ({ kind }) => kindWords[kind]() },
    {
      key: 'country',
      head: m.operator_organisations_column_country(),
      cell: ({ country }) => countryName(country, readersLocale()),
    },
    {
      key: 'verified',
      head: m.operator_organisations_verified(),
      cell: (row) => <Verified row={row} timeZone={timeZone} />,
    },
    {
      key: 'people',
      head: m.operator_organisations_column_people(),
      kind: 'number',
      cell: ({ people }) => formatNumber(people),
    },
    {
      key: 'since',
      head: m.operator_organisations_column_since(),
      cell: ({ createdAt }) => <DateOf at={createdAt} timeZone={timeZone} />,
    },
  ]
}

function Verified({ row: { verifiedAt, verifiedHow }, timeZone }: { row: OrganisationRow; timeZone: string }) {
  if (verifiedAt === null) return <span className="faint">{m.operator_organisations_no()}</span>
  return (
    <div>
      <Badge icon="i-check" tone="agreed">
        <DateOf at={verifiedAt} timeZone={timeZone} />
      </Badge>
      <span className="t-id">{verifiedHow}</span>
    </div>
  )
}

function pagesOf({ filter, next, isFirst }: OrganisationsPage): { previous?: string; next?: string } {
  const kept = new URLSearchParams({
    ...(filter.search === '' ? {} : { q: filter.search }),
    ...(filter.kind === null ? {} : { kind: filter.kind }),
    ...(filter.verified === null ? {} : { verified: filter.verified ? 'yes' : 'no' }),
  })
  const first = kept.size === 0 ? base : `${base}?${kept}`
  const after = new URLSearchParams(kept)
  if (next !== null) after.set('before', next)
  return { ...(isFirst ? {} : { previous: first }), ...(next === null ? {} : { next: `${base}?${after}` }) }
}
