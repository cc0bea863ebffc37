import { m } from '#app/generated/messages/messages.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Name } from '#app/ui/title.tsx'
import { DateOf } from '#app/ui/when.tsx'
import type { CatalogueRow } from './find-catalogues.server.ts'

/** The catalogues of an organisation. */
export function CataloguesTable({ catalogues, timeZone }: { catalogues: readonly CatalogueRow[]; timeZone: string }) {
  return (
    <DataTable
      columns={columnsOf(timeZone)}
      rows={catalogues}
      rowKey={({ id }) => id}
      caption={m.catalogues_title()}
      walk
    />
  )
}

function columnsOf(timeZone: string): Column<CatalogueRow>[] {
  return [
    {
      key: 'name',
      head: m.catalogues_col_name(),
      kind: 'row',
      cell: ({ id, name, isSample, credit }) => (
        <>
          <a href={`/catalogues/${id}`}>
            <Name>{name}</Name>
          </a>
          {isSample && <span className="t-id">{sampleWords(credit)}</span>}
        </>
      ),
    },
    {
      key: 'works',
      head: m.catalogues_col_works(),
      kind: 'number',
      cell: ({ id, works }) => <a href={`/catalogues/${id}`}>{formatNumber(works)}</a>,
    },
    {
      key: 'version',
      head: m.catalogues_col_version(),
      kind: 'nowrap',
      cell: ({ id, currentVersion }) =>
        currentVersion === 0 ? (
          m.catalogues_version_none()
        ) : (
          <a href={`/catalogues/${id}#history`}>{m.catalogues_version({ version: currentVersion })}</a>
        ),
    },
    {
      key: 'import',
      head: m.catalogues_col_last_import(),
      kind: 'nowrap',
      cell: ({ id, lastImport }) =>
        lastImport === null ? (
          <span className="faint">{m.catalogues_never()}</span>
        ) : (
          <a href={`/catalogues/${id}/import/${lastImport.id}`}>
            <DateOf at={lastImport.at} timeZone={timeZone} />
          </a>
        ),
    },
  ]
}

function sampleWords(credit: string | null): string {
  return credit === null ? m.catalogues_sample_uncredited() : m.catalogues_sample({ credit })
}
