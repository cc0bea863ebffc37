import { parseWithZod } from '@conform-to/zod/v4'
import { data, redirect } from 'react-router'
import { mayDo } from '#app/accounts/roles.ts'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { ExtendingPage, type ExtendingAgain } from '#app/notices/extending-page.tsx'
import { extendClockOf, type Extended } from '#app/notices/extend-clock.server.ts'
import { extensionForm } from '#app/notices/extensions.ts'
import { findExtending, type ExtendingFacts } from '#app/notices/find-extending.server.ts'
import { listCrumb } from '#app/notices/list-crumb.ts'
import { parseReference } from '#app/notices/reference.ts'
import { explainUntaken } from '#app/notices/step-wording.ts'
import { stageWords } from '#app/notices/wording.ts'
import { Empty } from '#app/ui/empty.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/extend.ts'

export const meta: Route.MetaFunction = ({ params }) => pageTitle(`${m.clocks_extend_title()}: ${params.reference}`)

export async function loader({ context, params }: Route.LoaderArgs) {
  const member = requireMember(context, ['rights_holder', 'vendor'])
  const facts = await factsOf(member, params.reference)
  const { kind, role } = member.organisation
  return { facts, timeZone: member.timeZone, kind, mayExtend: mayDo(role, 'file-notices') }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const member = requireMember(context, ['rights_holder', 'vendor'])
  const { reference, side } = await factsOf(member, params.reference)
  const form = await request.formData()
  const submission = parseWithZod(form, { schema: extensionForm })
  if (submission.status !== 'success')
    return data<ExtendingAgain>(
      { values: typedIn(form), errors: fieldErrors(submission.error ?? {}), said: [] },
      { status: 400 },
    )
  const result = await extendClockOf({ member, reference, by: side, form: submission.value })
  if (result === null) throw notFound()
  if (result.done) return redirect(`/notices/${reference}?done=clock.extended#clocks`, 303)
  return data<ExtendingAgain>({ values: typedIn(form), ...refusalOf(result, member.timeZone) }, { status: 409 })
}

/** Adds working days to a date of a notice, for either side. */
export default function Extend({ loaderData: { facts, timeZone, kind, mayExtend }, actionData }: Route.ComponentProps) {
  const { reference, clocks, stage, other } = facts
  return (
    <>
      <PageHead
        title={m.clocks_extend_title()}
        crumbs={[
          listCrumb(kind),
          { label: <span className="ref">{reference}</span>, href: `/notices/${reference}` },
          { label: m.clocks_extend_title() },
        ]}
      >
        {m.clocks_extend_lead({ other })}
      </PageHead>
      {clocks.length === 0 && <Empty>{m.clocks_extend_none({ stage: stageWords[stage]() })}</Empty>}
      {clocks.length > 0 && !mayExtend && <Empty>{m.clocks_extend_role()}</Empty>}
      {clocks.length > 0 && mayExtend && <ExtendingPage facts={facts} timeZone={timeZone} again={actionData ?? null} />}
    </>
  )
}

type Errors = ExtendingAgain['errors']

function refusalOf(result: Extract<Extended, { done: false }>, timeZone: string): Omit<ExtendingAgain, 'values'> {
  switch (result.because) {
    case 'not-taken':
      if (result.untaken.because === 'unknown') throw notFound()
      return { errors: {}, said: [explainUntaken('clock.extended', result.untaken, timeZone)] }
    case 'not-running':
      return { errors: { clock: [m.clocks_extend_fault_ended()] }, said: [] }
    case 'moved':
      return { errors: { clock: [m.clocks_extend_fault_moved()] }, said: [] }
    case 'too-many':
      return { errors: { days: [tooMany(result.most)] }, said: [] }
    case 'still-past':
      return { errors: { days: [m.clocks_extend_fault_past({ least: formatNumber(result.least) })] }, said: [] }
    default:
      return result satisfies never
  }
}

function tooMany(most: number): string {
  return most === 0 ? m.clocks_extend_fault_no_more() : m.clocks_extend_fault_days_many({ max: formatNumber(most) })
}

function fieldErrors(error: Readonly<Record<string, string[] | null>>): Errors {
  return Object.fromEntries(
    (['clock', 'days', 'reason'] as const).flatMap((name) => (error[name] ? [[name, error[name]]] : [])),
  )
}

function typedIn(form: FormData): ExtendingAgain['values'] {
  return Object.fromEntries(
    ['clock', 'days', 'reason'].flatMap((name) => {
      const value = form.get(name)
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
}

async function factsOf(member: Member, typed: string): Promise<ExtendingFacts> {
  const reference = parseReference(typed)?.reference
  const facts = reference === undefined ? null : await findExtending(member, reference)
  if (facts === null) throw notFound()
  return facts
}

function notFound(): Response {
  return new Response(null, { status: 404 })
}
