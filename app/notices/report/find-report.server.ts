import type { Member } from '#app/accounts/viewer.server.ts'
import { monthTurns } from '#app/notices/month-turns.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import type { Report, ReportQuery } from './report.ts'

/** The report of an organisation: about its own notices, or about all that its mandates cover. */
export async function findReport(member: Member, query: ReportQuery): Promise<Report & { readonly at: Date }> {
  const at = now()
  const { id, timeZone } = member.organisation
  const { from, before } = monthTurns(query, timeZone)
  return withPerson(member.personId, async (tx) => {
    const [row] = await tx.$queryRaw<[{ report: Report }]>`
      select notices_report(${id}::uuid, ${query.kind ?? null}::text, ${from}::timestamptz, ${before}::timestamptz, ${timeZone}::text, ${at}::timestamptz) as report`
    return { ...row.report, at }
  })
}
