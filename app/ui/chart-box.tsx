import type { ReactNode } from 'react'

/** Where a chart stands: on a narrow screen it keeps its size, and moves within its box. */
export function ChartBox({ title, children }: { title: string; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard
    <figure className="chart-box" tabIndex={0} aria-label={title}>
      {children}
    </figure>
  )
}
