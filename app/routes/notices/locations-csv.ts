import { locationLines } from '#app/notices/notice-csv.server.ts'
import type { Route } from './+types/locations-csv.ts'
import { answerCsv } from './csv-answer.ts'

/** Every location of outputs that a notice complains of, as CSV. */
export function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  return answerCsv({ context, typed: params.reference, name: 'locations', lines: locationLines })
}
