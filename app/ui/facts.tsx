import { Fragment, type ReactNode } from 'react'

/** A name and what is known; `null` leaves the row out. */
export type Fact = readonly [name: string, value: ReactNode]

/** Names and values: beside each other, or `wide`, under each other for an aside. */
export function Facts({ facts, wide = false }: { facts: readonly (Fact | null)[]; wide?: boolean }) {
  return (
    <dl className={wide ? 'facts wide' : 'facts'}>
      {facts.map(
        (fact) =>
          fact !== null && (
            <Fragment key={fact[0]}>
              <dt>{fact[0]}</dt>
              <dd>{fact[1]}</dd>
            </Fragment>
          ),
      )}
    </dl>
  )
}
