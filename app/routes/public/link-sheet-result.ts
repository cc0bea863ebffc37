import { z } from 'zod'
import { findLinkAnswers } from '#app/notices/find-link-answers.server.ts'
import { resultFile } from '#app/routes/notices/result-file.server.ts'
import type { Route } from './+types/link-sheet-result.ts'
import { readByLink } from './link-csv.ts'
import { visitOf } from './link-visit.ts'

/** What comes of every row of a file that was sent by a mail link, as CSV. */
export async function loader({ request, params, context }: Route.LoaderArgs): Promise<Response> {
  const id = z.uuid().safeParse(params.sheetId)
  if (!id.success) return new Response(null, { status: 404 })
  const opened = await findLinkAnswers(params.token, visitOf(request, context, 'works'), id.data)
  if (!opened.open || opened.value.found === null) return new Response(null, { status: 404 })
  const { notice, found } = opened.value
  return resultFile({ sheet: found.sheet, reference: notice.reference, read: readByLink(params.token) })
}
