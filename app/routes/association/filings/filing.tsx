import { data, redirect } from 'react-router'
import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import { callOffCollective } from '#app/associations/call-off-collective.server.ts'
import { CallOffForm } from '#app/associations/call-off-form.tsx'
import { AnnexTable, ServingTable } from '#app/associations/collective-tables.tsx'
import { collectiveStateWords } from '#app/associations/collective-words.ts'
import { findAnnexLines, findServings, type ServingLine } from '#app/associations/find-annexes.server.ts'
import type { CollectiveRecord } from '#app/associations/find-collective.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { LinkButton } from '#app/ui/button.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { Section } from '#app/ui/section.tsx'
import { Moment } from '#app/ui/when.tsx'
import { measureWords } from '#app/notices/wording.ts'
import type { Route } from './+types/filing.ts'
import { notFound, openCollective } from './door.server.ts'

export const meta: Route.MetaFunction = ({ params }) => pageTitle(params.reference)

export async function loader(args: Route.LoaderArgs) {
  const { member, record } = await openCollective(args)
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (record.state === 'draft') throw redirect(`/association/filings/${record.reference}/members`, 303)
  const after = z.uuid().safeParse(new URL(args.request.url).searchParams.get('after'))
  return {
    record,
    annexes: await findAnnexLines(member, { collectiveId: record.id, after: after.success ? after.data : null }),
    servings: record.filingId === null ? [] : await findServings(member, record.filingId),
    timeZone: member.timeZone,
    mayCallOff: mayDo(member.organisation.role, 'file-notices'),
    mayApprove: !record.own && mayDo(member.organisation.role, 'approve-filings'),
  }
}

const form = z.object({ intent: z.literal('call-off'), reason: z.string().trim().max(2000).default('') })

export async function action(args: Route.ActionArgs) {
  const { member, record } = await openCollective(args)
  const parsed = form.safeParse(Object.fromEntries(await args.request.formData()))
  if (!parsed.success) throw data(null, { status: 400 })
  const { reason } = parsed.data
  const refuse = (errors: readonly string[], status: number) => data({ reason, errors }, { status })
  if (reason === '') return refuse([m.collective_call_off_reason_missing()], 400)
  const done = await callOffCollective({ member, reference: record.reference, reason })
  if (done.calledOff) return redirect(`/association/filings/${record.reference}`, 303)
  if (done.because === 'gone') throw notFound()
  return refuse([done.because === 'not-now' ? m.collective_call_off_late() : m.collective_role_too_low()], 409)
}

/** A collective filing that was submitted: how far it is, how each member answered, how each vendor does. */
export default function Collective({ loaderData, actionData }: Route.ComponentProps) {
  const { record, annexes, servings, timeZone, mayApprove, mayCallOff } = loaderData
  const { reference, state } = record
  const here = `/association/filings/${reference}`
  const unsent = sumOf(servings, 'unsent')
  return (
    <>
      <PageHead
        title={<span className="ref">{reference}</span>}
        crumbs={[
          { label: m.collective_title(), href: '/association/filings' },
          { label: <span className="ref">{reference}</span> },
        ]}
        acts={
          record.filingId !== null && <LinkButton href={`${here}/result.csv`}>{m.collective_result_file()}</LinkButton>
        }
      >
        {collectiveStateWords[state]()}
      </PageHead>
      <div className="stack">
        <StateNotes record={record} mayApprove={mayApprove} />
        <Facts facts={factsOf(record, timeZone)} />
        {servings.length > 0 && (
          <Section id="vendors" title={m.collective_vendors()} aside={formatNumber(servings.length)}>
            <ServingTable lines={servings} />
          </Section>
        )}
        <Section id="members" title={m.collective_members()} aside={formatNumber(record.members)}>
          <AnnexTable lines={annexes.lines} />
          <TableFoot
            shown={m.collective_shown({
              shown: formatNumber(annexes.lines.length),
              count: formatNumber(record.members),
            })}
            pages={{ next: annexes.next === null ? undefined : `${here}?after=${annexes.next}` }}
          />
        </Section>
        {mayCallOff && mayBeCalledOff(record, unsent) && (
          <CallOffForm
            unsent={unsent}
            begun={sumOf(servings, 'begun')}
            typed={actionData?.reason ?? ''}
            errors={actionData?.errors ?? []}
          />
        )}
      </div>
    </>
  )
}

// What is going on with it, or what it waits for.
function StateNotes({ record, mayApprove }: { record: CollectiveRecord; mayApprove: boolean }) {
  const { reference, state } = record
  return (
    <>
      {state === 'making' && <Making record={record} />}
      {state === 'empty' && (
        <Note tone="late">
          <p>{m.collective_empty_note()}</p>
        </Note>
      )}
      <CalledOff record={record} />
      {state === 'to_approve' && (
        <Note tone="question">
          <p>
            {m.collective_waits_for_approval()}
            {sentenceGap()}
            {mayApprove && <a href={`/association/filings/${reference}/check`}>{m.collective_read_and_approve()}</a>}
          </p>
        </Note>
      )}
    </>
  )
}

function sumOf(servings: readonly ServingLine[], key: 'unsent' | 'begun'): number {
  return servings.reduce((sum, line) => sum + line[key], 0)
}

// While it is made, more may come than can be counted yet.
function mayBeCalledOff({ state, calledOffAt }: CollectiveRecord, unsent: number): boolean {
  if (calledOffAt !== null) return false
  return state === 'making' || (unsent > 0 && (state === 'reviewing' || state === 'sent'))
}

function CalledOff({ record: { state, calledOffAt, calledOffBecause } }: { record: CollectiveRecord }) {
  if (calledOffAt === null) return null
  return (
    <Note tone="late">
      <p>{state === 'called_off' ? m.collective_called_off_note() : m.collective_called_off_partly()}</p>
      {calledOffBecause !== null && <p>{calledOffBecause}</p>}
    </Note>
  )
}

function Making({ record: { reference, members, made, leftOut } }: { record: CollectiveRecord }) {
  return (
    <Progress
      value={made + leftOut}
      max={members}
      label={m.collective_state_making()}
      href={`/association/filings/${reference}/progress`}
    >
      {m.collective_progress({ done: formatNumber(made + leftOut), count: formatNumber(members) })}
    </Progress>
  )
}

function factsOf(record: CollectiveRecord, timeZone: string) {
  const { submittedAt, submittedBy, reviewEndsAt, sendAt, state, made, leftOut, content } = record
  return [
    submittedAt === null
      ? null
      : ([
          m.approvals_submitted(),
          <span key="at">
            <Moment at={submittedAt} timeZone={timeZone} />
            {submittedBy !== null && `${m.filing_list_comma()}${submittedBy}`}
          </span>,
        ] as const),
    [
      m.collective_members(),
      m.collective_made_and_left({ made: formatNumber(made), left: formatNumber(leftOut) }),
    ] as const,
    [
      m.approvals_measures(),
      <ol key="measures" className="m">
        {content.filing.measures.map(({ measure }) => (
          <li key={measure}>{measureWords[measure]()}</li>
        ))}
      </ol>,
    ] as const,
    record.calledOffAt === null
      ? null
      : ([
          m.collective_called_off(),
          <span key="off">
            <Moment at={record.calledOffAt} timeZone={timeZone} />
            {record.calledOffBy !== null && `${m.filing_list_comma()}${record.calledOffBy}`}
          </span>,
        ] as const),
    reviewEndsAt === null || state === 'called_off'
      ? null
      : ([m.collective_review_ends(), <Moment key="ends" at={reviewEndsAt} timeZone={timeZone} weekday />] as const),
    state === 'sent' && sendAt !== null
      ? ([m.collective_leaves(), <Moment key="leaves" at={sendAt} timeZone={timeZone} weekday />] as const)
      : null,
  ]
}
