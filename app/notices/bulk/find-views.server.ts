import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'

/** A view that was saved under a name: a person's own, or shared with the organisation. */
export interface SavedView {
  readonly id: string
  readonly name: string
  /** The part of the table's address after the question mark. */
  readonly query: string
  readonly shared: boolean
  readonly removable: boolean
}

/** So many views stand above the table. */
const mostShown = 100

/** The views that a member may open: own ones and those that are shared, by name. */
export async function findViews({ personId, organisation }: Member): Promise<readonly SavedView[]> {
  const rows = await withPerson(personId, (tx) =>
    tx.savedView.findMany({
      where: { organisationId: organisation.id },
      select: { id: true, name: true, query: true, shared: true, savedBy: true },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: mostShown,
    }),
  )
  return rows.map(({ savedBy, ...view }) => ({
    ...view,
    removable: savedBy === personId || (view.shared && mayDo(organisation.role, 'manage-organisation')),
  }))
}
