import { Readable } from 'node:stream'
import { createReadableStreamFromReadable } from '@react-router/node'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { findNotice } from '#app/notices/find-notice.server.ts'
import { fitsSheet, matrixWorkbook } from '#app/notices/matrix-sheet.server.ts'
import { parseReference } from '#app/notices/reference.ts'
import { withPerson } from '#app/platform/db.server.ts'
import type { Route } from './+types/matrix-xlsx.ts'

const anyPart = { view: undefined, cursor: null, earlier: undefined } as const

/** Every answer of a notice as a workbook, to be changed and sent back; 404 where a sheet cannot hold them. */
export async function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  const member = requireMember(context, ['rights_holder', 'vendor', 'association'])
  const reference = parseReference(params.reference)?.reference
  const page = reference === undefined ? null : await findNotice({ member, reference, query: anyPart })
  if (page === null || !fitsSheet(page.notice)) return new Response(null, { status: 404 })
  const bytes = matrixWorkbook((fn) => withPerson(member.personId, fn), page.notice)
  return new Response(createReadableStreamFromReadable(Readable.from(bytes)), {
    headers: {
      'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'Content-Disposition': `attachment; filename="${page.notice.reference}-answers.xlsx"`,
    },
  })
}
