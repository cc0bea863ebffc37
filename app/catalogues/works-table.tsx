import { m } from '#app/generated/messages/messages.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Name, Title } from '#app/ui/title.tsx'
import { identifierSchemes } from './identifiers.ts'
import { wordForKind } from './kind-words.ts'
import { ReleasedOn } from './released-on.tsx'
import { shownExternalId, type WorkRow } from './work-row.ts'

/** A page of works: both scripts of the title, kind, date, identifiers, rights holder. */
export function WorksTable({ works, catalogueId }: { works: readonly WorkRow[]; catalogueId: string }) {
  return (
    <DataTable
      columns={columnsOf(catalogueId).filter(
        ({ key }) => key !== 'rights' || works.some(({ rights }) => rights.holder),
      )}
      rows={works}
      rowKey={({ workId }) => workId}
      caption={m.catalogues_filter()}
      walk
    />
  )
}

function columnsOf(catalogueId: string): Column<WorkRow>[] {
  return [
    {
      key: 'title',
      head: m.catalogues_col_title(),
      kind: 'row',
      width: 'c-half',
      cell: (work) => (
        <>
          <a href={`/catalogues/${catalogueId}/works/${work.workId}`}>
            <Title title={work.title} />
          </a>
          <Under words={[otherTitle(work), shownExternalId(work.externalId)]} />
        </>
      ),
    },
    { key: 'kind', head: m.catalogues_col_kind(), cell: ({ kind }) => (kind === null ? null : wordForKind(kind)) },
    { key: 'released', head: m.catalogues_col_released(), cell: (work) => <ReleasedOn work={work} /> },
    { key: 'identifiers', head: m.catalogues_col_identifiers(), cell: (work) => identifiersOf(work) },
    {
      key: 'rights',
      head: m.catalogues_col_rights(),
      cell: ({ rights }) => (rights.holder === undefined ? null : <Name>{rights.holder}</Name>),
    },
  ]
}

function Under({ words }: { words: readonly (string | null)[] }) {
  const known = words.filter((word) => word !== null)
  return known.length === 0 ? null : <span className="t-id">{known.join(' · ')}</span>
}

function otherTitle({ title, titles }: WorkRow): string | null {
  return [titles.en, titles.ja].find((other) => other !== undefined && other !== title) ?? null
}

function identifiersOf({ identifiers }: WorkRow) {
  if (identifiers.length === 0) return null
  return identifiers.map(({ scheme, value, valid }) => (
    <span key={`${scheme} ${value}`} className="t-id">
      {identifierSchemes[scheme].name} <code>{value}</code>
      {!valid && ` (${m.catalogues_invalid()})`}
    </span>
  ))
}
