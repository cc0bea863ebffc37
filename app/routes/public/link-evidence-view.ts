import type { Route } from './+types/link-evidence-view.ts'
import { answerLinkFile } from './link-file-answer.server.ts'

/** A shared picture or PDF as the browser draws it, for the bearer of a mail link. */
export function loader({ request, context, params }: Route.LoaderArgs): Promise<Response> {
  return answerLinkFile({ request, context, params, way: 'view' })
}
