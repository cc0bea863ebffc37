import { mayDo } from '#app/accounts/roles.ts'
import { SampleNote } from '#app/catalogues/sample-note.tsx'
import { WorkFacts, WorkHistory } from '#app/catalogues/work-page.tsx'
import { m } from '#app/generated/messages/messages.js'
import { LinkButton } from '#app/ui/button.tsx'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Name } from '#app/ui/title.tsx'
import type { Route } from './+types/work.ts'
import { requireWork } from './doors.server.ts'

export const meta: Route.MetaFunction = ({ loaderData }) =>
  pageTitle(loaderData?.found.work.title ?? m.catalogues_work_title())

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const { member, catalogue, found } = await requireWork(context, params)
  const { id, name, isSample, credit } = catalogue
  const saved = new URL(request.url).searchParams.get('saved')
  return {
    catalogue: { id, name, isSample, credit },
    found,
    timeZone: member.timeZone,
    mayEdit: found.isCurrent && mayDo(member.organisation.role, 'edit-catalogues'),
    saved: saved === null ? null : /^\d+$/u.test(saved) ? Number(saved) : 'same',
  }
}

/** One work: titles, identifiers and locations, rights, history. */
export default function Work({ loaderData: { catalogue, found, timeZone, mayEdit, saved } }: Route.ComponentProps) {
  const { work, spans, isCurrent } = found
  return (
    <>
      <PageHead
        title={<Name>{work.title}</Name>}
        crumbs={[
          { label: m.catalogues_title(), href: '/catalogues' },
          { label: <Name>{catalogue.name}</Name>, href: `/catalogues/${catalogue.id}` },
          { label: <Name>{work.title}</Name> },
        ]}
        acts={
          mayEdit && (
            <LinkButton href={`/catalogues/${catalogue.id}/works/${work.workId}/edit`}>
              {m.catalogues_work_edit()}
            </LinkButton>
          )
        }
      />
      <div className="stack close">
        {saved !== null && (
          <Note tone={saved === 'same' ? 'info' : 'agreed'} status>
            <p>{saved === 'same' ? m.catalogues_edit_same() : m.catalogues_saved({ version: String(saved) })}</p>
          </Note>
        )}
        {!isCurrent && (
          <Note tone="question">
            <p>{m.catalogues_work_removed()}</p>
          </Note>
        )}
        <SampleNote isSample={catalogue.isSample} credit={catalogue.credit} />
        <WorkFacts work={work} />
        <WorkHistory spans={spans} timeZone={timeZone} />
      </div>
    </>
  )
}
