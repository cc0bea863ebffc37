import { logVisit } from '#app/notices/find-link-notice.server.ts'
import { findMessageFile } from '#app/notices/find-message-file.server.ts'
import { withLink } from '#app/platform/db.server.ts'
import { answerMessageFile, wantedFile } from '#app/routes/notices/message-file-answer.server.ts'
import type { Route } from './+types/link-message-file.ts'
import { visitOf } from './link-visit.ts'

/** A file that came with a mail, for the bearer of a mail link. */
export async function loader({ request, context, params }: Route.LoaderArgs): Promise<Response> {
  const asked = wantedFile.safeParse(params)
  if (!asked.success) return answerMessageFile(null)
  const found = await withLink(params.token, async (tx, link) => {
    await logVisit(tx, link, visitOf(request, context, 'answer'))
    return findMessageFile(tx, asked.data)
  })
  return answerMessageFile(found.open ? found.value : null)
}
