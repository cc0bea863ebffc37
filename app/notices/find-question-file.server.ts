import type { Transaction } from '#app/platform/db.server.ts'

/** A file of an answer as it was kept. `bytes` is its size. */
export interface KeptQuestionFile {
  readonly name: string
  readonly sha256: string
  readonly bytes: number
}

/** A file that came with an answer; null when the asker sees no such file on this notice. */
export async function findQuestionFile(
  tx: Transaction,
  { noticeId, id }: { noticeId: string; id: string },
): Promise<KeptQuestionFile | null> {
  return tx.questionFile.findFirst({ where: { id, noticeId }, select: { name: true, sha256: true, bytes: true } })
}
