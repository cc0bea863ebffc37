import type { SubmissionResult } from '@conform-to/react'
import { useForm } from '@conform-to/react'
import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { measures } from '#app/notices/measures.ts'
import { measureWords } from '#app/notices/wording.ts'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { CheckField, ChecksField, RadioField } from '#app/ui/choices.tsx'
import { ErrorSummary, faultsOf } from '#app/ui/error-summary.tsx'
import { FileField, InputField } from '#app/ui/fields.tsx'
import type { MandateChoices, Named } from './mandate-choices.server.ts'
import { levelHelp, levelWords } from './mandate-words.ts'
import { levels } from './terms-form.ts'

interface MandateFormProps {
  readonly result: SubmissionResult | undefined
  readonly values: Readonly<Record<string, string | string[]>>
  readonly choices: Pick<MandateChoices, 'vendors' | 'catalogues'>
  /** The member signs what it offers. */
  readonly signs: boolean
  readonly name: string
  readonly back: string
  readonly act: string
  /** Above the terms: with whom. */
  readonly children?: ReactNode
}

/** The terms of a mandate, its document, and where the member offers, the signature. */
export function MandateForm({ result, values, choices, signs, name, back, act, children }: MandateFormProps) {
  const [form, fields] = useForm<Record<string, string | string[]>>({
    id: 'mandate',
    lastResult: result,
    defaultValue: values,
  })
  const field = (key: string) => fields[key] ?? { id: key, name: key }
  return (
    <form method="post" encType="multipart/form-data" id={form.id} noValidate className="fs">
      <ErrorSummary faults={faultsOf(form)} />
      {children}
      <RadioField
        field={field('level')}
        label={m.mandates_field_level()}
        choices={levels.map((level) => ({ value: level, label: levelWords[level](), help: levelHelp[level]() }))}
      />
      <Limits choices={choices} signs={signs} field={field} />
      <Days field={field} />
      <FileField
        field={field('document')}
        label={m.mandates_document()}
        help={m.mandates_document_help()}
        accept=".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"
        optional
      />
      {signs && <SigningFields name={name} signName={field('signName')} capacity={field('capacity')} />}
      <div className="bs">
        <Button look="go">{act}</Button>
        <LinkButton href={back}>{m.mandates_cancel()}</LinkButton>
      </div>
    </form>
  )
}

type Field = Parameters<typeof InputField>[0]['field']

/** The name and the capacity of the one who signs for the member. */
export function SigningFields({ name, signName, capacity }: { name: string; signName: Field; capacity: Field }) {
  return (
    <>
      <InputField
        field={signName}
        label={m.mandates_sign_name()}
        help={m.mandates_sign_name_help({ name })}
        autoComplete="off"
      />
      <InputField field={capacity} label={m.mandates_sign_capacity()} help={m.mandates_sign_capacity_help()} />
    </>
  )
}

interface LimitProps {
  readonly which: Field
  readonly chosen: Field
  readonly label: string
  readonly all: string
  readonly some: string
  readonly options: readonly Named[]
}

/** All of something, or only those that are ticked. */
export function Limit({ which, chosen, label, all, some, options }: LimitProps) {
  const open = which.initialValue === 'some' || (chosen.errors?.length ?? 0) > 0
  return (
    <>
      <RadioField
        field={which}
        label={label}
        look="row"
        choices={[
          { value: 'all', label: all },
          { value: 'some', label: some },
        ]}
      />
      <details open={open}>
        <summary>{m.mandates_choose({ what: label })}</summary>
        <ChecksField
          field={chosen}
          label={label}
          look="columns"
          choices={options.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </details>
    </>
  )
}

type FieldOf = (key: string) => Field

function Limits({ choices, signs, field }: Pick<MandateFormProps, 'choices' | 'signs'> & { field: FieldOf }) {
  return (
    <>
      <Limit
        which={field('vendorsWhich')}
        chosen={field('vendors')}
        label={m.mandates_field_vendors()}
        all={m.mandates_all_vendors()}
        some={m.mandates_some_vendors()}
        options={choices.vendors}
      />
      <Limit
        which={field('measuresWhich')}
        chosen={field('measures')}
        label={m.mandates_field_measures()}
        all={m.mandates_all_measures()}
        some={m.mandates_some_measures()}
        options={measures.map((measure) => ({ id: measure, name: measureWords[measure]() }))}
      />
      {choices.catalogues.length === 0 && !signs && <p className="cap">{m.mandates_catalogues_by_member()}</p>}
      {choices.catalogues.length > 0 && (
        <Limit
          which={field('cataloguesWhich')}
          chosen={field('catalogues')}
          label={m.mandates_field_catalogues()}
          all={m.mandates_all_catalogues()}
          some={m.mandates_some_catalogues()}
          options={choices.catalogues}
        />
      )}
    </>
  )
}

function Days({ field }: { field: FieldOf }) {
  return (
    <>
      <CheckField
        field={field('approvalRequired')}
        label={m.mandates_approval_label()}
        help={m.mandates_approval_help()}
      />
      <InputField field={field('startsOn')} label={m.mandates_field_starts()} type="date" look="short" />
      <InputField
        field={field('endsOn')}
        label={m.mandates_field_ends()}
        help={m.mandates_ends_help()}
        type="date"
        look="short"
        optional
      />
    </>
  )
}
