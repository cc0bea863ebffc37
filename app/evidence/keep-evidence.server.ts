import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { keepObject, TooLargeError, type StoredObject } from '#app/platform/objects.server.ts'
import { addPiece, type PieceRefusal } from './add-piece.server.ts'
import { detectType, headBytes, type Detected } from './detect-type.server.ts'
import { maxEvidenceBytes, type MediaType } from './media-kinds.ts'

/** Why a file was not kept. */
export type KeepRefusal = 'role' | 'too-large' | Extract<Detected, { kept: false }>['because'] | PieceRefusal

/** What came of sending a file. */
export type Kept =
  | { readonly kept: true; readonly id: string; readonly sha256: string }
  | { readonly kept: false; readonly because: KeepRefusal }

/** The bytes of a file as they arrive, to be read once. */
export type Arriving = AsyncIterable<Uint8Array>

/**
 * Keeps a file as evidence: told by its first bytes, hashed while it arrives, on the disk before its row is written.
 *
 * @param given.id makes sending the same form twice keep one piece
 */
export async function keepEvidence(given: {
  member: Member
  id: string
  name: string
  content: Arriving
  redactionOf?: string | null
}): Promise<Kept> {
  const { member, id, name } = given
  if (!mayDo(member.organisation.role, 'keep-evidence')) return { kept: false, because: 'role' }
  const file = await keepFile(given.content)
  if (!file.kept) return file
  const { type, stored } = file
  const redactionOf = given.redactionOf ?? null
  const because = await withPerson(member.personId, (tx) =>
    addPiece(tx, member, { id, name, type, stored, redactionOf }),
  )
  return because === null ? { kept: true, id, sha256: stored.sha256 } : { kept: false, because }
}

/** Keeps the bytes of a file if it is of a kind that is kept; of any other nothing stays. */
export async function keepFile(
  content: Arriving,
  mostBytes = maxEvidenceBytes,
): Promise<
  | { readonly kept: true; readonly type: MediaType; readonly stored: StoredObject }
  | { readonly kept: false; readonly because: 'too-large' | 'empty' | 'program' | 'kind' }
> {
  const source = content[Symbol.asyncIterator]()
  const head = await readHead(source)
  const detected = await detectType(head)
  if (!detected.kept) return detected
  try {
    return { kept: true, type: detected.type, stored: await keepObject(joined(head, source), mostBytes) }
  } catch (error) {
    if (error instanceof TooLargeError) return { kept: false, because: 'too-large' }
    throw error
  }
}

async function readHead(source: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  while (bytes < headBytes) {
    const { value, done } = await source.next()
    if (done === true) break
    chunks.push(value)
    bytes += value.length
  }
  return Buffer.concat(chunks)
}

async function* joined(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head
  for (;;) {
    const { value, done } = await rest.next()
    if (done === true) return
    yield value
  }
}
