import type { Transaction } from '#app/platform/db.server.ts'

/** Ends the questions that are still open in notices that wait for no answer any more. */
export async function endOvertakenQuestions(
  tx: Transaction,
  notices: readonly { readonly noticeId: string; readonly sequence: number }[],
  at: Date,
): Promise<void> {
  if (notices.length === 0) return
  await tx.$executeRaw`
    update question q set ended_at = ${at}, ended_how = 'overtaken', ended_sequence = o.sequence
    from jsonb_to_recordset(${JSON.stringify(notices)}::jsonb) as o ("noticeId" uuid, sequence int)
    where q.notice_id = o."noticeId" and q.notice_id = any(${notices.map(({ noticeId }) => noticeId)}::uuid[]) and q.ended_at is null`
}
