import { importProgress } from '#app/catalogues/import-progress.ts'
import type { Route } from './+types/import-state.ts'
import { requireImport } from './doors.server.ts'

/** How far an import is, for the script of its page. */
export async function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  const { found } = await requireImport(context, params)
  return Response.json(importProgress(found))
}
