import { data, redirect } from 'react-router'
import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { ApprovalForms, type ApprovalAgain } from '#app/notices/approval-forms.tsx'
import { ApprovalPage } from '#app/notices/approval-page.tsx'
import { approvalRefusal, noteFault } from '#app/notices/approval-wording.ts'
import { approveFiling } from '#app/notices/approve-filing.server.ts'
import { signingErrors } from '#app/notices/filing-wording.ts'
import { findApproval } from '#app/notices/find-approval.server.ts'
import { findFiling } from '#app/notices/find-filing.server.ts'
import { statementIds } from '#app/notices/legal-bases/basis.ts'
import { parseReference } from '#app/notices/reference.ts'
import { returnFiling } from '#app/notices/return-filing.server.ts'
import { requireFiler } from '#app/routes/holder/filing/draft-door.ts'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/approval.ts'

export const meta: Route.MetaFunction = ({ params }) => pageTitle(params.reference)

export async function loader({ context, params }: Route.LoaderArgs) {
  const member = requireFiler(context)
  const reference = referenceOf(params)
  const view = await findApproval({ member, reference })
  if (view === null) {
    const filing = await findFiling(member, reference)
    // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
    if (filing === null) throw new Response(null, { status: 404 })
    // What does not wait any more says on its own page who approved or returned it, and when.
    // oxlint-disable-next-line typescript/only-throw-error
    throw redirect(`/filings/${reference}`, 303)
  }
  const mayApprove = mayDo(member.organisation.role, 'approve-filings')
  const approvers = (await findFiling(member, reference))?.approvers ?? []
  return { view, mayApprove, approvers, name: member.name, timeZone: member.timeZone }
}

const typed = z.string().max(10_000).default('')
const form = z.object({
  intent: z.enum(['approve', 'return']),
  submission: z.string().max(100).default(''),
  statement: z.array(z.enum(statementIds)).default([]),
  shown: z.array(z.enum(statementIds)).default([]),
  signName: typed,
  capacity: z.string().max(200).default(''),
  note: typed,
})
type Sent = z.infer<typeof form>

export async function action({ context, params, request }: Route.ActionArgs) {
  const fields = await request.formData()
  const parsed = form.safeParse({
    ...Object.fromEntries(fields),
    statement: fields.getAll('statement'),
    shown: fields.getAll('shown'),
  })
  // oxlint-disable-next-line typescript/only-throw-error -- only a form that is not the page's own comes here
  if (!parsed.success) throw new Response(null, { status: 400 })
  const member = requireFiler(context)
  const sent = parsed.data
  return sent.intent === 'approve'
    ? approve(member, referenceOf(params), sent)
    : giveBack(member, referenceOf(params), sent)
}

async function approve(member: Member, reference: string, sent: Sent) {
  const answer = await approveFiling({ member, reference, submission: sent.submission, form: sent })
  if (answer.approved) return redirect(`/filings/${reference}`, 303)
  if (answer.because === 'unsigned') return again(sent, signingErrors(answer.faults))
  // oxlint-disable-next-line typescript/only-throw-error
  if (answer.because === 'gone') throw new Response(null, { status: 404 })
  return data({ refused: approvalRefusal(answer, member.timeZone), again: undefined }, 409)
}

async function giveBack(member: Member, reference: string, sent: Sent) {
  const fault = noteFault(sent.note)
  if (fault !== undefined) return again(sent, { note: [fault] })
  const answer = await returnFiling({ member, reference, note: sent.note })
  if (answer.returned) return redirect('/approvals?returned', 303)
  // oxlint-disable-next-line typescript/only-throw-error
  if (answer.because === 'gone') throw new Response(null, { status: 404 })
  return data({ refused: approvalRefusal(answer, member.timeZone), again: undefined }, 409)
}

function again({ signName, capacity, note }: Sent, errors: Record<string, string[]>) {
  const typedSoFar: ApprovalAgain = { signName, capacity, note, errors }
  return data({ refused: undefined, again: typedSoFar }, 400)
}

/** One filing to approve: everything that will be sent, then the signature or the way back. */
export default function Approval({ loaderData, actionData }: Route.ComponentProps) {
  const { view, mayApprove, approvers, name, timeZone } = loaderData
  const count = view.letters.length
  const errors = Object.entries(actionData?.again?.errors ?? {})
  return (
    <>
      <PageHead
        title={m.approvals_page_title({ count: formatNumber(count), n: count })}
        crumbs={[
          { label: m.approvals_title(), href: '/approvals' },
          { label: <span className="ref">{view.reference}</span> },
        ]}
      />
      <ErrorSummary faults={errors.flatMap(([field, texts]) => texts.map((text) => ({ text, id: field })))} />
      {actionData?.refused !== undefined && (
        <div className="below">
          <Note tone="late" status>
            <p>{actionData.refused}</p>
          </Note>
        </div>
      )}
      <ApprovalPage view={view} timeZone={timeZone}>
        {view.own ? (
          <p>
            {m.approvals_own_note()} <a href={`/filings/${view.reference}`}>{m.approvals_own_open()}</a>
          </p>
        ) : mayApprove ? (
          <ApprovalForms view={view} name={name} timeZone={timeZone} again={actionData?.again} />
        ) : (
          <p>{askWhom(approvers)}</p>
        )}
      </ApprovalPage>
    </>
  )
}

function askWhom(approvers: readonly string[]): string {
  return approvers.length === 0
    ? m.approvals_not_yours_nobody()
    : m.approvals_not_yours({ names: approvers.join(m.approvals_names_or()) })
}

function referenceOf({ reference }: { reference: string }): string {
  const parsed = parseReference(reference, 'FIL')
  // oxlint-disable-next-line typescript/only-throw-error
  if (parsed?.prefix !== 'FIL') throw new Response(null, { status: 404 })
  return parsed.reference
}
