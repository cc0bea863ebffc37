import { requireMember } from '#app/accounts/viewer.server.ts'
import { arrange } from '#app/associations/arranged-coverage.ts'
import { coverageCsv } from '#app/associations/coverage-csv.ts'
import { readCoverageQuery } from '#app/associations/coverage-query.ts'
import { findCoverage } from '#app/associations/find-coverage.server.ts'
import { getLocale } from '#app/generated/messages/runtime.js'
import type { Route } from './+types/matrix-csv.ts'

/** The matrix as CSV, one line a cell, under the same filter as the page. */
export async function loader({ context, request }: Route.LoaderArgs): Promise<Response> {
  const member = requireMember(context, ['association'])
  const query = readCoverageQuery(request.url)
  const arranged = arrange(await findCoverage(member, query), query)
  return new Response(coverageCsv(arranged, getLocale() === 'ja' ? 'ja' : 'en'), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="members-and-vendors.csv"',
    },
  })
}
