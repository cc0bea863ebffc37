import { createReadableStreamFromReadable } from '@react-router/node'
import { redirect } from 'react-router'
import { countGoneRows } from '#app/notices/bulk/find-act.server.ts'
import { openVerified } from '#app/platform/objects.server.ts'
import type { Route } from './+types/act-file.ts'
import { requireAct } from './act-door.server.ts'

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
} as const

/** The file of an export; not once a notice in it may not be seen any more. */
export async function loader(args: Route.LoaderArgs): Promise<Response> {
  const { member, page, path } = await requireAct(args)
  const { id, asked, resultSha256, resultBytes } = page.act
  if (asked?.act !== 'export' || resultSha256 === null || resultBytes === null)
    return new Response(null, { status: 404 })
  if ((await countGoneRows(member, id)) > 0) return redirect(`${path}?gone`, 303)
  const bytes = await openVerified({ sha256: resultSha256, bytes: resultBytes })
  return new Response(createReadableStreamFromReadable(bytes), {
    headers: {
      'Content-Type': types[asked.format],
      'Content-Disposition': `attachment; filename="notices-${id.slice(0, 8)}.${asked.format}"`,
      'X-Robots-Tag': 'noindex',
    },
  })
}
