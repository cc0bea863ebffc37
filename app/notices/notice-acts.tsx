import { m } from '#app/generated/messages/messages.js'
import { isNotComposed } from '#app/mail/not-composed.ts'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { formatDateTime, formatNumber } from '#app/ui/format.ts'
import type { Step } from './lifecycle.ts'
import { dueOn, isBeyondChallenge, type NoticeView } from './notice-view.ts'
import { stepWords } from './step-wording.ts'

/** What came back of a form that could not be taken: what was typed, and what is wrong with it. */
export interface ReferenceAgain {
  readonly value: string
  readonly errors: readonly string[]
}

/** What the reader can do now, and what happens else: the buttons are the steps that the table allows. */
export function NoticeActs({ view, again }: { view: NoticeView; again: ReferenceAgain | null }) {
  return (
    <section className="now" aria-labelledby="acts">
      <div>
        <h2 id="acts">{m.notices_page_acts()}</h2>
        <p>{view.side === 'holder' ? holderSentence(view) : vendorSentence(view)}</p>
      </div>
      <div className="bs">{view.side === 'holder' ? <HolderActs view={view} /> : <VendorActs view={view} />}</div>
      {can(view, 'notice.acknowledged') && <Acknowledge again={again} />}
      {can(view, 'reference.given') && <GiveReference view={view} again={again} />}
      {can(view, 'message.delivered') && view.notice.stage === 'sent' && <form method="post" data-read hidden />}
    </section>
  )
}

function HolderActs({ view }: { view: NoticeView }) {
  const { reference, filing, vendor, undeliverableAt, stage } = view.notice
  return (
    <>
      {stage === 'awaiting_approval' && filing.collective && view.byOwner && (
        <LinkButton look="go" href={`/annexes/${filing.reference}`}>
          {m.collective_mail_review_act()}
        </LinkButton>
      )}
      {can(view, 'notice.approved') && (
        <LinkButton href={`/approvals/${filing.reference}`}>{m.approvals_read()}</LinkButton>
      )}
      {!can(view, 'notice.approved') && can(view, 'notice.returned') && (
        <LinkButton href={`/filings/${filing.reference}`}>{m.approvals_take_back()}</LinkButton>
      )}
      {can(view, 'notice.recalled') && (
        <LinkButton href={`/filings/${filing.reference}`}>{m.notices_now_recall()}</LinkButton>
      )}
      {undeliverableAt !== null && can(view, 'message.readdressed') && (
        <LinkButton href={`/vendors/${vendor.slug}/fix-contact`}>{m.notices_now_fix_contact()}</LinkButton>
      )}
      {(can(view, 'works.withdrawn') || can(view, 'notice.withdrawn')) && (
        <LinkButton href={`/notices/${reference}/withdraw`}>{m.notices_now_withdraw()}</LinkButton>
      )}
      {can(view, 'notice.superseded') && (
        <LinkButton href={`/notices/${reference}/supersede`}>{m.questions_now_supersede()}</LinkButton>
      )}
      {can(view, 'notice.escalated') && (
        <LinkButton href={`/notices/${reference}/escalate`}>
          {view.escalation === null ? m.questions_now_escalate() : m.questions_now_escalation()}
        </LinkButton>
      )}
      {can(view, 'decision.challenged') && (
        <LinkButton href={`/notices/${reference}/challenge`}>{m.questions_now_challenge()}</LinkButton>
      )}
      {can(view, 'decision.accepted') && <StepForm step="decision.accepted" />}
    </>
  )
}

function VendorActs({ view }: { view: NoticeView }) {
  const { reference } = view.notice
  const pending = view.answers.tally?.pending ?? 1
  return (
    <>
      {can(view, 'outcomes.recorded') && (
        <LinkButton href={`/notices/${reference}/answer`}>{m.notices_now_answer()}</LinkButton>
      )}
      {can(view, 'decision.declared') && pending > 0 && (
        <LinkButton href={`/notices/${reference}/decide`}>{stepWords['decision.declared']()}</LinkButton>
      )}
      {(can(view, 'clarification.requested') || can(view, 'notice.sent_back')) && (
        <LinkButton href={`/notices/${reference}/ask`}>{stepWords['clarification.requested']()}</LinkButton>
      )}
      {can(view, 'review.started') && <StepForm step="review.started" />}
    </>
  )
}

function StepForm({ step }: { step: 'decision.accepted' | 'review.started' }) {
  return (
    <form method="post">
      <Button look="go" name="act" value={step}>
        {stepWords[step]()}
      </Button>
    </form>
  )
}

function Acknowledge({ again }: { again: ReferenceAgain | null }) {
  return (
    <form method="post" className="bs">
      <ReferenceField again={again} optional />
      <Button look="go" name="act" value="notice.acknowledged">
        {stepWords['notice.acknowledged']()}
      </Button>
    </form>
  )
}

function GiveReference({ view, again }: { view: NoticeView; again: ReferenceAgain | null }) {
  return (
    <details open={again !== null}>
      <summary>{m.notices_now_reference_open()}</summary>
      <form method="post" className="bs">
        <ReferenceField again={again ?? { value: view.notice.vendorReference ?? '', errors: [] }} />
        <Button name="act" value="reference.given">
          {stepWords['reference.given']()}
        </Button>
      </form>
    </details>
  )
}

function ReferenceField({ again, optional = false }: { again: ReferenceAgain | null; optional?: boolean }) {
  return (
    <InputField
      look="grow"
      label={m.notices_now_reference()}
      optional={optional}
      maxLength={100}
      field={{
        id: 'reference',
        name: 'reference',
        initialValue: again?.value,
        errors: again?.errors,
        required: !optional,
      }}
    />
  )
}

function holderSentence(view: NoticeView): string {
  const { notice, names, timeZone } = view
  const { vendor } = names
  if (notice.undeliverableAt !== null && notice.waitingOn === 'holder')
    return isUnwritten(view) ? m.notices_now_unwritten({ vendor }) : m.notices_now_undeliverable({ vendor })
  switch (notice.stage) {
    case 'awaiting_approval':
      return notice.filing.collective ? m.collective_now_review() : m.approvals_now_awaiting()
    case 'queued':
      return notice.begun
        ? m.notices_now_queued_begun()
        : m.notices_now_queued({ time: formatDateTime(notice.sendAt, timeZone) })
    case 'sent':
    case 'delivered':
      return m.notices_now_wait_receipt({ vendor, date: dueOn(notice, 'acknowledge') })
    case 'clarification_needed':
      return m.questions_now_holder({ vendor })
    case 'acknowledged':
    case 'in_review':
      return waitsForAnswers(view)
    case 'decided':
      return (isBeyondChallenge(view) ? m.notices_now_decided_final : m.notices_now_decided)({
        vendor,
        date: dueOn(notice, 'challenge'),
      })
    default:
      return m.notices_now_ended()
  }
}

// The contact is not at fault when the letter did not come to be written.
function isUnwritten({ record }: NoticeView): boolean {
  const last = record.mails.find(({ kind, status }) => kind.endsWith('-served') && status === 'failed')
  return last !== undefined && isNotComposed(last.answer ?? '')
}

function waitsForAnswers({ notice, names, answers }: NoticeView): string {
  const date = dueOn(notice, 'decide')
  const { vendor } = names
  return answers.tally === null
    ? m.notices_now_wait_decision({ vendor, date })
    : m.notices_now_wait_answers({ vendor, date, count: formatNumber(answers.tally.pending ?? 0) })
}

function vendorSentence(view: NoticeView): string {
  const { notice, names, answers } = view
  const decide = dueOn(notice, 'decide')
  switch (notice.stage) {
    case 'queued':
    case 'sent':
    case 'delivered':
      return m.notices_now_vendor_receipt({ date: dueOn(notice, 'acknowledge'), decide })
    case 'clarification_needed':
      return m.questions_now_vendor({ holder: names.holder })
    case 'acknowledged':
    case 'in_review':
      return m.notices_now_vendor_answers({ count: formatNumber(answers.tally?.pending ?? 0), date: decide })
    case 'decided':
      return (isBeyondChallenge(view) ? m.notices_now_vendor_decided_final : m.notices_now_vendor_decided)({
        holder: names.holder,
        date: dueOn(notice, 'challenge'),
      })
    default:
      return m.notices_now_ended()
  }
}

function can(view: NoticeView, step: Step): boolean {
  return view.open.includes(step)
}
