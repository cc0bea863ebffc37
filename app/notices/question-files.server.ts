import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'

/** A file of an answer that the object storage holds already. */
export interface FileToAdd {
  /** As the sender's computer named it. */
  readonly name: string
  readonly mediaType: string
  readonly sha256: string
  readonly bytes: number
}

/**
 * Keeps the files that came with an answer.
 *
 * @returns hash and size of each for the ledger: a name may tell of a person, so it stays beside
 */
export async function addFiles(
  tx: Transaction,
  {
    questionId,
    noticeId,
    sequence,
    files,
  }: { questionId: string; noticeId: string; sequence: number; files: readonly FileToAdd[] },
): Promise<readonly { readonly sha256: string; readonly bytes: number }[]> {
  if (files.length === 0) return []
  const createdAt = now()
  await tx.questionFile.createMany({
    data: files.map((file, index) => ({
      id: newId(),
      questionId,
      noticeId,
      eventSequence: sequence,
      position: index + 1,
      ...file,
      createdAt,
    })),
  })
  return files.map(({ sha256, bytes }) => ({ sha256, bytes }))
}
