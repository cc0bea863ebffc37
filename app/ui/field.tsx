import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import type { FieldFacts } from './field-facts.ts'

/** What every field may say about itself. */
export interface FieldWords {
  readonly label: ReactNode
  readonly help?: ReactNode
  /** Marks the field as one that may stay empty; the others are not marked. */
  readonly optional?: boolean
}

/** The attributes that tie a control to its label, help and error. */
export function controlProps(field: FieldFacts, help: ReactNode) {
  const hasError = (field.errors?.length ?? 0) > 0
  const described = [help === undefined ? '' : helpId(field), hasError ? errorId(field) : ''].filter(Boolean).join(' ')
  return {
    id: field.id,
    name: field.name,
    required: field.required,
    'aria-invalid': hasError ? true : undefined,
    'aria-describedby': described === '' ? undefined : described,
  }
}

/** The text of a field that has one. */
export function textOf(field: FieldFacts): string | undefined {
  const value = field.initialValue
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

/** A label above, the control, its help, its error. For controls that the parts of fields.tsx do not cover. */
export function Field({
  field,
  label,
  help,
  optional = false,
  look,
  children,
}: FieldWords & { field: FieldFacts; look?: string; children: ReactNode }) {
  return (
    <div className={look === undefined ? 'f' : `f ${look}`}>
      <label htmlFor={field.id}>
        {label}
        {optional && <Optional />}
      </label>
      {children}
      <Aids field={field} help={help} />
    </div>
  )
}

/** The help and the errors of a field, under its control. */
export function Aids({ field, help }: { field: FieldFacts; help: ReactNode }) {
  return (
    <>
      {help !== undefined && (
        <span className="cap" id={helpId(field)}>
          {help}
        </span>
      )}
      {(field.errors?.length ?? 0) > 0 && (
        <span className="err" id={errorId(field)}>
          {field.errors?.join(' ')}
        </span>
      )}
    </>
  )
}

/** The mark of a field that may stay empty. */
export function Optional() {
  return <span className="opt"> {m.ui_optional()}</span>
}

function helpId(field: FieldFacts): string {
  return `${field.id}-description`
}

function errorId(field: FieldFacts): string {
  return `${field.id}-error`
}
