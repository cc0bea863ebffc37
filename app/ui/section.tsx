import type { ReactNode } from 'react'

interface SectionProps {
  /** Also the anchor of the section. */
  readonly id: string
  readonly title: ReactNode
  /** A count or a link at the end of the heading's line. */
  readonly aside?: ReactNode
  /** The heading is for those who listen only. */
  readonly quiet?: boolean
  readonly children: ReactNode
}

/** A part of a page under its heading. */
export function Section({ id, title, aside, quiet = false, children }: SectionProps) {
  const heading = (
    <h2 id={id} className={quiet ? 'sr' : undefined}>
      {title}
    </h2>
  )
  return (
    <section aria-labelledby={id}>
      {aside === undefined ? (
        heading
      ) : (
        <header>
          {heading}
          {typeof aside === 'string' ? <span className="cap">{aside}</span> : aside}
        </header>
      )}
      {children}
    </section>
  )
}
