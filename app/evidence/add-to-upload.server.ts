import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { keepNamed, removeNamed } from '#app/platform/objects.server.ts'
import { findUpload, partName } from './find-uploads.server.ts'
import { maxPartBytes } from './part-size.ts'
import type { Arriving } from './keep-evidence.server.ts'

/** How far an upload is now; `stale` when the part did not begin where the last one ended. */
export type PartAdded =
  | { readonly added: true; readonly received: number }
  | { readonly added: false; readonly because: 'gone' }
  | { readonly added: false; readonly because: 'stale' | 'too-large'; readonly received: number }

/**
 * Adds a part to an upload. The part is on the disk before the upload counts it: what was counted survives a killed server,
 * what broke off on the way is sent again.
 */
export async function addToUpload(
  member: Member,
  { uploadId, offset, content }: { uploadId: string; offset: number; content: Arriving },
): Promise<PartAdded> {
  const upload = await findUpload(member, uploadId)
  if (upload === null || upload.evidenceId !== null) return { added: false, because: 'gone' }
  const { received } = upload
  if (offset !== received) return { added: false, because: 'stale', received }
  const most = Math.min(maxPartBytes, upload.bytes - received)
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of content) {
    bytes += chunk.length
    if (bytes > most) return { added: false, because: 'too-large', received }
    chunks.push(chunk)
  }
  if (bytes === 0) return { added: true, received }
  const part = newId()
  await keepNamed(partName(uploadId, part), once(Buffer.concat(chunks)))
  // Of two parts that were sent for the same place, the second finds its place taken.
  const counted = await withPerson(
    member.personId,
    (tx) => tx.$executeRaw`
      update evidence_upload set received = received + ${bytes}::bigint, parts = parts || ${part}::text, updated_at = ${now()}
      where id = ${uploadId}::uuid and received = ${offset}::bigint and evidence_id is null`,
  )
  if (counted === 1) return { added: true, received: received + bytes }
  await removeNamed(partName(uploadId, part))
  const meanwhile = await findUpload(member, uploadId)
  return meanwhile === null
    ? { added: false, because: 'gone' }
    : { added: false, because: 'stale', received: meanwhile.received }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
