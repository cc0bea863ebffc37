import { Readable } from 'node:stream'
import { createReadableStreamFromReadable } from '@react-router/node'
import type { AnswerSheet } from '#app/notices/find-sheet.server.ts'
import type { Read } from '#app/notices/notice-csv.server.ts'
import { resultLines } from '#app/notices/sheet-results.server.ts'
import { readObject } from '#app/platform/objects.server.ts'

/** Streams the results of a file of answers: of its rows as they stand, or as they were kept when it was recorded. */
export function resultFile({
  sheet,
  reference,
  read,
}: {
  sheet: AnswerSheet
  reference: string
  read: Read
}): Response {
  const { id: sheetId, status, locale, resultSha256 } = sheet
  if (resultSha256 === null && status !== 'read') return new Response(null, { status: 404 })
  const bytes =
    resultSha256 === null
      ? Readable.from(encoded(resultLines(read, { sheetId, locale, state: 'checked' })))
      : readObject(resultSha256)
  return new Response(createReadableStreamFromReadable(bytes), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${reference}-results.csv"`,
      'X-Robots-Tag': 'noindex',
    },
  })
}

async function* encoded(lines: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const line of lines) yield encoder.encode(line)
}
