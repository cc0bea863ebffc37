import { mayDo } from '#app/accounts/roles.ts'
import { CatalogueHistory } from '#app/catalogues/catalogue-history.tsx'
import { findWorks } from '#app/catalogues/find-works.server.ts'
import { OpenImports } from '#app/catalogues/open-imports.tsx'
import { SampleNote } from '#app/catalogues/sample-note.tsx'
import { WorksList } from '#app/catalogues/works-list.tsx'
import { readWorksQuery } from '#app/catalogues/works-query.ts'
import { m } from '#app/generated/messages/messages.js'
import { withPerson } from '#app/platform/db.server.ts'
import { LinkButton } from '#app/ui/button.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Name } from '#app/ui/title.tsx'
import type { Route } from './+types/catalogue.ts'
import { refuse, requireCatalogue } from './doors.server.ts'

export const meta: Route.MetaFunction = ({ loaderData }) =>
  pageTitle(loaderData?.catalogue.name ?? m.catalogues_title())

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { member, catalogue } = await requireCatalogue(context, params.id)
  const { filter, cursor } = readWorksQuery(request.url)
  const version = filter.version ?? catalogue.currentVersion
  if (version > catalogue.currentVersion) refuse(404)
  const page = await withPerson(member.personId, (tx) =>
    findWorks(tx, { catalogueId: catalogue.id, version, filter, cursor }),
  )
  return {
    catalogue,
    version,
    filter,
    page,
    timeZone: member.timeZone,
    mayEdit: mayDo(member.organisation.role, 'edit-catalogues'),
  }
}

/** One catalogue: its works, the imports under way, its versions. */
export default function Catalogue({ loaderData }: Route.ComponentProps) {
  const { catalogue, version, mayEdit, timeZone } = loaderData
  const works = catalogue.versions.find((each) => each.version === version)?.works ?? 0
  return (
    <>
      <PageHead
        title={<Name>{catalogue.name}</Name>}
        crumbs={[{ label: m.catalogues_title(), href: '/catalogues' }, { label: <Name>{catalogue.name}</Name> }]}
        acts={
          mayEdit &&
          catalogue.currentVersion > 0 && (
            <>
              <LinkButton href={`/catalogues/${catalogue.id}/works/new`}>{m.catalogues_add_work()}</LinkButton>
              <LinkButton href={`/catalogues/${catalogue.id}/import`}>{m.catalogues_import()}</LinkButton>
            </>
          )
        }
      >
        {catalogue.currentVersion > 0 &&
          m.catalogues_works_at({ works: m.catalogues_works({ count: formatNumber(works) }), version })}
      </PageHead>
      <div className="stack close">
        <SampleNote isSample={catalogue.isSample} credit={catalogue.credit} />
        <div>
          <WorksList {...loaderData} />
        </div>
        {mayEdit && <OpenImports imports={catalogue.openImports} catalogueId={catalogue.id} timeZone={timeZone} />}
        <CatalogueHistory catalogue={catalogue} timeZone={timeZone} />
      </div>
    </>
  )
}
