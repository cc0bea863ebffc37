import type { ReactNode } from 'react'
import { Details } from './details.tsx'
import { formatNumber } from './format.ts'

// More than these are folded away: what is to be added should be in sight.
const mostUnfolded = 10

interface ChosenSectionProps {
  readonly id: string
  readonly title: string
  /** How many are chosen; of none there is no section. */
  readonly count: number
  /** What opens them where they are folded. */
  readonly unfold: string
  readonly children: ReactNode
}

/** What is chosen so far, above what can be added. */
export function ChosenSection({ id, title, count, unfold, children }: ChosenSectionProps) {
  if (count === 0) return null
  return (
    <section aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <span className="cap">{formatNumber(count)}</span>
      </header>
      {count > mostUnfolded ? <Details summary={unfold}>{children}</Details> : children}
    </section>
  )
}
