import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { RadioField } from '#app/ui/choices.tsx'
import type { FieldFacts } from '#app/ui/field-facts.ts'
import { InputField, SelectField, TextField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import type { FilingContent } from './filing-draft.ts'
import type { FilingCatalogue, FilingWorks } from './filing-facts.ts'

/** The fields of the step, as conform or a plain description gives them. */
export type ScopeFields = Readonly<
  Record<
    | 'catalogue'
    | 'scope'
    | 'text'
    | 'yearFrom'
    | 'yearTo'
    | 'pasted'
    | 'measure'
    | 'source'
    | 'example'
    | 'stance'
    | 'priorPermission',
    FieldFacts
  >
>

interface WorksProps {
  readonly fields: ScopeFields
  readonly works: FilingWorks | null
  readonly content: FilingContent
  readonly catalogues: readonly FilingCatalogue[]
  readonly draftId: string
}

/** Which catalogue, and all, some or single works of it. */
export function WorksFields(props: WorksProps) {
  const { fields, works, content, catalogues } = props
  return (
    <>
      <SelectField
        field={fields.catalogue}
        label={m.filing_catalogue()}
        empty={m.filing_catalogue_choose()}
        options={catalogueOptions(catalogues, works)}
        help={m.filing_catalogue_help()}
      />
      <RadioField
        field={fields.scope}
        label={m.filing_scope()}
        choices={[
          {
            value: 'all',
            label: m.filing_scope_all(),
            help: content.scope.kind === 'all' ? counted(works) : m.filing_scope_all_help(),
          },
          {
            value: 'filtered',
            label: m.filing_scope_filtered(),
            help: filteredHelp(props),
            more: <FilterFields fields={fields} />,
          },
          {
            value: 'chosen',
            label: m.filing_scope_chosen(),
            help: chosenHelp(props),
            more: <PastedField fields={fields} unmatched={content.scope.unmatched !== ''} />,
          },
        ]}
      />
    </>
  )
}

function filteredHelp({ works, content, draftId }: WorksProps): ReactNode {
  const { kind, except } = content.scope
  if (kind !== 'filtered' || works === null) return m.filing_scope_filtered_help()
  return (
    <>
      <b>{counted(works)}</b> <a href={`/filings/${draftId}/works`}>{m.filing_scope_see_list()}</a>
      {except.length > 0 && ` ${m.filing_scope_taken_out({ count: formatNumber(except.length) })}`}
    </>
  )
}

function chosenHelp({ works, content, draftId }: WorksProps): ReactNode {
  const { kind, catalogueId } = content.scope
  const list = `/filings/${draftId}/works`
  if (kind === 'chosen' && works !== null) {
    return (
      <>
        <b>{counted(works)}</b> <a href={list}>{m.filing_scope_see_list()}</a>
      </>
    )
  }
  return (
    <>
      {m.filing_scope_chosen_help()} {catalogueId !== null && <a href={list}>{m.filing_scope_pick()}</a>}
    </>
  )
}

function PastedField({ fields, unmatched }: { fields: ScopeFields; unmatched: boolean }) {
  return (
    <div className="fs">
      <TextField
        field={fields.pasted}
        label={m.filing_pasted()}
        help={unmatched ? m.filing_pasted_unmatched() : m.filing_pasted_help()}
        optional
      />
    </div>
  )
}

function FilterFields({ fields }: { fields: ScopeFields }) {
  return (
    <div className="filters">
      <InputField field={fields.text} label={m.filing_filter_text()} look="grow" type="search" />
      <InputField field={fields.yearFrom} label={m.filing_filter_from()} look="short" inputMode="numeric" />
      <InputField field={fields.yearTo} label={m.filing_filter_to()} look="short" inputMode="numeric" />
      <Button name="intent" value="count">
        {m.filing_filter_count()}
      </Button>
    </div>
  )
}

function counted(works: FilingWorks | null): string {
  if (works === null) return m.filing_not_counted()
  return m.filing_works_match({ count: formatNumber(works.count), n: works.count })
}

// The version that was looked at stays on offer after a later import, and stays chosen until the filer changes it.
function catalogueOptions(catalogues: readonly FilingCatalogue[], works: FilingWorks | null) {
  const now = catalogues.map(({ id, name, version, works: count }) => ({
    value: `${id}:${version}`,
    label: m.filing_catalogue_option({ name, version: String(version), count: formatNumber(count) }),
  }))
  const looked = works && `${works.catalogueId}:${works.version}`
  if (works === null || now.some(({ value }) => value === looked)) return now
  const label = m.filing_catalogue_option_older({ name: works.catalogue, version: String(works.version) })
  return [...now, { value: looked ?? '', label }]
}
