import { data, redirect } from 'react-router'
import { mayDo } from '#app/accounts/roles.ts'
import { m } from '#app/generated/messages/messages.js'
import { fitsSheet } from '#app/notices/matrix-sheet.server.ts'
import { SheetStart } from '#app/notices/sheet-start-page.tsx'
import { uploadFault } from '#app/notices/sheet-upload-words.ts'
import { takeSheet } from '#app/notices/take-sheet.server.ts'
import { stageWords } from '#app/notices/wording.ts'
import { readUpload } from '#app/platform/upload.server.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/answer-file.ts'
import { requireAnswered } from './sheet-door.server.ts'

export const meta: Route.MetaFunction = ({ params }) => pageTitle(`${m.sheets_title()}: ${params.reference}`)

export async function loader({ context, params }: Route.LoaderArgs) {
  const { member, page, mayAnswer } = await requireAnswered(context, params.reference)
  const { notice } = page
  const isAllowed = mayDo(member.organisation.role, 'answer-notices')
  return {
    notice: { reference: notice.reference, works: notice.works, measures: notice.measures.length, stage: notice.stage },
    fits: fitsSheet(notice),
    closed: mayAnswer ? null : isAllowed ? ('stage' as const) : ('role' as const),
  }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const { member, page, mayAnswer } = await requireAnswered(context, params.reference)
  if (!mayAnswer) return data({ error: m.sheets_refused() }, 409)
  const upload = await readUpload(request, 'file')
  if (upload === undefined) return data({ error: m.sheets_upload_none() }, 400)
  const { notice } = page
  const taken = await takeSheet({ sender: { by: 'member', member }, notice, locale: member.locale, ...upload })
  if (taken.taken) return redirect(`/notices/${notice.reference}/answer/file/${taken.sheetId}`, 303)
  return data({ error: uploadFault(taken) }, taken.because === 'too-large' ? 413 : 400)
}

/** Where a vendor takes the answers of a notice as a file, and sends them back. */
export default function AnswerFile({ loaderData, actionData }: Route.ComponentProps) {
  const { notice, fits, closed } = loaderData
  const { reference, works, measures, stage } = notice
  return (
    <>
      <PageHead
        title={m.sheets_title()}
        crumbs={[
          { label: m.ui_nav_inbox(), href: '/inbox' },
          { label: <span className="ref">{reference}</span>, href: `/notices/${reference}` },
          { label: m.vendors_answer_title(), href: `/notices/${reference}/answer` },
          { label: m.sheets_crumb() },
        ]}
      >
        {m.sheets_lead()}
      </PageHead>
      {closed === null ? (
        <SheetStart
          works={works}
          measures={measures}
          fits={fits}
          files={`/notices/${reference}`}
          faults={actionData === undefined ? [] : [actionData.error]}
        />
      ) : (
        <Note tone="info">
          <p>{closed === 'role' ? m.vendors_answer_role() : m.vendors_answer_closed({ stage: stageWords[stage]() })}</p>
        </Note>
      )}
    </>
  )
}
