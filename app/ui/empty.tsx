import type { ReactNode } from 'react'

/** Nothing to show: says what belongs here or which filter hides it, and the one act. */
export function Empty({ children, act }: { children: ReactNode; act?: ReactNode }) {
  return (
    <div className="empty">
      <p>{children}</p>
      {act}
    </div>
  )
}
