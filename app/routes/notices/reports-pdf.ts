import { requireMember } from '#app/accounts/viewer.server.ts'
import { getLocale } from '#app/generated/messages/runtime.js'
import { findReport } from '#app/notices/report/find-report.server.ts'
import { readReportQuery } from '#app/notices/report/report.ts'
import { reportPdf } from '#app/notices/report/report-pdf.ts'
import { withLocale } from '#app/platform/locale.server.ts'
import { dayOf } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import type { Route } from './+types/reports-pdf.ts'
import { answerPdf, languageAsked } from './pdf-answer.server.ts'

/** A report as PDF in either language, under the same filter as the page. */
export async function loader({ context, request }: Route.LoaderArgs): Promise<Response> {
  const member = requireMember(context, ['association', 'rights_holder'])
  const query = readReportQuery(request.url)
  const report = await findReport(member, query)
  const locale = languageAsked(request) ?? (getLocale() === 'ja' ? 'ja' : 'en')
  const { name, nameOther, slug, timeZone } = member.organisation
  const day = dayOf(report.at, timeZone)
  const given = withLocale(locale, () =>
    reportPdf({ report, query, name: nameIn(locale, name, nameOther), day, locale }),
  )
  return answerPdf(given, `${slug}-report-${day}`)
}
