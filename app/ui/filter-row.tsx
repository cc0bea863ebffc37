import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import type { Option } from './fields.tsx'
import { LinkButton } from './button.tsx'

interface FilterRowProps {
  /** Says what is filtered. */
  readonly label: string
  readonly children: ReactNode
  /** The address of the whole list, when a filter is set. */
  readonly clear?: string | undefined
  /** Kept in the address though not shown, like the order. */
  readonly keep?: Readonly<Record<string, string>>
}

const nothing = {}

/** The filter of a list: a GET form, so that what is shown has an address. */
export function FilterRow({ label, children, clear, keep = nothing }: FilterRowProps) {
  return (
    <form className="filters" aria-label={label} data-filters>
      {Object.entries(keep).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <button type="submit" className="b">
        {m.ui_show()}
      </button>
      {clear !== undefined && (
        <LinkButton look="bare" href={clear}>
          {m.ui_clear()}
        </LinkButton>
      )}
    </form>
  )
}

/** One question of a filter. The first option, without a value, lets everything through. */
export function FilterSelect({
  name,
  label,
  any,
  options,
  value,
}: {
  name: string
  label: string
  any: string
  options: readonly Option[]
  value: string | undefined
}) {
  return (
    <div className="f">
      <label htmlFor={`filter-${name}`}>{label}</label>
      <select id={`filter-${name}`} name={name} defaultValue={value ?? ''}>
        <option value="">{any}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}

/** A day that bounds what is shown. */
export function FilterDay({ name, label, value }: { name: string; label: string; value: string | undefined }) {
  return (
    <div className="f">
      <label htmlFor={`filter-${name}`}>{label}</label>
      <input id={`filter-${name}`} name={name} type="date" defaultValue={value} />
    </div>
  )
}

/** Words to look for. */
export function FilterText({
  name,
  label,
  value,
  placeholder,
}: {
  name: string
  label: string
  value: string | undefined
  placeholder?: string
}) {
  return (
    <div className="f grow">
      <label htmlFor={`filter-${name}`}>{label}</label>
      <input id={`filter-${name}`} name={name} type="search" defaultValue={value} placeholder={placeholder} />
    </div>
  )
}
