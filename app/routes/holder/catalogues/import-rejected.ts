import { createReadableStreamFromReadable } from '@react-router/node'
import { readObject } from '#app/platform/objects.server.ts'
import type { Route } from './+types/import-rejected.ts'
import { refuse, requireImport } from './doors.server.ts'

/** The rows that an import left out, with reasons, as a file. */
export async function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  const { found } = await requireImport(context, params)
  if (found.rejectsSha256 === null) return refuse(404)
  const name = `${found.fileName.replace(/\.[^.]*$/u, '')}-rejected.csv`
  return new Response(createReadableStreamFromReadable(readObject(found.rejectsSha256)), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="rejected.csv"; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  })
}
