import { locationLines } from '#app/notices/notice-csv.server.ts'
import type { Route } from './+types/link-locations.ts'
import { answerLinkCsv } from './link-csv.ts'

/** Every location of outputs of the notice behind a mail link, as CSV. */
export function loader({ request, params: { token }, context }: Route.LoaderArgs): Promise<Response> {
  return answerLinkCsv({ request, context, token, name: 'locations', lines: locationLines })
}
