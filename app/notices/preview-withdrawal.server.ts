import type { Member } from '#app/accounts/viewer.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { dryRun } from './dry-run.server.ts'
import type { Untaken } from './explain-refusals.server.ts'
import type { Standpoint } from './stages.ts'
import { countAnswers } from './tally-answers.server.ts'
import type { StepResults } from './take-steps.server.ts'
import type { Taker } from './taker.server.ts'
import { withdrawNotice } from './withdraw-notice.server.ts'
import { withdrawWorks } from './withdraw-works.server.ts'
import { worksOf, type Withdrawal } from './withdrawal.ts'

/** What a withdrawal does: how many works go, how many stay, where the notice then stands; or why it is refused. */
export type WithdrawalEffect =
  | { readonly refused: Untaken }
  | { readonly refused: null; readonly gone: number; readonly left: number; readonly stage: Standpoint }

/** What a withdrawal would do. Nothing is withdrawn. */
export function previewWithdrawal(
  member: Member,
  asked: { noticeId: string; withdrawal: Withdrawal },
): Promise<WithdrawalEffect> {
  return dryRun(member, (tx, taker) => withdraw(tx, { taker, ...asked }))
}

/** Withdraws works or the whole notice, and says what that did. A withdrawal without works does nothing. */
export async function withdraw(
  tx: Transaction,
  { taker, noticeId, withdrawal }: { taker: Taker; noticeId: string; withdrawal: Withdrawal },
): Promise<WithdrawalEffect> {
  const before = await leftOf(tx, noticeId)
  const results = await take(tx, { taker, noticeId, withdrawal })
  const [refused] = results.failed
  if (refused !== undefined) return { refused }
  const left = withdrawal.what === 'notice' ? 0 : await leftOf(tx, noticeId)
  return { refused: null, gone: before - left, left, stage: results.succeeded[0]?.stage ?? 'withdrawn' }
}

function take(
  tx: Transaction,
  { taker, noticeId, withdrawal }: { taker: Taker; noticeId: string; withdrawal: Withdrawal },
): Promise<StepResults> {
  const asked = { taker, noticeIds: [noticeId], reason: withdrawal.reason }
  if (withdrawal.what === 'notice') return withdrawNotice(tx, asked)
  const works = worksOf(withdrawal) ?? { kind: 'chosen' as const, workIds: [] }
  return withdrawWorks(tx, { ...asked, works })
}

async function leftOf(tx: Transaction, noticeId: string): Promise<number> {
  const counted = await countAnswers(tx, [noticeId])
  return counted.get(noticeId)?.worksLeft ?? 0
}
