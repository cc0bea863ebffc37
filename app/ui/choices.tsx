import type { ReactNode } from 'react'
import { Aids, Optional, controlProps, type FieldWords } from './field.tsx'
import type { FieldFacts } from './field-facts.ts'

/** One way to choose, with a sentence under it. */
export interface Choice {
  readonly value: string
  readonly label: ReactNode
  readonly help?: ReactNode
  readonly disabled?: boolean
  /** More to fill in for this choice. */
  readonly more?: ReactNode
}

interface ChoicesProps extends FieldWords {
  readonly field: FieldFacts
  readonly choices: readonly Choice[]
  /** `row` beside each other, `list` with a sentence under each, `columns` a long list. */
  readonly look?: 'row' | 'list' | 'columns'
  /** The legend is a heading of the page. */
  readonly heading?: boolean
}

/** One of few: radio buttons. */
export function RadioField(props: ChoicesProps) {
  return (
    <Choices
      {...props}
      type="radio"
      chosen={typeof props.field.initialValue === 'string' ? [props.field.initialValue] : []}
    />
  )
}

/** Any of several: boxes to tick. */
export function ChecksField(props: ChoicesProps) {
  const value = props.field.initialValue
  const chosen = Array.isArray(value)
    ? value.filter((each) => typeof each === 'string')
    : typeof value === 'string'
      ? [value]
      : []
  return <Choices {...props} type="checkbox" chosen={chosen} />
}

/** One box to tick: a statement, a setting. */
export function CheckField({ field, label, help }: FieldWords & { field: FieldFacts }) {
  const on = field.initialValue === true || field.initialValue === 'on'
  return (
    <div className="f">
      <span className="choice">
        <input {...controlProps(field, help)} type="checkbox" value="on" defaultChecked={on} />
        <label htmlFor={field.id}>{label}</label>
      </span>
      <Aids field={field} help={help} />
    </div>
  )
}

function Choices({
  field,
  label,
  help,
  optional = false,
  choices,
  look = 'list',
  heading = false,
  type,
  chosen,
}: ChoicesProps & { type: 'radio' | 'checkbox'; chosen: readonly string[] }) {
  const { id, name, required, ...described } = controlProps(field, help)
  const Words = heading ? 'h2' : 'span'
  // A required attribute on a box would demand this very box.
  const must = type === 'radio' ? required : undefined
  return (
    <fieldset
      className="f"
      id={id}
      aria-describedby={described['aria-describedby']}
      aria-invalid={described['aria-invalid']}
    >
      <legend>
        <Words>
          {label}
          {optional && <Optional />}
        </Words>
      </legend>
      {look === 'row' ? (
        <span className="bs">
          {choices.map((choice) => (
            <label className="choice" key={choice.value}>
              <input
                type={type}
                name={name}
                value={choice.value}
                required={must}
                disabled={choice.disabled}
                defaultChecked={chosen.includes(choice.value)}
              />
              {choice.label}
            </label>
          ))}
        </span>
      ) : (
        <ul className={look === 'columns' ? 'pick cols' : 'pick'}>
          {choices.map((choice) => (
            <ChoiceRow key={choice.value} {...{ choice, type, name, must, id }} on={chosen.includes(choice.value)} />
          ))}
        </ul>
      )}
      <Aids field={field} help={help} />
    </fieldset>
  )
}

interface ChoiceRowProps {
  readonly choice: Choice
  readonly type: 'radio' | 'checkbox'
  readonly name: string
  readonly must: boolean | undefined
  readonly id: string
  readonly on: boolean
}

function ChoiceRow({ choice, type, name, must, id, on }: ChoiceRowProps) {
  const own = `${id}-${choice.value}`
  const help = choice.help === undefined ? undefined : `${own}-description`
  return (
    <li>
      <input
        type={type}
        id={own}
        name={name}
        value={choice.value}
        required={must}
        disabled={choice.disabled}
        defaultChecked={on}
        aria-describedby={help}
      />
      <label htmlFor={own} className={choice.disabled === true ? 'faint' : undefined}>
        {choice.label}
      </label>
      {choice.help !== undefined && (
        <span className="cap" id={help}>
          {choice.help}
        </span>
      )}
      {choice.more !== undefined && <div className="sub">{choice.more}</div>}
    </li>
  )
}
