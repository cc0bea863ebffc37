import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { findOriginal, hasRoomFor } from './add-piece.server.ts'
import { keptName } from './file-name.ts'
import { maxEvidenceBytes } from './media-kinds.ts'

/** At most so many unfinished uploads of an organisation. */
const mostOpenUploads = 50

/** A file that is going to be sent in parts. */
export interface Announced {
  readonly name: string
  readonly bytes: number
  /** Tells the same file again after the tab was closed: size and time of its last change. */
  readonly fingerprint: string
  readonly redactionOf?: string | undefined
}

/** The upload to go on with, and how much of it has arrived. */
export type UploadBegun =
  | { readonly begun: true; readonly id: string; readonly received: number }
  | {
      readonly begun: false
      readonly because: 'role' | 'too-large' | 'empty' | 'no-room' | 'no-original' | 'too-many'
    }

/** Begins an upload in parts, or finds the unfinished one of the same file by the same person. */
export async function beginUpload(member: Member, announced: Announced): Promise<UploadBegun> {
  const { bytes, fingerprint } = announced
  if (!mayDo(member.organisation.role, 'keep-evidence')) return { begun: false, because: 'role' }
  if (bytes === 0) return { begun: false, because: 'empty' }
  if (bytes > maxEvidenceBytes) return { begun: false, because: 'too-large' }
  const name = keptName(announced.name)
  const organisationId = member.organisation.id
  const redactionOf = announced.redactionOf ?? null
  return withPerson(member.personId, async (tx): Promise<UploadBegun> => {
    if (redactionOf !== null && (await findOriginal(tx, { id: redactionOf, organisationId })) === null)
      return { begun: false, because: 'no-original' }
    // Two tabs that begin at once go on with one upload: room is asked for one after another.
    const hasRoom = await hasRoomFor(tx, organisationId, bytes)
    const same = { organisationId, madeBy: member.personId, name, fingerprint, bytes: BigInt(bytes), redactionOf }
    const open = await tx.evidenceUpload.findFirst({
      where: { ...same, evidenceId: null },
      select: { id: true, received: true },
    })
    if (open !== null) return { begun: true, id: open.id, received: Number(open.received) }
    if (!hasRoom) return { begun: false, because: 'no-room' }
    const count = await tx.evidenceUpload.count({ where: { organisationId, evidenceId: null } })
    if (count >= mostOpenUploads) return { begun: false, because: 'too-many' }
    const [id, at] = [newId(), now()]
    await tx.evidenceUpload.createMany({ data: [{ ...same, id, parts: [], createdAt: at, updatedAt: at }] })
    return { begun: true, id, received: 0 }
  })
}
