import { createReadableStreamFromReadable } from '@react-router/node'
import { z } from 'zod'
import { requireViewer } from '#app/accounts/viewer.server.ts'
import { takeExport } from '#app/notices/exports/find-exports.server.ts'
import { exportFile } from '#app/notices/exports/run-export.server.ts'
import { readNamed } from '#app/platform/objects.server.ts'
import type { Route } from './+types/export-zip.ts'

/** An archive, for whoever ordered it for themselves, or an owner of the organisation that it is of. */
export async function loader({ context, params }: Route.LoaderArgs): Promise<Response> {
  const viewer = requireViewer(context)
  const id = z.uuid().safeParse(params.id)
  const found = id.success ? await takeExport(viewer, id.data) : null
  if (!id.success || found === null) return new Response(null, { status: 404 })
  return new Response(createReadableStreamFromReadable(readNamed(exportFile(id.data))), {
    headers: {
      'Content-Type': 'application/zip',
      'Content-Length': String(found.bytes),
      'Content-Disposition': `attachment; filename="caveat-${id.data.slice(-12)}.zip"`,
      'X-SHA-256': found.sha256,
    },
  })
}
