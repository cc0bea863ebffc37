import { z } from 'zod'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { findAnswerFile } from '#app/notices/find-question-file.server.ts'
import { parseReference } from '#app/notices/reference.ts'
import type { Route } from './+types/question-file.ts'
import { attachedFile } from './attached-file.server.ts'

/** A file of an answer, for the two sides of the notice and for an association whose mandate covers it. */
export async function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  const member = requireMember(context, ['rights_holder', 'vendor', 'association'])
  const reference = parseReference(params.reference)?.reference
  const id = z.uuid().safeParse(params.id)
  if (reference === undefined || !id.success) return attachedFile(null)
  return attachedFile(await findAnswerFile({ member, reference, id: id.data }))
}
