import { useForm, type SubmissionResult } from '@conform-to/react'

import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Details } from '#app/ui/details.tsx'
import { ErrorSummary, faultsOf } from '#app/ui/error-summary.tsx'
import { InputField, SelectField } from '#app/ui/fields.tsx'
import { Section } from '#app/ui/section.tsx'
import { crawlerPurposes } from '#app/vendors/crawler-list.ts'
import { factKinds } from '#app/vendors/directory.ts'
import { FactSource } from '#app/vendors/fact-source.tsx'
import { FactValue } from '#app/vendors/vendor-facts.tsx'
import type { VendorFact } from '#app/vendors/vendor.ts'
import { crawlerPurposeWord, crawlerWords, factWords } from '#app/vendors/wording.ts'

type Returned = SubmissionResult | undefined

/** The facts of an entry with the act that takes each out, and the form that adds one. */
export function FactsPanel({
  facts,
  added,
  retired,
}: {
  facts: readonly VendorFact[]
  added: Returned
  retired: Returned
}) {
  return (
    <Section id="facts" title={m.operator_directory_facts()}>
      <RetireFaults result={retired} />
      {facts.length === 0 ? (
        <p className="faint">{m.operator_directory_facts_none()}</p>
      ) : (
        <DataTable columns={columns()} rows={facts} rowKey={({ id }) => id} caption={m.operator_directory_facts()} />
      )}
      <div className="gap">
        <AddFact result={added} />
      </div>
    </Section>
  )
}

function RetireFaults({ result }: { result: Returned }) {
  const [form] = useForm({ id: 'retire-fact', lastResult: result })
  return <ErrorSummary faults={faultsOf(form)} />
}

function columns(): readonly Column<VendorFact>[] {
  return [
    { key: 'value', head: m.vendors_entry_column_value(), kind: 'row', cell: (fact) => <FactValue fact={fact} /> },
    { key: 'kind', head: m.vendors_entry_column_fact(), cell: ({ kind }) => factWords[kind]() },
    {
      key: 'purpose',
      head: m.vendors_entry_crawler_purpose(),
      cell: ({ kind, note }) => (kind === 'crawler' ? crawlerPurposeWord(note) : ''),
    },
    { key: 'source', head: m.vendors_entry_column_source(), cell: (fact) => <FactSource fact={fact} /> },
    { key: 'act', head: m.operator_mail_column_act(), cell: (fact) => <RetireFact fact={fact} /> },
  ]
}

function RetireFact({ fact: { id, value } }: { fact: VendorFact }) {
  return (
    <form method="post">
      <input type="hidden" name="intent" value="fact-retire" />
      <button
        type="submit"
        className="word"
        name="factId"
        value={id}
        aria-label={m.operator_directory_fact_retire_named({ value })}
      >
        {m.operator_directory_fact_retire()}
      </button>
    </form>
  )
}

type Typed = { kind: string; value: string; purpose?: string; sourceUrl?: string; sourceOn?: string }

function AddFact({ result }: { result: Returned }) {
  const [form, fields] = useForm<Typed>({ id: 'add-fact', lastResult: result })
  return (
    <Details summary={m.operator_directory_fact_add()} open={result !== undefined}>
      <form method="post" id={form.id} className="fs panel pad gap">
        <ErrorSummary faults={faultsOf(form)} />
        <input type="hidden" name="intent" value="fact-add" />
        <div className="two">
          <SelectField
            field={fields.kind}
            label={m.operator_directory_fact_kind()}
            options={factKinds.map((kind) => ({ value: kind, label: factWords[kind]() }))}
          />
          <SelectField
            field={fields.purpose}
            label={m.operator_directory_fact_purpose()}
            options={crawlerPurposes.map((purpose) => ({ value: purpose, label: crawlerWords[purpose]() }))}
            empty={m.operator_directory_fact_purpose_none()}
          />
        </div>
        <InputField
          field={fields.value}
          label={m.operator_directory_fact_value()}
          help={m.operator_directory_fact_value_help()}
          maxLength={200}
        />
        <div className="two">
          <InputField field={fields.sourceUrl} label={m.operator_directory_fact_source()} type="url" optional />
          <InputField field={fields.sourceOn} label={m.operator_directory_fact_on()} type="date" optional />
        </div>
        <div>
          <Button look="go">{m.operator_directory_fact_button()}</Button>
        </div>
      </form>
    </Details>
  )
}
