import { data, redirect } from 'react-router'
import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { acknowledgeReceived, answerReceived, type ReceivedDone } from '#app/associations/answer-received.server.ts'
import { OneLetter } from '#app/associations/collective-letters.tsx'
import { findReceivedFiling } from '#app/associations/find-received.server.ts'
import { ReceivedAnswerForm } from '#app/associations/received-answer.tsx'
import { ReceivedNotices } from '#app/associations/received-parts.tsx'
import { m } from '#app/generated/messages/messages.js'
import { answerSchema } from '#app/notices/answers.ts'
import { measures } from '#app/notices/measures.ts'
import { explainUntaken } from '#app/notices/step-wording.ts'
import { filingReference, notFound } from '#app/routes/association/filings/door.server.ts'
import { Button } from '#app/ui/button.tsx'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import { Section } from '#app/ui/section.tsx'
import type { Route } from './+types/filing.ts'

export const meta: Route.MetaFunction = ({ params }) => pageTitle(params.reference)

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const member = requireMember(context, ['vendor'])
  const { searchParams } = new URL(request.url)
  const from = z.uuid().safeParse(searchParams.get('after'))
  const reference = filingReference(params)
  const found = await findReceivedFiling(member, { reference, after: from.success ? from.data : null })
  if (found === null) throw notFound()
  const counts = z.object({ done: z.coerce.number().int().min(1), linked: z.coerce.number().int().min(0).catch(0) })
  const done = counts.safeParse(Object.fromEntries(searchParams))
  return {
    found,
    association: nameIn(member.locale, found.association, found.associationOther),
    mayAnswer: mayDo(member.organisation.role, 'answer-notices'),
    done: done.success ? done.data : null,
  }
}

const form = z.object({
  intent: z.enum(['acknowledge', 'acknowledge-all', 'answer', 'answer-all']),
  notice: z.array(z.uuid()).max(5_000),
  measure: z.array(z.enum(measures)).default([]),
  works: z.string().trim().max(200).default(''),
  linked: z.literal('on').optional(),
})

export async function action({ context, params, request }: Route.ActionArgs) {
  const member = requireMember(context, ['vendor'])
  const fields = await request.formData()
  const read = form.safeParse({
    ...Object.fromEntries(fields),
    notice: fields.getAll('notice'),
    measure: fields.getAll('measure'),
  })
  if (!read.success) throw data(null, { status: 400 })
  const { intent, notice, measure, works, linked } = read.data
  const reference = filingReference(params)
  const everything = intent.endsWith('-all')
  const chosen = { reference, everything, noticeIds: notice }
  const again = (said: string, status: number) => data({ said: [said], chosen: notice }, { status })
  if (!everything && notice.length === 0) return again(m.collective_fault_none(), 400)
  if (intent.startsWith('acknowledge'))
    return after(reference, await acknowledgeReceived(member, chosen), member.timeZone)
  const answer = answerSchema.safeParse(typedAnswer(fields))
  if (!answer.success || measure.length === 0) return again(m.collective_fault_answer(), 400)
  const asked = { measures: measure, text: works, answer: answer.data, linked: linked === 'on' }
  const done = await answerReceived(member, chosen, asked)
  if ('faults' in done) return again(m.collective_fault_answer(), 400)
  return after(reference, done, member.timeZone)
}

function typedAnswer(fields: FormData) {
  const parts = { outcome: 'outcome', code: 'code', text: 'text', effectiveOn: 'date' } as const
  return Object.fromEntries(
    Object.entries(parts).flatMap(([name, part]) => {
      const value = fields.get(`answer-${part}`)
      return typeof value === 'string' && value !== '' ? [[name, value]] : []
    }),
  )
}

function after(reference: string, { done, linked, failed }: ReceivedDone, timeZone: string) {
  if (failed.length === 0) return redirect(`/inbox/filings/${reference}?done=${done}&linked=${linked}`, 303)
  const said = failed
    .slice(0, 20)
    .map((untaken) => `${untaken.reference ?? ''} ${explainUntaken('outcomes.recorded', untaken, timeZone)}`)
  return data({ said, chosen: failed.map(({ noticeId }) => noticeId) }, { status: done === 0 ? 409 : 200 })
}

/** A collective filing as its vendor has it: one item, its notices by member, one answer for all or some of them. */
export default function ReceivedFiling({ loaderData, actionData }: Route.ComponentProps) {
  const { found, association, mayAnswer, done } = loaderData
  const { reference, cover, notices, total, waiting, next, measures: asked } = found
  return (
    <>
      <PageHead
        title={m.collective_received_title({ association })}
        crumbs={[{ label: m.ui_nav_inbox(), href: '/inbox' }, { label: <span className="ref">{reference}</span> }]}
      >
        {m.approvals_mail_notices({ n: total, count: formatNumber(total) })}
      </PageHead>
      <div className="stack">
        {done !== null && (
          <Note tone="agreed" status>
            <p>
              {m.collective_done({ n: done.done, count: formatNumber(done.done) })}
              {sentenceGap()}
              {done.linked > 0 && m.collective_done_linked({ n: done.linked, count: formatNumber(done.linked) })}
            </p>
          </Note>
        )}
        {(actionData?.said.length ?? 0) > 0 && (
          <Note tone="late" status>
            {actionData?.said.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </Note>
        )}
        {cover !== null && <OneLetter title={m.collective_cover()} letter={cover} open={false} />}
        <form method="post" className="stack">
          <Section id="notices" title={m.collective_notices()} aside={formatNumber(total)}>
            <ReceivedNotices
              notices={notices}
              choose={mayAnswer}
              chosen={new Set(actionData?.chosen)}
              addressOf={({ reference: own }) => `/notices/${own}`}
            />
            <TableFoot
              shown={m.collective_shown({ shown: formatNumber(notices.length), count: formatNumber(total) })}
              pages={{ next: next === null ? undefined : `/inbox/filings/${reference}?after=${next}` }}
            />
            {mayAnswer && waiting > 0 && (
              <div className="bs gap">
                <Button name="intent" value="acknowledge">
                  {m.collective_acknowledge_chosen()}
                </Button>
                <Button look="go" name="intent" value="acknowledge-all">
                  {m.collective_acknowledge_all({ n: waiting, count: formatNumber(waiting) })}
                </Button>
              </div>
            )}
          </Section>
          {mayAnswer && <ReceivedAnswerForm measures={asked} total={total} />}
        </form>
      </div>
    </>
  )
}
