import { parseWithZod } from '@conform-to/zod/v4'
import { data, redirect } from 'react-router'
import { mayDo } from '#app/accounts/roles.ts'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { findWithdrawing, type WithdrawingFacts } from '#app/notices/find-withdrawing.server.ts'
import { listCrumb } from '#app/notices/list-crumb.ts'
import { readNoticeQuery } from '#app/notices/notice-query.ts'
import { previewWithdrawal, withdraw, type WithdrawalEffect } from '#app/notices/preview-withdrawal.server.ts'
import { parseReference } from '#app/notices/reference.ts'
import { explainUntaken } from '#app/notices/step-wording.ts'
import { asMember } from '#app/notices/taker.server.ts'
import { WithdrawingDone } from '#app/notices/withdrawing-done.tsx'
import { WithdrawingPage, type WithdrawingAgain } from '#app/notices/withdrawing-page.tsx'
import { WithdrawingReview } from '#app/notices/withdrawing-review.tsx'
import { withdrawalForm, worksOf, type Withdrawal } from '#app/notices/withdrawal.ts'
import { stageWords } from '#app/notices/wording.ts'
import { formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/withdraw.ts'

export const meta: Route.MetaFunction = ({ params }) => pageTitle(`${m.vendors_withdraw_title()}: ${params.reference}`)

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const member = requireMember(context, ['rights_holder', 'association'])
  const facts = await factsOf(member, params.reference, request.url)
  const done = new URL(request.url).searchParams.get('withdrawn')
  const { kind, role } = member.organisation
  return { facts, done, kind, mayFile: mayDo(role, 'file-notices') }
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const member = requireMember(context, ['rights_holder', 'association'])
  const facts = await factsOf(member, params.reference, request.url)
  const submission = parseWithZod(await request.formData(), { schema: withdrawalForm })
  if (submission.status !== 'success') {
    const errors = submission.error?.['reason'] ?? []
    if (errors.length === 0) throw new Response(null, { status: 400 })
    return data({ again: againOf(submission.payload, { reasonErrors: errors }), review: null }, { status: 400 })
  }
  const withdrawal = submission.value
  if (withdrawal.intent === 'back') return { again: againOf(withdrawal, {}), review: null }
  if (withdrawal.what === 'works' && worksOf(withdrawal) === null)
    return data(
      { again: againOf(withdrawal, { said: [m.vendors_withdraw_fault_works()] }), review: null },
      { status: 400 },
    )
  const asked = { noticeId: facts.notice.id, withdrawal }
  const effect =
    withdrawal.intent === 'review'
      ? await previewWithdrawal(member, asked)
      : await asMember(member, (tx, taker) => withdraw(tx, { taker, ...asked }))
  if (effect.refused !== null)
    return data(
      { again: againOf(withdrawal, { said: [refusalOf(member, withdrawal, effect)] }), review: null },
      { status: 409 },
    )
  if (withdrawal.intent === 'review') return { again: null, review: { withdrawal, effect } }
  return redirect(
    `/notices/${facts.notice.reference}/withdraw?withdrawn=${withdrawal.what === 'notice' ? 'notice' : effect.gone}`,
    303,
  )
}

/** The holder's page for withdrawing works or the whole notice, with its effect first. */
export default function Withdraw({ loaderData: { facts, done, kind, mayFile }, actionData }: Route.ComponentProps) {
  const { notice, vendor, left } = facts
  const { reference } = notice
  const closed = !facts.mayWithdrawNotice && !facts.mayWithdrawWorks
  const review = actionData?.review
  return (
    <>
      <PageHead
        title={m.vendors_withdraw_title()}
        crumbs={[
          listCrumb(kind),
          { label: <span className="ref">{reference}</span>, href: `/notices/${reference}` },
          { label: m.vendors_withdraw_title() },
        ]}
      >
        {!closed && m.vendors_withdraw_lead({ vendor, works: m.notices_works({ count: formatNumber(left) }) })}
      </PageHead>
      <WithdrawingDone done={done} vendor={vendor} reference={reference} />
      {review && <WithdrawingReview facts={facts} {...review} />}
      {!review && closed && (
        <p>{mayFile ? m.vendors_withdraw_closed({ stage: stageWords[notice.stage]() }) : m.vendors_withdraw_role()}</p>
      )}
      {!review && !closed && <WithdrawingPage facts={facts} again={actionData?.again ?? null} />}
    </>
  )
}

async function factsOf(member: Member, typed: string, url: string): Promise<WithdrawingFacts> {
  const reference = parseReference(typed)?.reference
  const text = (new URL(url).searchParams.get('q') ?? '').trim().slice(0, 200)
  const facts =
    reference === undefined
      ? null
      : await findWithdrawing(member, { reference, text, cursor: readNoticeQuery(url).cursor })
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (facts === null) throw new Response(null, { status: 404 })
  return facts
}

function againOf(
  given: { what?: unknown; reason?: unknown; work?: unknown },
  faults: Partial<WithdrawingAgain>,
): WithdrawingAgain {
  const work = Array.isArray(given.work) ? given.work : [given.work]
  return {
    what: given.what === 'notice' ? 'notice' : 'works',
    reason: typeof given.reason === 'string' ? given.reason : '',
    work: work.filter((id) => typeof id === 'string'),
    reasonErrors: [],
    said: [],
    ...faults,
  }
}

function refusalOf({ timeZone }: Member, { what }: Withdrawal, { refused }: WithdrawalEffect): string {
  if (refused === null) return ''
  return explainUntaken(what === 'notice' ? 'notice.withdrawn' : 'works.withdrawn', refused, timeZone)
}
