import { Fragment } from 'react'
import { m } from '#app/generated/messages/messages.js'
import type { State } from '#app/notices/bulk/table-query.ts'
import { formatNumber } from '#app/ui/format.ts'
import type { Arranged } from './arranged-coverage.ts'
import { decidedOf, troubledOf, type Figures } from './coverage.ts'
import { coverageAddress, noticesOfCell, type CoverageQuery } from './coverage-query.ts'
import type { JointTotals } from './find-joint-works.server.ts'

interface Totalled {
  readonly arranged: Arranged
  readonly query: CoverageQuery
  readonly members: number
  readonly works: JointTotals | null
}

/** The sums of all that the filter lets through. */
export function CoverageTotals({ arranged, query, members, works }: Totalled) {
  const { total, vendors, unfiled, unmandated } = arranged
  const troubled = troubledOf(total)
  return (
    <dl className="totals">
      <WorksTotal works={works} />
      <div>
        <dt>{m.matrix_total_notices()}</dt>
        <dd>
          <a href={noticesOfCell(query, {})}>{formatNumber(total.notices)}</a>
          <small className="cap">
            {m.matrix_total_sizes({ members: formatNumber(members), vendors: formatNumber(vendors.length) })}
          </small>
        </dd>
      </div>
      <div>
        <dt>{m.matrix_total_trouble()}</dt>
        <dd className={troubled > 0 ? 'late' : undefined}>
          <a href={noticesOfCell(query, { state: 'in_trouble' })}>{formatNumber(troubled)}</a>
          <small className="cap">
            <a href={noticesOfCell(query, { state: 'overdue' })}>
              {m.matrix_total_overdue({ count: formatNumber(total.late) })}
            </a>
            {m.vendors_list_comma()}
            <a href={noticesOfCell(query, { state: 'undeliverable' })}>
              {m.matrix_total_bounced({ count: formatNumber(total.undeliverable) })}
            </a>
          </small>
        </dd>
      </div>
      <div>
        <dt>{m.matrix_total_decided()}</dt>
        <dd>
          <a href={noticesOfCell(query, { state: 'decided' })}>{formatNumber(decidedOf(total))}</a>
          <small className="cap">
            {outcomes(total).map(([state, words], place) => (
              <Fragment key={state}>
                {place > 0 && m.vendors_list_comma()}
                <a href={noticesOfCell(query, { state })}>{words}</a>
              </Fragment>
            ))}
          </small>
        </dd>
      </div>
      <div>
        <dt>{m.matrix_total_pairs()}</dt>
        <dd>
          <a href={coverageAddress({ ...query, show: 'unfiled' })}>{formatNumber(unfiled)}</a>
          <small className="cap">{m.matrix_total_no_mandate({ count: formatNumber(unmandated) })}</small>
        </dd>
      </div>
    </dl>
  )
}

function outcomes({ allAgreed, partlyAgreed, noneAgreed }: Figures) {
  return [
    ['all_agreed', m.matrix_total_all({ count: formatNumber(allAgreed) })],
    ['partly_agreed', m.matrix_total_partial({ count: formatNumber(partlyAgreed) })],
    ['none_agreed', m.matrix_total_none({ count: formatNumber(noneAgreed) })],
  ] as const satisfies readonly (readonly [State, string])[]
}

function WorksTotal({ works }: { works: JointTotals | null }) {
  if (works === null) {
    return (
      <div>
        <dt>{m.matrix_total_works()}</dt>
        <dd>
          {m.matrix_total_works_counting()}
          <small className="cap">{m.matrix_total_works_counting_why()}</small>
        </dd>
      </div>
    )
  }
  const { claims, jointWorks } = works
  return (
    <div>
      <dt>{m.matrix_total_works()}</dt>
      <dd>
        {formatNumber(works.works)}
        <small className="cap">
          <a href="/association/joint-claims">
            {m.matrix_total_claims({ claims: formatNumber(claims), joint: formatNumber(jointWorks) })}
          </a>
        </small>
      </dd>
    </div>
  )
}
