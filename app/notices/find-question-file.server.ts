import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { findNotice } from './find-notice.server.ts'

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

const anyPart = { view: undefined, cursor: null, earlier: undefined } as const

/**
 * The same for somebody who is signed in and acts for one organisation: a side of the notice, or an association whose own mandate
 * covers it. Who works for two associations gets what this one may see.
 */
export async function findAnswerFile({
  member,
  reference,
  id,
}: {
  member: Member
  reference: string
  id: string
}): Promise<KeptQuestionFile | null> {
  const page = await findNotice({ member, reference, query: anyPart })
  if (page === null) return null
  return withPerson(member.personId, (tx) => findQuestionFile(tx, { noticeId: page.notice.id, id }))
}
