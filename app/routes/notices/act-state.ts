import { actProgress } from '#app/notices/bulk/act-progress.ts'
import type { Route } from './+types/act-state.ts'
import { requireAct } from './act-door.server.ts'

/** How far an act on many notices is, for the script of its page. */
export async function loader(args: Route.LoaderArgs): Promise<Response> {
  const { page } = await requireAct(args)
  return Response.json(actProgress(page.act, page.counts))
}
