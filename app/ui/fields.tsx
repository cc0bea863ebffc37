import { Field, controlProps, textOf, type FieldWords } from './field.tsx'
import type { FieldFacts } from './field-facts.ts'

/** A value to choose and its words. */
export interface Option {
  readonly value: string
  readonly label: string
}

interface InputProps extends FieldWords {
  readonly field: FieldFacts
  readonly type?: 'text' | 'email' | 'password' | 'search' | 'tel' | 'url' | 'number' | 'date' | 'datetime-local'
  readonly autoComplete?: string
  readonly placeholder?: string
  readonly inputMode?: 'text' | 'email' | 'numeric' | 'url' | 'search'
  readonly min?: string
  readonly max?: string
  readonly maxLength?: number
  readonly spellCheck?: boolean
  /** `short` for dates and codes, `grow` in a row of filters. */
  readonly look?: 'short' | 'grow'
}

/** One line of text, an address, a day. A password never comes back into the page. */
export function InputField({ field, label, help, optional, look, type = 'text', ...rest }: InputProps) {
  return (
    <Field field={field} label={label} help={help} {...(optional === true && { optional })} {...(look && { look })}>
      <input
        {...controlProps(field, help)}
        type={type}
        defaultValue={type === 'password' ? undefined : textOf(field)}
        {...rest}
      />
    </Field>
  )
}

/** Text of several lines. */
export function TextField({
  field,
  label,
  help,
  optional,
  rows = 4,
  ...rest
}: FieldWords & { field: FieldFacts; rows?: number; maxLength?: number; placeholder?: string }) {
  return (
    <Field field={field} label={label} help={help} {...(optional === true && { optional })}>
      <textarea {...controlProps(field, help)} rows={rows} defaultValue={textOf(field)} {...rest} />
    </Field>
  )
}

/** One of a closed set, as a menu. `empty` is the words of no choice. */
export function SelectField({
  field,
  label,
  help,
  optional,
  look,
  options,
  empty,
}: FieldWords & { field: FieldFacts; options: readonly Option[]; empty?: string; look?: 'short' | 'grow' }) {
  return (
    <Field field={field} label={label} help={help} {...(optional === true && { optional })} {...(look && { look })}>
      <select {...controlProps(field, help)} defaultValue={textOf(field) ?? ''}>
        {empty !== undefined && <option value="">{empty}</option>}
        {options.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </Field>
  )
}

/** A file to send. The form needs `encType="multipart/form-data"`. */
export function FileField({
  field,
  label,
  help,
  optional,
  accept,
  multiple,
}: FieldWords & { field: FieldFacts; accept?: string; multiple?: boolean }) {
  return (
    <Field field={field} label={label} help={help} {...(optional === true && { optional })}>
      <input {...controlProps(field, help)} type="file" accept={accept} multiple={multiple} />
    </Field>
  )
}
