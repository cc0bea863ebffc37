import { annexLines } from '#app/notices/notice-csv.server.ts'
import type { Route } from './+types/annex-csv.ts'
import { answerCsv } from './csv-answer.ts'

/** Every work of a notice with its identifiers and addresses, as CSV. */
export function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  return answerCsv({ context, typed: params.reference, name: 'annex', lines: annexLines })
}
