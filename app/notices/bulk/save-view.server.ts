import type { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import type { savedViewForm } from './saved-view.ts'
import { readTableQuery, tableSearch } from './table-query.ts'

/**
 * Saves what a table shows under a name: anew where the same person has used the name before. Sharing is for those who act
 * for the organisation; from others the view stays their own.
 *
 * @returns its id
 */
export async function saveView(
  { personId, organisation }: Member,
  { name, query, shared }: z.output<typeof savedViewForm>,
): Promise<string> {
  // Read and written again: what is kept is an address that the table knows.
  const { filter, order, columns } = readTableQuery(`https://table.invalid/?${query}`)
  const view = {
    name,
    query: tableSearch({ filter, order, columns }),
    shared: shared === 'on' && mayDo(organisation.role, 'file-notices'),
  }
  const own = { organisationId: organisation.id, savedBy: personId }
  const id = newId()
  await withPerson(personId, async (tx) => {
    await tx.savedView.deleteMany({ where: { ...own, name } })
    await tx.savedView.createMany({ data: [{ id, ...own, ...view, savedAt: now() }] })
  })
  return id
}

/** Removes a view: one's own, or as an owner a shared one. */
export async function removeView({ personId, organisation }: Member, id: string): Promise<boolean> {
  const { count } = await withPerson(personId, (tx) =>
    tx.savedView.deleteMany({ where: { id, organisationId: organisation.id } }),
  )
  return count === 1
}
