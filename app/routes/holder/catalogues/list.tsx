import { mayDo } from '#app/accounts/roles.ts'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { CataloguesTable } from '#app/catalogues/catalogues-table.tsx'
import { findCatalogues } from '#app/catalogues/find-catalogues.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { withPerson } from '#app/platform/db.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/list.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.catalogues_title())

export async function loader({ context }: Route.LoaderArgs) {
  const { personId, organisation, timeZone } = requireMember(context, ['rights_holder'])
  const catalogues = await withPerson(personId, (tx) => findCatalogues(tx, organisation.id))
  return { catalogues, timeZone, mayEdit: mayDo(organisation.role, 'edit-catalogues') }
}

/** The catalogues of the organisation. */
export default function Catalogues({ loaderData: { catalogues, timeZone, mayEdit } }: Route.ComponentProps) {
  const act = mayEdit ? <LinkButton href="/catalogues/new">{m.catalogues_new()}</LinkButton> : undefined
  return (
    <>
      <PageHead title={m.catalogues_title()} acts={catalogues.length > 0 ? act : undefined}>
        {m.catalogues_intro()}
      </PageHead>
      {catalogues.length === 0 ? (
        <Empty act={act}>{mayEdit ? m.catalogues_none() : m.catalogues_none_other()}</Empty>
      ) : (
        <CataloguesTable catalogues={catalogues} timeZone={timeZone} />
      )}
    </>
  )
}
