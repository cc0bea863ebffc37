import type { ReactNode } from 'react'

/** More, on demand. Those of one `group` close each other. */
export function Details({
  summary,
  open = false,
  group,
  children,
}: {
  summary: ReactNode
  open?: boolean
  group?: string
  children: ReactNode
}) {
  return (
    <details open={open} name={group}>
      <summary>{summary}</summary>
      {children}
    </details>
  )
}
