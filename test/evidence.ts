import type { Member } from '#app/accounts/viewer.server.ts'
import { keepEvidence } from '#app/evidence/keep-evidence.server.ts'
import { newId } from '#app/platform/id.ts'
import { aPicture } from './pictures.ts'

/** The bytes of a file in chunks, as a connection brings them. */
export async function* arriving(bytes: Uint8Array, size = 50_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** A kept picture: its id and hash. */
export async function aPiece(
  member: Member,
  {
    name = 'output.png',
    bytes = aPicture(),
    redactionOf = null,
  }: { name?: string; bytes?: Buffer; redactionOf?: string | null } = {},
): Promise<{ id: string; sha256: string }> {
  const kept = await keepEvidence({ member, id: newId(), name, content: arriving(bytes), redactionOf })
  if (!kept.kept) throw new Error(kept.because)
  return kept
}
