import { Readable } from 'node:stream'
import { createReadableStreamFromReadable } from '@react-router/node'
import { findLinkAnswers } from '#app/notices/find-link-answers.server.ts'
import { fitsSheet, matrixWorkbook } from '#app/notices/matrix-sheet.server.ts'
import type { Route } from './+types/link-matrix-xlsx.ts'
import { readByLink } from './link-csv.ts'
import { visitOf } from './link-visit.ts'

/** Every answer to the notice behind a mail link as a workbook, to be changed and sent back. */
export async function loader({ request, params: { token }, context }: Route.LoaderArgs): Promise<Response> {
  const opened = await findLinkAnswers(token, visitOf(request, context, 'works'))
  if (!opened.open || !fitsSheet(opened.value.notice)) return new Response(null, { status: 404 })
  const { notice } = opened.value
  return new Response(createReadableStreamFromReadable(Readable.from(matrixWorkbook(readByLink(token), notice))), {
    headers: {
      'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'Content-Disposition': `attachment; filename="${notice.reference}-answers.xlsx"`,
      'X-Robots-Tag': 'noindex',
    },
  })
}
