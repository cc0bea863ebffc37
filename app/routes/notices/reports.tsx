import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { latestMonths } from '#app/notices/month-turns.ts'
import { findReport } from '#app/notices/report/find-report.server.ts'
import { readReportQuery, reportAddress } from '#app/notices/report/report.ts'
import { ReportFilter, ReportPart, ReportTotals } from '#app/notices/report/report-page.tsx'
import { sectionsOf } from '#app/notices/report/report-sections.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { cityOf } from '#app/ui/cities.ts'
import { Empty } from '#app/ui/empty.tsx'
import { dayOf, formatDateTime } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/reports.ts'

export const meta = () => pageTitle(m.reports_title())

const monthsBack = 36

export async function loader({ context, request }: Route.LoaderArgs) {
  const { pathname } = new URL(request.url)
  const isAssociation = pathname.startsWith('/association/')
  const member = requireMember(context, [isAssociation ? 'association' : 'rights_holder'])
  const query = readReportQuery(request.url)
  return {
    query,
    isAssociation,
    path: isAssociation ? '/association/reports' : '/reports',
    zone: member.organisation.timeZone,
    report: await findReport(member, query),
  }
}

/** How vendors answer: the notices that mandates cover for an association, its own for a holder. */
export default function Reports({ loaderData: { query, isAssociation, path, zone, report } }: Route.ComponentProps) {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  const narrowed = reportAddress(query, path) !== path
  const other = `${reportAddress(query, `${path}.pdf`)}${narrowed ? '&' : '?'}language=${locale === 'ja' ? 'en' : 'ja'}`
  return (
    <>
      <PageHead
        title={m.reports_title()}
        acts={
          report.vendors.length > 0 && (
            <>
              <LinkButton href={reportAddress(query, `${path}.csv`)}>{m.reports_csv()}</LinkButton>
              <LinkButton href={other}>{m.reports_pdf_other()}</LinkButton>
              <LinkButton href={reportAddress(query, `${path}.pdf`)}>{m.reports_pdf()}</LinkButton>
            </>
          )
        }
      >
        {isAssociation ? m.reports_lead_association() : m.reports_lead_holder()}
      </PageHead>
      {(report.vendors.length > 0 || narrowed) && (
        <ReportFilter query={query} months={latestMonths(dayOf(report.at, zone), monthsBack)} path={path} />
      )}
      {report.vendors.length === 0 ? (
        <Empty act={narrowed && <LinkButton href={path}>{m.reports_empty_act()}</LinkButton>}>
          {narrowed ? m.reports_empty_filter() : m.reports_empty()}
        </Empty>
      ) : (
        <>
          <ReportTotals report={report} />
          {sectionsOf(report, locale).map((section) => (
            <ReportPart key={section.id} section={section} report={report} />
          ))}
          <p className="cap">
            {m.reports_computed({ time: formatDateTime(report.at, zone), city: cityOf(zone, locale) })}
          </p>
        </>
      )}
    </>
  )
}
