import { createReadableStreamFromReadable } from '@react-router/node'
import { readObject } from '#app/platform/objects.server.ts'
import type { Route } from './+types/import-rejected.ts'
import { csvAnswer, refuse, requireImport } from './doors.server.ts'

/** The rows that an import left out, with reasons, as a file. */
export async function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  const { found } = await requireImport(context, params)
  if (found.rejectsSha256 === null) return refuse(404)
  return csvAnswer(createReadableStreamFromReadable(readObject(found.rejectsSha256)), found.fileName, 'rejected')
}
