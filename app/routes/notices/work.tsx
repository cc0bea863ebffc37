import { z } from 'zod'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { findNotice } from '#app/notices/find-notice.server.ts'
import { findWorkAnswers } from '#app/notices/find-work-answers.server.ts'
import { listCrumb } from '#app/notices/list-crumb.ts'
import { namesOf } from '#app/notices/notice-view.ts'
import { parseReference } from '#app/notices/reference.ts'
import { WorkAnswersView } from '#app/notices/work-answers.tsx'
import { withPerson } from '#app/platform/db.server.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/work.ts'

export const meta: Route.MetaFunction = ({ loaderData, params }) =>
  pageTitle(`${m.records_work_title({ title: loaderData?.work.title ?? '' })}: ${params.reference}`)

const anyPart = { view: undefined, cursor: null, earlier: undefined } as const

export async function loader({ context, params }: Route.LoaderArgs) {
  const member = requireMember(context, ['rights_holder', 'vendor', 'association'])
  const reference = parseReference(params.reference)?.reference
  const workId = z.uuid().safeParse(params.workId)
  const page =
    reference === undefined || !workId.success ? null : await findNotice({ member, reference, query: anyPart })
  const found =
    page === null || !workId.success
      ? null
      : await withPerson(member.personId, (tx) => findWorkAnswers(tx, { notice: page.notice, workId: workId.data }))
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (page === null || found === null) throw new Response(null, { status: 404 })
  return {
    ...found,
    reference: page.notice.reference,
    kind: member.organisation.kind,
    measures: page.notice.measures.map(({ measure }) => measure),
    names: namesOf(page.notice, member.locale),
    timeZone: member.timeZone,
  }
}

/** One work of a notice: what was answered for it, now and before. */
export default function WorkRoute({ loaderData }: Route.ComponentProps) {
  const { work, reference, kind, ...shown } = loaderData
  return (
    <>
      <PageHead
        title={m.records_work_title({ title: work.title })}
        crumbs={[
          listCrumb(kind),
          { label: <span className="ref">{reference}</span>, href: `/notices/${reference}` },
          { label: work.externalId },
        ]}
      >
        {m.records_work_lead()}
      </PageHead>
      <WorkAnswersView {...shown} />
    </>
  )
}
