import { redirect } from 'react-router'
import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import { AnnexTable, ServingTable } from '#app/associations/collective-tables.tsx'
import { collectiveStateWords } from '#app/associations/collective-words.ts'
import { findAnnexLines, findServings } from '#app/associations/find-annexes.server.ts'
import type { CollectiveRecord } from '#app/associations/find-collective.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { LinkButton } from '#app/ui/button.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { Section } from '#app/ui/section.tsx'
import { Moment } from '#app/ui/when.tsx'
import { measureWords } from '#app/notices/wording.ts'
import type { Route } from './+types/filing.ts'
import { openCollective } from './door.server.ts'

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
    mayApprove: !record.own && mayDo(member.organisation.role, 'approve-filings'),
  }
}

/** A collective filing that was submitted: how far it is, how each member answered, how each vendor does. */
export default function Collective({ loaderData }: Route.ComponentProps) {
  const { record, annexes, servings, timeZone, mayApprove } = loaderData
  const { reference, state } = record
  const here = `/association/filings/${reference}`
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
        {state === 'making' && <Making record={record} />}
        {state === 'empty' && (
          <Note tone="late">
            <p>{m.collective_empty_note()}</p>
          </Note>
        )}
        {state === 'to_approve' && (
          <Note tone="question">
            <p>
              {m.collective_waits_for_approval()}{' '}
              {mayApprove && <a href={`${here}/check`}>{m.collective_read_and_approve()}</a>}
            </p>
          </Note>
        )}
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
      </div>
    </>
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
    reviewEndsAt === null
      ? null
      : ([m.collective_review_ends(), <Moment key="ends" at={reviewEndsAt} timeZone={timeZone} weekday />] as const),
    state === 'sent' && sendAt !== null
      ? ([m.approvals_leaves(), <Moment key="leaves" at={sendAt} timeZone={timeZone} weekday />] as const)
      : null,
  ]
}
