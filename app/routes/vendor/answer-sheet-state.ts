import { sheetProgress } from '#app/notices/sheet-progress.ts'
import type { Route } from './+types/answer-sheet-state.ts'
import { requireSheet } from './sheet-door.server.ts'

/** How far the work on a file of answers is, for the script of its page. */
export async function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  const { found } = await requireSheet(context, params)
  return Response.json(sheetProgress(found.sheet))
}
