import { Fragment, type ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'

/** A step of the way to this page; the last one, without an address, is the page itself. */
export interface Crumb {
  readonly label: ReactNode
  readonly href?: string
}

interface PageHeadProps {
  readonly title: ReactNode
  /** A line under the title: what this is. */
  readonly children?: ReactNode
  readonly crumbs?: readonly Crumb[]
  /** Buttons at the end. */
  readonly acts?: ReactNode
  readonly tight?: boolean
}

const none: readonly Crumb[] = []

/** The way here, the title, what this is, and its acts. */
export function PageHead({ title, children, crumbs = none, acts, tight = false }: PageHeadProps) {
  return (
    <>
      {crumbs.length > 0 && <Crumbs crumbs={crumbs} />}
      <div className={tight ? 'head tight' : 'head'}>
        <div>
          <h1>{title}</h1>
          {children !== undefined && <p>{children}</p>}
        </div>
        {acts !== undefined && acts !== false && <div className="bs">{acts}</div>}
      </div>
    </>
  )
}

function Crumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav className="crumbs" aria-label={m.ui_crumbs()}>
      {crumbs.map(({ label, href }, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- the order is what they are
        <Fragment key={place}>
          {place > 0 && ' / '}
          {href === undefined ? <span aria-current="page">{label}</span> : <a href={href}>{label}</a>}
        </Fragment>
      ))}
    </nav>
  )
}
