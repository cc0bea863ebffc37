import { requireMember } from '#app/accounts/viewer.server.ts'
import { getLocale } from '#app/generated/messages/runtime.js'
import { findReport } from '#app/notices/report/find-report.server.ts'
import { readReportQuery } from '#app/notices/report/report.ts'
import { reportCsv } from '#app/notices/report/report-csv.ts'
import { sectionsOf } from '#app/notices/report/report-sections.ts'
import type { Route } from './+types/reports-csv.ts'

/** The tables of a report as CSV, under the same filter as the page. */
export async function loader({ context, request }: Route.LoaderArgs): Promise<Response> {
  const member = requireMember(context, ['association', 'rights_holder'])
  const report = await findReport(member, readReportQuery(request.url))
  return new Response(reportCsv(sectionsOf(report, getLocale() === 'ja' ? 'ja' : 'en')), {
    headers: { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': 'attachment; filename="report.csv"' },
  })
}
