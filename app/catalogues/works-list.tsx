import { m } from '#app/generated/messages/messages.js'
import { LinkButton } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { FilterRow, FilterSelect, FilterText } from '#app/ui/filter-row.tsx'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { TableFoot } from '#app/ui/pager.tsx'
import type { FoundCatalogue } from './find-catalogues.server.ts'
import type { WorksFound } from './find-works.server.ts'
import { wordForKind } from './kind-words.ts'
import { WorksTable } from './works-table.tsx'
import { mostWorksCounted, worksAddress, type WorksFilter } from './works-query.ts'

type WorksListProps = {
  readonly catalogue: FoundCatalogue
  readonly version: number
  readonly filter: WorksFilter
  readonly page: WorksFound
  readonly mayEdit: boolean
}

/** The works of a version: filter, how many, the table, the pages. */
export function WorksList(props: WorksListProps) {
  const { catalogue, version, filter, page } = props
  const isFiltered = filter.search !== '' || filter.kind !== null
  const isOld = version !== catalogue.currentVersion
  const base = worksAddress(catalogue.id, { search: '', kind: null, version: isOld ? version : null })
  if (catalogue.currentVersion === 0) return <NoWorks {...props} />
  return (
    <>
      {isOld && (
        <Note tone="question">
          <p>
            {m.catalogues_old_version({ version, current: catalogue.currentVersion })}
            {sentenceGap()}
            <a href={`/catalogues/${catalogue.id}`}>{m.catalogues_see_current()}</a>
          </p>
        </Note>
      )}
      <Filter {...props} clear={isFiltered ? base : undefined} />
      {page.works.length === 0 ? (
        <Empty act={isFiltered ? <LinkButton href={base}>{m.ui_clear()}</LinkButton> : undefined}>
          {isFiltered ? m.catalogues_no_match({ text: filterWords(filter) }) : m.catalogues_no_works_read()}
        </Empty>
      ) : (
        <>
          <WorksTable works={page.works} catalogueId={catalogue.id} />
          <TableFoot shown={countWords(props, isFiltered)} pages={pagesOf(props)} />
        </>
      )}
    </>
  )
}

function Filter({ catalogue, version, filter, clear }: WorksListProps & { clear: string | undefined }) {
  const kinds = catalogue.kinds.map((kind) => ({ value: kind, label: wordForKind(kind) }))
  const versions = catalogue.versions.map((each) => ({
    value: String(each.version),
    label: m.catalogues_version({ version: each.version }),
  }))
  return (
    <FilterRow label={m.catalogues_filter()} clear={clear}>
      <FilterText
        name="q"
        label={m.catalogues_search_label()}
        value={filter.search}
        placeholder={m.catalogues_search()}
      />
      {kinds.length > 1 && (
        <FilterSelect
          name="kind"
          label={m.catalogues_kind()}
          any={m.catalogues_kind_any()}
          options={kinds}
          value={filter.kind ?? undefined}
        />
      )}
      {versions.length > 1 && (
        <FilterSelect
          name="version"
          label={m.catalogues_at_version()}
          any={m.catalogues_now({ version: m.catalogues_version({ version: catalogue.currentVersion }) })}
          options={versions.slice(1)}
          value={version === catalogue.currentVersion ? undefined : String(version)}
        />
      )}
    </FilterRow>
  )
}

function NoWorks({ catalogue, mayEdit }: WorksListProps) {
  if (!mayEdit) return <Empty>{m.catalogues_no_works_read()}</Empty>
  return (
    <Empty
      act={
        <span className="bs">
          <LinkButton look="go" href={`/catalogues/${catalogue.id}/import`}>
            {m.catalogues_import()}
          </LinkButton>
          <LinkButton href={`/catalogues/${catalogue.id}/works/new`}>{m.catalogues_add_work()}</LinkButton>
        </span>
      }
    >
      {m.catalogues_no_works()}
    </Empty>
  )
}

function countWords({ page: { found }, version }: WorksListProps, isFiltered: boolean): string {
  if (!isFiltered) return m.catalogues_all_works({ count: formatNumber(found), version })
  if (found > mostWorksCounted) return m.catalogues_found_more({ count: formatNumber(mostWorksCounted) })
  return m.catalogues_found({ count: formatNumber(found) })
}

function filterWords({ search, kind }: WorksFilter): string {
  return [search, kind === null ? '' : wordForKind(kind)].filter((word) => word !== '').join(', ')
}

function pagesOf({ catalogue: { id }, filter, page: { previous, next } }: WorksListProps): {
  previous?: string
  next?: string
} {
  return {
    ...(previous === null ? {} : { previous: worksAddress(id, filter, { before: previous }) }),
    ...(next === null ? {} : { next: worksAddress(id, filter, { after: next }) }),
  }
}
