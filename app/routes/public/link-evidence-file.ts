import type { Route } from './+types/link-evidence-file.ts'
import { answerLinkFile } from './link-file-answer.server.ts'

/** A shared file to save, for the bearer of a mail link. */
export function loader({ request, context, params }: Route.LoaderArgs): Promise<Response> {
  return answerLinkFile({ request, context, params, way: 'file' })
}
