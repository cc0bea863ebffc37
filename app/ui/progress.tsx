import type { ReactNode } from 'react'

interface ProgressProps {
  readonly value: number
  readonly max: number
  /** Says what is in progress, for those who do not see the bar. */
  readonly label: string
  /** The numbers and what happens next, under the bar. */
  readonly children?: ReactNode
  /** Where the state can be read as JSON `{ value, max, text, done }`; the script asks there and reloads when it is done. */
  readonly href?: string
}

/** How far a long job is. Without script, the page shows the state at its loading. */
export function Progress({ value, max, label, children, href }: ProgressProps) {
  return (
    <div data-progress={href}>
      <progress value={value} max={max} aria-label={label} />
      {children !== undefined && (
        <p className="cap" data-progress-text>
          {children}
        </p>
      )}
    </div>
  )
}
