import { Readable } from 'node:stream'
import { createReadableStreamFromReadable } from '@react-router/node'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { findNotice, type NoticeFacts } from '#app/notices/find-notice.server.ts'
import type { Read } from '#app/notices/notice-csv.server.ts'
import { parseReference } from '#app/notices/reference.ts'
import { withPerson } from '#app/platform/db.server.ts'

type Context = Parameters<typeof requireMember>[0]
type Asked = {
  context: Context
  typed: string
  name: string
  lines: (read: Read, notice: NoticeFacts) => AsyncGenerator<string>
}

const anyPart = { view: undefined, cursor: null, earlier: undefined } as const

/** Streams a CSV file about a notice to a member of one of its two sides; 404 to anybody else. */
export async function answerCsv({ context, typed, name, lines }: Asked): Promise<Response> {
  const member = requireMember(context, ['rights_holder', 'vendor', 'association'])
  const reference = parseReference(typed)?.reference
  const page = reference === undefined ? null : await findNotice({ member, reference, query: anyPart })
  if (page === null) return new Response(null, { status: 404 })
  const read: Read = (fn) => withPerson(member.personId, fn)
  return new Response(createReadableStreamFromReadable(Readable.from(encoded(lines(read, page.notice)))), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${page.notice.reference}-${name}.csv"`,
    },
  })
}

async function* encoded(lines: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let waiting = ''
  for await (const line of lines) {
    waiting += line
    if (waiting.length < 64 * 1024) continue
    yield encoder.encode(waiting)
    waiting = ''
  }
  if (waiting !== '') yield encoder.encode(waiting)
}
