import { Readable } from 'node:stream'
import { createReadableStreamFromReadable } from '@react-router/node'
import { getLinkNotice, logVisit } from '#app/notices/find-link-notice.server.ts'
import { annexLines, type Read } from '#app/notices/notice-csv.server.ts'
import { withLink } from '#app/platform/db.server.ts'
import type { Route } from './+types/link-works.ts'
import { visitOf } from './link-visit.ts'

/** Every work of the notice behind a mail link with its identifiers and addresses, as CSV; no account is needed. */
export async function loader({ request, params: { token }, context }: Route.LoaderArgs): Promise<Response> {
  const opened = await withLink(token, async (tx, link) => {
    await logVisit(tx, link, visitOf(request, context, 'works'))
    return getLinkNotice(tx, link)
  })
  if (!opened.open) return new Response(null, { status: 404 })
  // Each part opens the link anew: one that is revoked meanwhile gives no more.
  const read: Read = async (fn) => {
    const part = await withLink(token, fn)
    if (!part.open) throw new Error('The link was closed while its works were read.')
    return part.value
  }
  const lines = annexLines(read, opened.value)
  return new Response(createReadableStreamFromReadable(Readable.from(encoded(lines))), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${opened.value.reference}-annex.csv"`,
      'X-Robots-Tag': 'noindex',
    },
  })
}

async function* encoded(lines: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const line of lines) yield encoder.encode(line)
}
