import { withPerson } from '#app/platform/db.server.ts'
import { resultFile } from '#app/routes/notices/result-file.server.ts'
import type { Route } from './+types/answer-sheet-result.ts'
import { requireSheet } from './sheet-door.server.ts'

/** What comes of every row of a file of answers, or came of it, as CSV. */
export async function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  const { member, page, found } = await requireSheet(context, params)
  return resultFile({
    sheet: found.sheet,
    reference: page.notice.reference,
    read: (fn) => withPerson(member.personId, fn),
  })
}
