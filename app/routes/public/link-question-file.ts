import { z } from 'zod'
import { logVisit } from '#app/notices/find-link-notice.server.ts'
import { findQuestionFile } from '#app/notices/find-question-file.server.ts'
import { withLink } from '#app/platform/db.server.ts'
import { attachedFile } from '#app/routes/notices/attached-file.server.ts'
import type { Route } from './+types/link-question-file.ts'
import { visitOf } from './link-visit.ts'

/** A file of an answer, for the bearer of a mail link. */
export async function loader({ request, context, params }: Route.LoaderArgs): Promise<Response> {
  const id = z.uuid().safeParse(params.id)
  if (!id.success) return attachedFile(null)
  const found = await withLink(params.token, async (tx, link) => {
    await logVisit(tx, link, visitOf(request, context, 'answer'))
    return findQuestionFile(tx, { noticeId: link.noticeId, id: id.data })
  })
  return attachedFile(found.open ? found.value : null)
}
