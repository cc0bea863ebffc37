import { matrixLines } from '#app/notices/notice-csv.server.ts'
import type { Route } from './+types/link-matrix.ts'
import { answerLinkCsv } from './link-csv.ts'

/** Every answer to the notice behind a mail link as CSV, to be changed and sent back. */
export function loader({ request, params: { token }, context }: Route.LoaderArgs): Promise<Response> {
  return answerLinkCsv({ request, context, token, name: 'answers', lines: matrixLines })
}
