import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { readNamed, removeNamed } from '#app/platform/objects.server.ts'
import { addPiece } from './add-piece.server.ts'
import { findUpload, partName, type Upload } from './find-uploads.server.ts'
import { keepFile, type Kept } from './keep-evidence.server.ts'

/** What came of an upload: a piece, a refusal, or bytes that are still missing. */
export type UploadFinished = Kept | { readonly kept: false; readonly because: 'gone' | 'unfinished' }

/**
 * Makes one piece of the parts of an upload: hashed over all of it, told by its first bytes. Finishing again answers the same
 * piece. An upload that is refused is forgotten with its parts.
 */
export async function finishUpload(member: Member, uploadId: string): Promise<UploadFinished> {
  const upload = await findUpload(member, uploadId)
  if (upload === null) return { kept: false, because: 'gone' }
  if (upload.evidenceId !== null) return already(member, upload.evidenceId)
  if (upload.received < upload.bytes) return { kept: false, because: 'unfinished' }
  const file = await keepFile(bytesOf(upload))
  if (!file.kept) {
    await forgetUpload(member, upload)
    return file
  }
  const { stored, type } = file
  if (stored.bytes !== upload.bytes)
    throw new Error(`Upload ${uploadId} has ${stored.bytes} bytes, not ${upload.bytes}`)
  const id = newId()
  const finished = await withPerson(member.personId, async (tx): Promise<UploadFinished> => {
    const [row] = await tx.$queryRaw<{ evidenceId: string | null }[]>`
      select evidence_id as "evidenceId" from evidence_upload where id = ${uploadId}::uuid for update`
    if (row === undefined) return { kept: false, because: 'gone' }
    if (row.evidenceId !== null) return { kept: true, id: row.evidenceId, sha256: stored.sha256 }
    const because = await addPiece(tx, member, {
      id,
      name: upload.name,
      type,
      stored,
      redactionOf: upload.redactionOf,
      counted: true,
    })
    if (because !== null) return { kept: false, because }
    await tx.evidenceUpload.updateMany({ where: { id: uploadId }, data: { evidenceId: id, updatedAt: now() } })
    return { kept: true, id, sha256: stored.sha256 }
  })
  if (finished.kept) await removeParts(upload)
  return finished
}

/** Forgets an unfinished upload and its parts. */
export async function abandonUpload(member: Member, uploadId: string): Promise<void> {
  const upload = await findUpload(member, uploadId)
  if (upload !== null && upload.evidenceId === null) await forgetUpload(member, upload)
}

async function already(member: Member, id: string): Promise<Kept> {
  const piece = await withPerson(member.personId, (tx) =>
    tx.evidence.findUniqueOrThrow({ where: { id }, select: { sha256: true } }),
  )
  return { kept: true, id, sha256: piece.sha256 }
}

async function* bytesOf({ id, parts }: Upload): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    const source: AsyncIterable<Uint8Array> = readNamed(partName(id, part))
    yield* source
  }
}

async function forgetUpload(member: Member, upload: Upload): Promise<void> {
  await withPerson(member.personId, (tx) =>
    tx.evidenceUpload.deleteMany({ where: { id: upload.id, evidenceId: null } }),
  )
  await removeParts(upload)
}

async function removeParts({ id, parts }: Pick<Upload, 'id' | 'parts'>): Promise<void> {
  for (const part of parts) await removeNamed(partName(id, part))
}
