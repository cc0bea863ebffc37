import { z } from 'zod'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { findNotice } from '#app/notices/find-notice.server.ts'
import { findQuestionFile } from '#app/notices/find-question-file.server.ts'
import { parseReference } from '#app/notices/reference.ts'
import { withPerson } from '#app/platform/db.server.ts'
import type { Route } from './+types/question-file.ts'
import { attachedFile } from './attached-file.server.ts'

const anyPart = { view: undefined, cursor: null, earlier: undefined } as const

/** A file of an answer, for the two sides of the notice. */
export async function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  const member = requireMember(context, ['rights_holder', 'vendor'])
  const reference = parseReference(params.reference)?.reference
  const id = z.uuid().safeParse(params.id)
  if (reference === undefined || !id.success) return attachedFile(null)
  const page = await findNotice({ member, reference, query: anyPart })
  if (page === null) return attachedFile(null)
  return attachedFile(
    await withPerson(member.personId, (tx) => findQuestionFile(tx, { noticeId: page.notice.id, id: id.data })),
  )
}
