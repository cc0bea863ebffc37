import { data, redirect } from 'react-router'
import { m } from '#app/generated/messages/messages.js'
import { askToRecord } from '#app/notices/record-sheet.server.ts'
import { SheetPageView } from '#app/notices/sheet-page.tsx'
import { explainUntaken } from '#app/notices/step-wording.ts'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Name } from '#app/ui/title.tsx'
import type { Route } from './+types/answer-sheet.ts'
import { requireSheet } from './sheet-door.server.ts'

export const meta: Route.MetaFunction = ({ params }) => pageTitle(`${m.sheets_title()}: ${params.reference}`)

export async function loader({ context, params }: Route.LoaderArgs) {
  const { member, page, holder, found } = await requireSheet(context, params)
  const { reference, decidedAt } = page.notice
  const again = `/notices/${reference}/answer/file`
  const path = `${again}/${found.sheet.id}`
  const { timeZone } = member.organisation
  return { reference, view: { ...found, holder, timeZone, decided: decidedAt !== null, path, again } }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const { member, page, found } = await requireSheet(context, params)
  const form = await request.formData()
  if (form.get('intent') !== 'record') throw data(null, { status: 400 })
  const overwrite = form.get('newer') === 'overwrite'
  const recorded = await askToRecord({ sender: { by: 'member', member }, sheetId: found.sheet.id, overwrite })
  if (recorded.came === 'refused')
    return data({ error: explainUntaken('outcomes.recorded', recorded.refusal, member.timeZone) }, 409)
  return redirect(`/notices/${page.notice.reference}/answer/file/${found.sheet.id}`, 303)
}

/** One file of answers of a vendor: progress, what it would record, what it did. */
export default function Sheet({ loaderData: { view, reference }, actionData }: Route.ComponentProps) {
  const { fileName, rowsTotal } = view.sheet
  const n = rowsTotal ?? 0
  return (
    <>
      <PageHead
        title={m.sheets_title()}
        crumbs={[
          { label: m.ui_nav_inbox(), href: '/inbox' },
          { label: <span className="ref">{reference}</span>, href: `/notices/${reference}` },
          { label: m.vendors_answer_title(), href: `/notices/${reference}/answer` },
          { label: m.sheets_crumb(), href: view.again },
        ]}
      >
        {rowsTotal === null ? <Name>{fileName}</Name> : m.sheets_facts({ file: fileName, n, count: formatNumber(n) })}
      </PageHead>
      {actionData !== undefined && <ErrorSummary faults={[{ text: actionData.error }]} />}
      <SheetPageView view={view} />
    </>
  )
}
