import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { findImport, type FoundImport } from './find-import.server.ts'

/** Why an import cannot be changed now. */
export type ImportRefusal = 'role' | 'no-import' | 'not-now'

/** What came of changing an import. */
export type ImportVerdict = { allowed: true } | { allowed: false; because: ImportRefusal }

/** An import of a catalogue, and who acts on it. */
export type ImportAsked = { member: Member; catalogueId: string; importId: string }

/** Runs `act` on an import that is in one of these states, as somebody who may change catalogues. */
export async function changeImport(
  { member, catalogueId, importId }: ImportAsked,
  from: readonly FoundImport['status'][],
  act: (tx: Transaction, found: FoundImport) => Promise<void>,
): Promise<ImportVerdict> {
  if (!mayDo(member.organisation.role, 'edit-catalogues')) return { allowed: false, because: 'role' }
  return withPerson(member.personId, async (tx): Promise<ImportVerdict> => {
    // Two who press at once: the second waits here and finds the state that the first has left.
    await tx.$executeRaw`select from catalogue_import where id = ${importId}::uuid for update`
    const found = await findImport(tx, importId, catalogueId)
    if (found === null || found.organisationId !== member.organisation.id)
      return { allowed: false, because: 'no-import' }
    if (!from.includes(found.status)) return { allowed: false, because: 'not-now' }
    await act(tx, found)
    return { allowed: true }
  })
}
