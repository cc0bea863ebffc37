import { Readable } from 'node:stream'
import { createReadableStreamFromReadable } from '@react-router/node'
import { collectiveResult } from '#app/associations/find-annexes.server.ts'
import { csvLine } from '#app/catalogues/cell-text.ts'
import { resultHead, resultLine } from '#app/associations/collective-csv.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { withLocale } from '#app/platform/locale.server.ts'
import type { Route } from './+types/result-csv.ts'
import { openCollective } from './door.server.ts'

/** What came of every member and vendor: the notice that was made, or why none was. */
export async function loader(args: Route.LoaderArgs): Promise<Response> {
  const { member, record } = await openCollective(args)
  const { id: collectiveId, filingId, reference } = record
  return new Response(createReadableStreamFromReadable(Readable.from(encoded(member, { collectiveId, filingId }))), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${reference}-result.csv"`,
    },
  })
}

async function* encoded(member: Member, asked: { collectiveId: string; filingId: string | null }) {
  const encoder = new TextEncoder()
  // Excel takes a file for UTF-8 by this mark alone.
  yield encoder.encode(`\uFEFF${csvLine(withLocale(member.locale, resultHead))}`)
  for await (const lines of collectiveResult(member, asked))
    yield encoder.encode(withLocale(member.locale, () => lines.map((line) => csvLine(resultLine(line))).join('')))
}
