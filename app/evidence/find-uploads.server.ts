import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'

/** An upload in parts, of the person who asks. */
export interface Upload {
  readonly id: string
  readonly name: string
  readonly bytes: number
  readonly received: number
  readonly parts: readonly string[]
  readonly redactionOf: string | null
  /** The piece it became. */
  readonly evidenceId: string | null
}

/** Where a part of an upload lies. */
export function partName(uploadId: string, part: string): string {
  return `uploads/${uploadId}/${part}`
}

/** An upload that the member began for this organisation; null for any other. */
export async function findUpload(member: Member, uploadId: string): Promise<Upload | null> {
  const found = await withPerson(member.personId, (tx) =>
    tx.evidenceUpload.findFirst({
      where: { id: uploadId, organisationId: member.organisation.id, madeBy: member.personId },
    }),
  )
  return found && { ...found, bytes: Number(found.bytes), received: Number(found.received) }
}

/** The member's uploads that are not finished, newest first; at most fifty. */
export async function findOpenUploads(
  member: Member,
): Promise<readonly Pick<Upload, 'id' | 'name' | 'bytes' | 'received' | 'redactionOf'>[]> {
  const found = await withPerson(member.personId, (tx) =>
    tx.evidenceUpload.findMany({
      where: { organisationId: member.organisation.id, madeBy: member.personId, evidenceId: null },
      orderBy: { id: 'desc' },
      take: 50,
      select: { id: true, name: true, bytes: true, received: true, redactionOf: true },
    }),
  )
  return found.map((upload) => ({ ...upload, bytes: Number(upload.bytes), received: Number(upload.received) }))
}
