import { requireMember } from '#app/accounts/viewer.server.ts'
import { arrange } from '#app/associations/arranged-coverage.ts'
import { CoverageFilterRow, CoverageLegend } from '#app/associations/coverage-parts.tsx'
import { coverageAddress, isNarrowed, readCoverageQuery } from '#app/associations/coverage-query.ts'
import { CoverageTable } from '#app/associations/coverage-table.tsx'
import { CoverageTotals } from '#app/associations/coverage-totals.tsx'
import { findCoverage } from '#app/associations/find-coverage.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { latestMonths } from '#app/notices/month-turns.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { cityOf } from '#app/ui/cities.ts'
import { Empty } from '#app/ui/empty.tsx'
import { dayOf, formatDateTime } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/matrix.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.matrix_title())

// Further back than this nothing is filtered by month.
const monthsBack = 36

export async function loader({ context, request }: Route.LoaderArgs) {
  const member = requireMember(context, ['association'])
  const query = readCoverageQuery(request.url)
  return { query, zone: member.organisation.timeZone, coverage: await findCoverage(member, query) }
}

/** Where every member stands with every vendor. */
export default function Matrix({ loaderData: { query, zone, coverage } }: Route.ComponentProps) {
  const arranged = arrange(coverage, query)
  const isEmpty = coverage.pairs.length === 0 && !isNarrowed(query)
  return (
    <>
      <PageHead
        title={m.matrix_title()}
        acts={
          !isEmpty && <LinkButton href={coverageAddress(query, '/association/matrix.csv')}>{m.matrix_csv()}</LinkButton>
        }
      >
        {m.matrix_lead()}
      </PageHead>
      {isEmpty ? (
        <Empty
          act={
            coverage.members.length === 0 && <LinkButton href="/association/mandates">{m.mandates_title()}</LinkButton>
          }
        >
          {coverage.members.length === 0 ? m.matrix_empty() : m.matrix_empty_notices()}
        </Empty>
      ) : (
        <>
          <CoverageTotals arranged={arranged} query={query} members={coverage.members.length} works={coverage.works} />
          <CoverageFilterRow query={query} months={latestMonths(dayOf(coverage.at, zone), monthsBack)} />
          {arranged.rows.length === 0 || arranged.vendors.length === 0 ? (
            <Empty
              act={
                <LinkButton href={coverageAddress({ count: query.count })}>{m.matrix_empty_filter_act()}</LinkButton>
              }
            >
              {m.matrix_empty_filter()}
            </Empty>
          ) : (
            <>
              <CoverageLegend arranged={arranged} />
              <CoverageTable arranged={arranged} query={query} />
            </>
          )}
          <p className="cap">{m.matrix_explained()}</p>
          <p className="cap">
            {m.matrix_computed({
              time: formatDateTime(coverage.at, zone),
              city: cityOf(zone, getLocale() === 'ja' ? 'ja' : 'en'),
            })}
          </p>
        </>
      )}
    </>
  )
}
