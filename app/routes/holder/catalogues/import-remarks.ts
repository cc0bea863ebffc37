import { Readable } from 'node:stream'
import { createReadableStreamFromReadable } from '@react-router/node'
import { remarkLines } from '#app/catalogues/remark-lines.server.ts'
import { readObject } from '#app/platform/objects.server.ts'
import type { Route } from './+types/import-remarks.ts'
import { csvAnswer, refuse, requireImport } from './doors.server.ts'

/** Everything that was noticed about the rows of a file, as a file. */
export async function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  const { member, found } = await requireImport(context, params)
  const { form, mapping, fileName, fileSha256 } = found
  if (form === null || mapping === null) return refuse(404)
  const lines = remarkLines({ open: () => readObject(fileSha256), form, mapping, locale: member.locale })
  return csvAnswer(createReadableStreamFromReadable(Readable.from(lines)), fileName, 'remarks')
}
