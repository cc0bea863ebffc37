import { Readable } from 'node:stream'
import { createReadableStreamFromReadable } from '@react-router/node'
import { actResultLines } from '#app/notices/bulk/act-result.server.ts'
import type { Route } from './+types/act-result.ts'
import { requireAct } from './act-door.server.ts'

/** What came of every row of an act on many notices, as CSV. */
export async function loader(args: Route.LoaderArgs): Promise<Response> {
  const { member, page } = await requireAct(args)
  const { id: actId, status } = page.act
  if (status === 'choosing') return new Response(null, { status: 404 })
  const lines = actResultLines(member.personId, { actId, locale: member.locale })
  return new Response(createReadableStreamFromReadable(Readable.from(encoded(lines))), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="results.csv"',
      'X-Robots-Tag': 'noindex',
    },
  })
}

async function* encoded(lines: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const line of lines) yield encoder.encode(line)
}
