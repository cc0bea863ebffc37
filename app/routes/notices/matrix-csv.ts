import { matrixLines } from '#app/notices/notice-csv.server.ts'
import type { Route } from './+types/matrix-csv.ts'
import { answerCsv } from './csv-answer.ts'

/** Every answer of a notice as CSV, one line per work and measure. */
export function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  return answerCsv({ context, typed: params.reference, name: 'answers', lines: matrixLines })
}
