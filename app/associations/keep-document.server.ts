import { keptTypeOf } from '#app/evidence/media-kinds.ts'
import { detectType, headBytes } from '#app/evidence/detect-type.server.ts'
import { keepObject } from '#app/platform/objects.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import type { MandateDocument } from './write-version.server.ts'

/** The largest document, in bytes: 10 MiB. */
export const maxDocumentBytes = 10 * 2 ** 20

/** The document is kept, or why it is not. */
export type DocumentKept =
  | { readonly kept: true; readonly document: MandateDocument }
  | { readonly kept: false; readonly because: 'too-large' | 'kind' }

const allowed = new Set(['application/pdf', 'image/png', 'image/jpeg'])

/** Keeps the paper that a mandate was signed on, under its SHA-256: a PDF, or a picture of it. */
export async function keepDocument(file: File): Promise<DocumentKept> {
  if (file.size > maxDocumentBytes) return { kept: false, because: 'too-large' }
  const bytes = new Uint8Array(await file.arrayBuffer())
  const detected = await detectType(bytes.subarray(0, headBytes))
  const type = detected.kept ? keptTypeOf(detected.type) : null
  if (type === null || !allowed.has(type)) return { kept: false, because: 'kind' }
  const { sha256, bytes: size } = await keepObject(inOne(bytes), maxDocumentBytes)
  return { kept: true, document: { sha256, name: file.name.slice(0, 200), bytes: size } }
}

// eslint-disable-next-line typescript/require-await -- a stream of one piece
async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** The document of a version, for members of either side. */
export function findDocument(
  member: Member,
  { mandateId, version }: { mandateId: string; version: number },
): Promise<MandateDocument | null> {
  return withPerson(member.personId, async (tx) => {
    const own = member.organisation.id
    const mandate = await tx.mandate.count({
      where: { id: mandateId, OR: [{ associationId: own }, { memberId: own }] },
    })
    const row = await tx.mandateVersion.findUnique({
      where: { mandateId_version: { mandateId, version } },
      select: { documentSha256: true, documentName: true, documentBytes: true },
    })
    if (mandate === 0 || !row || row.documentSha256 === null) return null
    return { sha256: row.documentSha256, name: row.documentName ?? 'mandate', bytes: row.documentBytes ?? 0 }
  })
}
