import type { ReactNode } from 'react'

interface SectionProps {
  /** Also the anchor of the section. */
  readonly id: string
  readonly title: ReactNode
  /** A count or a link at the end of the heading's line. */
  readonly aside?: ReactNode
  /** The heading is for those who listen only. */
  readonly quiet?: boolean
  /** 3 where it is a part of another section. */
  readonly level?: 2 | 3
  readonly children: ReactNode
}

/** A part of a page under its heading. */
export function Section({ id, title, aside, quiet = false, level = 2, children }: SectionProps) {
  const Heading = level === 3 ? 'h3' : 'h2'
  const heading = (
    <Heading id={id} className={quiet ? 'sr' : undefined}>
      {title}
    </Heading>
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
