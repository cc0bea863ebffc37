import { m } from '#app/generated/messages/messages.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import { Moment } from '#app/ui/when.tsx'
import type { FoundCatalogue, VersionRow } from './find-catalogues.server.ts'
import { worksAddress } from './works-query.ts'

/** The versions of a catalogue, the newest first: when, from what, and what changed. */
export function CatalogueHistory({ catalogue, timeZone }: { catalogue: FoundCatalogue; timeZone: string }) {
  if (catalogue.versions.length === 0) return null
  return (
    <Section id="history" title={m.catalogues_history()}>
      <DataTable
        columns={columnsOf(catalogue, timeZone)}
        rows={catalogue.versions}
        rowKey={({ version }) => String(version)}
      />
    </Section>
  )
}

function columnsOf(catalogue: FoundCatalogue, timeZone: string): Column<VersionRow>[] {
  return [
    {
      key: 'version',
      head: m.catalogues_col_version(),
      kind: 'row',
      cell: ({ version }) => (
        <a
          href={worksAddress(catalogue.id, {
            search: '',
            kind: null,
            version: version === catalogue.currentVersion ? null : version,
          })}
        >
          {m.catalogues_version({ version })}
        </a>
      ),
    },
    {
      key: 'made',
      head: m.catalogues_history_made(),
      cell: ({ madeAt, madeBy }) => (
        <>
          <Moment at={madeAt} timeZone={timeZone} />
          {madeBy !== null && <span className="t-id">{madeBy}</span>}
        </>
      ),
    },
    {
      key: 'source',
      head: m.catalogues_history_source(),
      cell: ({ sourceName }) => sourceName ?? m.catalogues_history_by_hand(),
    },
    { key: 'added', head: m.catalogues_history_line_added(), kind: 'number', cell: ({ added }) => formatNumber(added) },
    {
      key: 'changed',
      head: m.catalogues_history_line_changed(),
      kind: 'number',
      cell: ({ changed }) => formatNumber(changed),
    },
    {
      key: 'removed',
      head: m.catalogues_history_line_removed(),
      kind: 'number',
      cell: ({ removed }) => formatNumber(removed),
    },
    { key: 'works', head: m.catalogues_col_works(), kind: 'number', cell: ({ works }) => formatNumber(works) },
  ]
}
