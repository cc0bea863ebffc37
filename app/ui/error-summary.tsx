import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from './format.ts'
import { Icon } from './icon.tsx'

/** An error and the id of the control that it is about; none for what concerns the form as a whole. */
export interface Fault {
  readonly text: string
  readonly id?: string
}

/** What conform knows of a form: the errors of the whole and of each field by name. */
interface FormFaults {
  readonly id: string
  readonly errors?: readonly string[] | undefined
  readonly allErrors: Readonly<Record<string, readonly string[] | undefined>>
}

/** The errors of a conform form, each with the id that conform gave its control. */
export function faultsOf(form: FormFaults): Fault[] {
  return Object.entries(form.allErrors).flatMap(([name, texts]) =>
    (texts ?? []).map((text) => (name === '' ? { text } : { text, id: `${form.id}-${name}` })),
  )
}

/** Above a form that came back: every error, each a link to its field. It takes the focus. Nothing without errors. */
export function ErrorSummary({ faults }: { faults: readonly Fault[] }) {
  if (faults.length === 0) return null
  return (
    // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page came back only because of these errors
    <div className="note late" role="alert" tabIndex={-1} autoFocus>
      <Icon name="w-overdue" />
      <div>
        <p>
          <b>{m.ui_errors({ count: formatNumber(faults.length) })}</b>
        </p>
        <ul>
          {faults.map(({ text, id }) => (
            <li key={`${id ?? ''} ${text}`}>{id === undefined ? text : <a href={`#${id}`}>{text}</a>}</li>
          ))}
        </ul>
      </div>
    </div>
  )
}
