import { requireMember } from '#app/accounts/viewer.server.ts'
import { findMessageFile } from '#app/notices/find-message-file.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import type { Route } from './+types/message-file.ts'
import { answerMessageFile, wantedFile } from './message-file-answer.server.ts'

/** A file that came with a mail, for a member of one of the two sides. */
export async function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  const { personId } = requireMember(context, ['rights_holder', 'vendor'])
  const asked = wantedFile.safeParse(params)
  return answerMessageFile(asked.success ? await withPerson(personId, (tx) => findMessageFile(tx, asked.data)) : null)
}
