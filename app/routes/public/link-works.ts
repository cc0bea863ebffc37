import { annexLines } from '#app/notices/notice-csv.server.ts'
import type { Route } from './+types/link-works.ts'
import { answerLinkCsv } from './link-csv.ts'

/** Every work of the notice behind a mail link with its identifiers and addresses, as CSV. */
export function loader({ request, params: { token }, context }: Route.LoaderArgs): Promise<Response> {
  return answerLinkCsv({ request, context, token, name: 'annex', lines: annexLines })
}
