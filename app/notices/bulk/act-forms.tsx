import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { Button, type ButtonLook } from '#app/ui/button.tsx'
import { ChecksField, RadioField } from '#app/ui/choices.tsx'
import { Details } from '#app/ui/details.tsx'
import { InputField, SelectField, TextField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import type { BulkActName } from './bulk-act.ts'
import { columnNames, defaultColumns, longestTag } from './table-query.ts'
import { columnWords } from './table-words.ts'

interface ActFormsProps {
  readonly total: number
  readonly people: readonly { readonly id: string; readonly name: string }[]
  readonly mayAct: boolean
  /** The form that was sent and what is wrong with it. */
  readonly fault: { readonly act: string; readonly text: string } | null
  readonly typed: Readonly<Record<string, string>>
}

/** The control that an act asks for, which a refused form leads back to. */
export function controlOf(act: string): { id?: string } {
  const name = { export: 'format', tag: 'tag', untag: 'tag', assign: 'person', note: 'text', withdraw: 'reason' }[act]
  return name === undefined ? {} : { id: `${act}-${name}` }
}

/** What can be done with the chosen notices: one form each, which says what will happen. */
export function ActForms({ total, people, mayAct, fault, typed }: ActFormsProps) {
  const n = { n: total, count: formatNumber(total) }
  const fieldOf: FieldOf = (act, name) => ({
    id: `${act}-${name}`,
    name,
    ...(fault?.act === act ? { initialValue: typed[name], errors: [fault.text] } : {}),
  })
  const all = [
    exporting(n, fieldOf),
    ...(mayAct ? [...ownWords(n, fieldOf, people), ...towardsVendors(n, fieldOf)] : []),
  ]
  return (
    <div className="stack tight">
      {all.map((form) => (
        <ActForm key={form.act} form={form} open={fault?.act === form.act} />
      ))}
    </div>
  )
}

type Counted = { readonly n: number; readonly count: string }
type FieldOf = (act: string, name: string) => { id: string; name: string; initialValue?: unknown; errors?: string[] }

interface Form {
  readonly act: BulkActName
  readonly summary: string
  readonly effect: string
  readonly button: string
  readonly look?: ButtonLook
  readonly fields?: ReactNode
}

function exporting(n: Counted, fieldOf: FieldOf): Form {
  return {
    act: 'export',
    summary: m.bulk_export(),
    effect: m.bulk_export_effect(),
    button: m.bulk_export_button(n),
    fields: <ExportFields field={fieldOf('export', 'format')} />,
  }
}

// What the organisation keeps for itself.
function ownWords(n: Counted, fieldOf: FieldOf, people: ActFormsProps['people']): readonly Form[] {
  const effect = m.bulk_own_effect()
  const options = [
    { value: 'nobody', label: m.bulk_nobody() },
    ...people.map(({ id, name }) => ({ value: id, label: name })),
  ]
  const tagField = (act: 'tag' | 'untag') => (
    <InputField field={fieldOf(act, 'tag')} label={m.bulk_tag()} maxLength={longestTag} look="short" />
  )
  return [
    { act: 'tag', summary: m.bulk_tag_add(), effect, button: m.bulk_tag_button(n), fields: tagField('tag') },
    { act: 'untag', summary: m.bulk_tag_remove(), effect, button: m.bulk_untag_button(n), fields: tagField('untag') },
    {
      act: 'assign',
      summary: m.bulk_assign(),
      effect,
      button: m.bulk_assign_button(n),
      fields: (
        <SelectField
          field={fieldOf('assign', 'person')}
          label={m.bulk_column_assignee()}
          look="short"
          options={options}
        />
      ),
    },
    {
      act: 'note',
      summary: m.bulk_note(),
      effect,
      button: m.bulk_note_button(n),
      fields: <TextField field={fieldOf('note', 'text')} label={m.bulk_note_text()} maxLength={4_000} />,
    },
  ]
}

function towardsVendors(n: Counted, fieldOf: FieldOf): readonly Form[] {
  return [
    { act: 'chase', summary: m.bulk_chase(), effect: m.bulk_chase_effect(), button: m.bulk_chase_button(n) },
    {
      act: 'withdraw',
      summary: m.bulk_withdraw(),
      effect: m.bulk_withdraw_effect(),
      button: m.bulk_withdraw_button(n),
      look: 'risk',
      fields: <TextField field={fieldOf('withdraw', 'reason')} label={m.bulk_withdraw_reason()} maxLength={2_000} />,
    },
  ]
}

function ActForm({ form, open }: { form: Form; open: boolean }) {
  const { act, summary, effect, button, look = 'plain', fields } = form
  return (
    <Details summary={summary} group="acts" open={open}>
      <form method="post" className="stack tight panel pad">
        <p>{effect}</p>
        {fields}
        <input type="hidden" name="act" value={act} />
        <div className="bs">
          <Button look={look} name="intent" value="begin">
            {button}
          </Button>
        </div>
      </form>
    </Details>
  )
}

function ExportFields({ field }: { field: { id: string; name: string; errors?: string[] } }) {
  return (
    <>
      <RadioField
        field={{ ...field, initialValue: 'xlsx' }}
        label={m.bulk_export_format()}
        choices={[
          { value: 'xlsx', label: m.bulk_export_xlsx() },
          { value: 'csv', label: m.bulk_export_csv() },
          { value: 'zip', label: m.bulk_export_zip(), help: m.bulk_export_zip_help() },
        ]}
      />
      <ChecksField
        field={{ id: 'export-columns', name: 'columns', initialValue: [...defaultColumns] }}
        label={m.bulk_columns()}
        look="row"
        choices={columnNames.map((value) => ({ value, label: columnWords[value]() }))}
      />
    </>
  )
}
