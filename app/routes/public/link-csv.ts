import { Readable } from 'node:stream'
import { createReadableStreamFromReadable } from '@react-router/node'
import type { RouterContextProvider } from 'react-router'
import { getLinkNotice, logVisit, type LinkNotice } from '#app/notices/find-link-notice.server.ts'
import type { Read } from '#app/notices/notice-csv.server.ts'
import { withLink } from '#app/platform/db.server.ts'
import { visitOf } from './link-visit.ts'

interface Asked {
  readonly request: Request
  readonly context: Readonly<RouterContextProvider>
  readonly token: string
  readonly name: string
  readonly lines: (read: Read, notice: LinkNotice) => AsyncGenerator<string>
}

/** Streams a CSV file about the notice behind a mail link; no account is needed. */
export async function answerLinkCsv({ request, context, token, name, lines }: Asked): Promise<Response> {
  const opened = await withLink(token, async (tx, link) => {
    await logVisit(tx, link, visitOf(request, context, 'works'))
    return getLinkNotice(tx, link)
  })
  if (!opened.open) return new Response(null, { status: 404 })
  const read = readByLink(token)
  return new Response(createReadableStreamFromReadable(Readable.from(encoded(lines(read, opened.value)))), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${opened.value.reference}-${name}.csv"`,
      'X-Robots-Tag': 'noindex',
    },
  })
}

/** Reads parts of a file by a link: each part opens it anew, so that one that is revoked meanwhile gives no more. */
export function readByLink(token: string): Read {
  return async (fn) => {
    const part = await withLink(token, fn)
    if (!part.open) throw new Error('The link was closed while its file was read.')
    return part.value
  }
}

async function* encoded(lines: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const line of lines) yield encoder.encode(line)
}
