import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { noticeKinds } from '#app/notices/legal-bases/basis.ts'
import { measures } from '#app/notices/measures.ts'
import { kindWords, measureWords } from '#app/notices/wording.ts'
import type { Option } from '#app/ui/fields.tsx'
import { FilterDay, FilterRow, FilterSelect, FilterText } from '#app/ui/filter-row.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import type { Facets, FacetValue } from './find-facets.server.ts'
import { isTableFiltered, states, tableSearch, type TableFilter, type TableQuery } from './table-query.ts'
import { stateWords } from './table-words.ts'

interface TableFilterProps {
  readonly base: string
  readonly query: TableQuery
  readonly facets: Facets
  /** An association filters by its members. */
  readonly byMember: boolean
}

/** What the table shows, as a sentence of menus with how many there are of each. */
export function TableFilterRow({ base, query, facets, byMember }: TableFilterProps) {
  const { filter, order, columns } = query
  const keep = Object.fromEntries(new URLSearchParams(tableSearch({ order, columns })))
  return (
    <FilterRow
      label={m.notices_list_filter()}
      clear={isTableFiltered(filter) ? [base, tableSearch({ order, columns })].filter(Boolean).join('?') : undefined}
      keep={keep}
    >
      <FilterText name="q" label={m.bulk_search()} value={filter.q} placeholder={m.bulk_search_hint()} />
      {questions(facets, filter)
        .filter(({ name, options }) => (name !== 'member' || byMember) && (name !== 'tag' || options.length > 0))
        .map((question) => (
          <FilterSelect key={question.name} value={filter[question.name]} {...question} />
        ))}
      <FilterDay name="from" label={m.bulk_filter_from()} value={filter.from} />
      <FilterDay name="to" label={m.bulk_filter_to()} value={filter.to} />
    </FilterRow>
  )
}

interface Question {
  readonly name: 'member' | 'vendor' | 'kind' | 'state' | 'measure' | 'tag' | 'assignee'
  readonly label: string
  readonly any: string
  readonly options: readonly Option[]
}

function questions(facets: Facets, filter: TableFilter): Question[] {
  const counts = (values: readonly FacetValue[]) => counter(values, facets.cut)
  const named = (values: readonly FacetValue[]) =>
    values.map((value) => ({ value: value.value, label: counts(values)(value.value, nameOf(value)) }))
  return [
    { name: 'member', label: m.bulk_column_member(), any: m.bulk_any_member(), options: named(facets.members) },
    {
      name: 'vendor',
      label: m.notices_list_vendor(),
      any: m.notices_list_any_vendor(),
      options: named(facets.vendors),
    },
    {
      name: 'state',
      label: m.bulk_state(),
      any: m.bulk_any_state(),
      options: withChosen(
        states.map((value) => ({ value, label: counts(facets.states)(value, stateWords[value]()) })),
        filter.state,
        filter.state && stateWords[filter.state](),
      ),
    },
    {
      name: 'kind',
      label: m.notices_list_kind(),
      any: m.notices_list_any_kind(),
      options: noticeKinds.map((value) => ({ value, label: counts(facets.kinds)(value, kindWords[value]()) })),
    },
    {
      name: 'measure',
      label: m.bulk_measure(),
      any: m.bulk_any_measure(),
      options: measures.map((value) => ({ value, label: counts(facets.measures)(value, measureWords[value]()) })),
    },
    { name: 'tag', label: m.bulk_tag(), any: m.bulk_any_tag(), options: withChosen(named(facets.tags), filter.tag) },
    {
      name: 'assignee',
      label: m.bulk_column_assignee(),
      any: m.bulk_any_assignee(),
      options: [{ value: 'nobody', label: m.bulk_nobody() }, ...named(facets.people)],
    },
  ]
}

// What is filtered by stands in its menu even where no notice has it any more.
function withChosen(options: readonly Option[], chosen: string | undefined, label = chosen): readonly Option[] {
  if (chosen === undefined || options.some(({ value }) => value === chosen)) return options
  return [{ value: chosen, label: label ?? chosen }, ...options]
}

function nameOf({ value, name, nameOther }: FacetValue): string {
  return name === null ? value : nameIn(getLocale() === 'ja' ? 'ja' : 'en', name, nameOther)
}

const mostShown = 1_000

// More than a thousand, or more than were looked at, is "and more".
function counter(values: readonly FacetValue[], cut: boolean): (value: string, label: string) => string {
  const found = new Map(values.map(({ value, count }) => [value, count]))
  return (value, label) => {
    const count = found.get(value) ?? null
    if (count === null || count === 0) return label
    const more = count > mostShown || cut
    const shown = formatNumber(Math.min(count, mostShown))
    return more ? m.bulk_counted_more({ label, count: shown }) : m.bulk_counted({ label, count: shown })
  }
}
