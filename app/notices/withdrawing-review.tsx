import { m } from '#app/generated/messages/messages.js'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import type { WithdrawingFacts } from './find-withdrawing.server.ts'
import type { Withdrawal } from './withdrawal.ts'

interface ReviewProps {
  readonly facts: WithdrawingFacts
  readonly withdrawal: Withdrawal
  readonly effect: { readonly gone: number; readonly left: number }
}

/** What a withdrawal does, to whom, and that it cannot be undone: the page before the button. */
export function WithdrawingReview({ facts, withdrawal, effect: { gone, left } }: ReviewProps) {
  const { notice, vendor } = facts
  const works = withdrawal.what === 'works'
  const count = formatNumber(gone)
  if (works && gone === 0) {
    return (
      <p>
        {m.vendors_withdraw_effect_nothing()}
        {sentenceGap()}
        <a href={`/notices/${notice.reference}/withdraw`}>{m.vendors_withdraw_back()}</a>
      </p>
    )
  }
  const title = works ? m.vendors_withdraw_review_works({ n: gone, count }) : m.vendors_withdraw_review_notice()
  return (
    <Section id="review" title={title}>
      <form method="post" className="fs">
        <Carried withdrawal={withdrawal} />
        <p>{works ? worksEffect(vendor, left) : noticeEffect(notice.begun, vendor, count)}</p>
        <p className="typed">{m.vendors_withdraw_effect_reason({ reason: withdrawal.reason })}</p>
        <p>
          <b>{m.vendors_withdraw_effect_final()}</b>
        </p>
        <div className="bs">
          <button type="submit" className="b risk go" name="intent" value="withdraw">
            {works ? m.vendors_withdraw_button_works({ n: gone, count }) : m.vendors_withdraw_button_notice()}
          </button>
          <button type="submit" className="b" name="intent" value="back">
            {m.vendors_withdraw_back()}
          </button>
        </div>
      </form>
    </Section>
  )
}

function Carried({ withdrawal: { what, reason, work, everything, q } }: { withdrawal: Withdrawal }) {
  return (
    <>
      <input type="hidden" name="what" value={what} />
      <input type="hidden" name="reason" value={reason} />
      <input type="hidden" name="q" value={q} />
      {everything !== undefined && <input type="hidden" name="everything" value="on" />}
      {work.map((id) => (
        <input key={id} type="hidden" name="work" value={id} />
      ))}
    </>
  )
}

function worksEffect(vendor: string, left: number): string {
  if (left === 0) return m.vendors_withdraw_effect_none_left({ vendor })
  return m.vendors_withdraw_effect_left({ vendor, left: formatNumber(left) })
}

function noticeEffect(begun: boolean, vendor: string, count: string): string {
  return begun ? m.vendors_withdraw_effect_notice({ vendor, count }) : m.vendors_withdraw_effect_unsent()
}
