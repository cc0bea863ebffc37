import { parseWithZod } from '@conform-to/zod/v4'
import { data, redirect } from 'react-router'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { actOnNotice } from '#app/notices/act-on-notice.server.ts'
import { findNotice } from '#app/notices/find-notice.server.ts'
import { NoticeDocument } from '#app/notices/notice-document.tsx'
import { readNoticeQuery } from '#app/notices/notice-query.ts'
import { dayCounts, namesOf, openSteps, type NoticeView } from '#app/notices/notice-view.ts'
import { doneWords, isDoneAct, pageActForm, type DoneAct } from '#app/notices/page-acts.ts'
import { calendarOfPlace } from '#app/notices/place-calendar.server.ts'
import { parseReference } from '#app/notices/reference.ts'
import { explainUntaken } from '#app/notices/step-wording.ts'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/notice.ts'

export const meta: Route.MetaFunction = ({ loaderData }) => {
  if (!loaderData) return pageTitle(m.notices_list_title())
  const { notice, names, side } = loaderData.view
  return pageTitle(`${notice.reference} ${side === 'holder' ? names.vendor : names.holder}`)
}

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const member = requireMember(context, ['rights_holder', 'vendor', 'association'])
  const done = new URL(request.url).searchParams.get('done')
  return { view: await viewOf(member, params.reference, request.url), done: isDoneAct(done) ? done : null }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const member = requireMember(context, ['rights_holder', 'vendor', 'association'])
  const reference = normal(params.reference)
  const form = await request.formData()
  const submission = parseWithZod(form, { schema: pageActForm })
  if (submission.status !== 'success') {
    const errors = submission.error?.['reference'] ?? []
    if (errors.length === 0) throw data(null, { status: 400 })
    return data({ said: null, again: { value: textIn(form.get('reference')), errors } }, { status: 400 })
  }
  const act = submission.value
  const result = await actOnNotice({ member, reference, act })
  if (result === null || (!result.done && result.untaken.because === 'unknown')) throw notFound()
  if (result.done) return redirect(`/notices/${reference}?done=${act.act}`, 303)
  return data({ said: explainUntaken(act.act, result.untaken, member.timeZone), again: null }, { status: 409 })
}

/** One notice, for both of its sides: what it is, where it stands, what to do, what happened. */
export default function Notice({ loaderData: { view, done }, actionData }: Route.ComponentProps) {
  return (
    <NoticeDocument
      view={view}
      refused={actionData?.said ?? null}
      done={done === null ? null : wordsOf(done)}
      again={actionData?.again ?? null}
    />
  )
}

async function viewOf(member: Member, typed: string, url: string): Promise<NoticeView> {
  const { personId, timeZone, locale } = member
  const page = await findNotice({ member, reference: normal(typed), query: readNoticeQuery(url) })
  if (page === null) throw notFound()
  const { notice, side, at } = page
  const asker =
    side === 'holder'
      ? ({ party: 'holder', role: page.role, submitter: notice.filing.submittedBy === personId } as const)
      : ({ party: 'vendor', role: page.role } as const)
  const counts = dayCounts(notice, at, (clock) => calendarOfPlace({ ...clock, region: clock.region ?? null }))
  return { ...page, ...counts, timeZone, names: namesOf(notice, locale), open: openSteps(page, asker) }
}

function normal(typed: string): string {
  const parsed = parseReference(typed)
  if (!parsed) throw notFound()
  return parsed.reference
}

function textIn(value: FormDataEntryValue | null): string {
  return typeof value === 'string' ? value : ''
}

function notFound(): Response {
  return new Response(null, { status: 404 })
}

function wordsOf(done: DoneAct): string {
  return doneWords[done]()
}
