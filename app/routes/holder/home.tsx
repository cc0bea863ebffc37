import { redirect } from 'react-router'
import { mayDo } from '#app/accounts/roles.ts'
import { requireMember } from '#app/accounts/viewer.server.ts'
import { findWaitingAnnexes } from '#app/associations/find-annex.server.ts'
import { WaitingAnnexes } from '#app/associations/waiting-annexes.tsx'
import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { findHome } from '#app/notices/find-home.server.ts'
import { HomeAnswers } from '#app/notices/home-answers.tsx'
import { HomeNeeds } from '#app/notices/home-needs.tsx'
import { HomeStages } from '#app/notices/home-stages.tsx'
import { railOf } from '#app/routes/navigation.ts'
import { cityOf } from '#app/ui/cities.ts'
import { Empty } from '#app/ui/empty.tsx'
import { dayOf, formatDayInFull } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import type { Route } from './+types/home.ts'

export const meta = () => pageTitle(m.ui_nav_home())

export async function loader({ context }: Route.LoaderArgs) {
  const member = requireMember(context)
  const { kind, role } = member.organisation
  // Each kind of organisation has its own first page; only the holder's is this one.
  if (kind !== 'rights_holder') throw redirect(railOf[kind][0].href, 303)
  return {
    home: await findHome(member),
    annexes: await findWaitingAnnexes(member),
    timeZone: member.timeZone,
    mayFile: mayDo(role, 'file-notices'),
  }
}

/** What a rights holder finds first: what waits, where everything stands, what was answered. */
export default function HomePage({ loaderData: { home, annexes, timeZone, mayFile } }: Route.ComponentProps) {
  const city = cityOf(timeZone, getLocale() === 'ja' ? 'ja' : 'en')
  const file = mayFile && (
    <a className="b go" href="/notices/new" data-file>
      {m.notices_list_file()}
    </a>
  )
  return (
    <>
      <PageHead title={m.ui_nav_home()} acts={file}>
        {m.notices_home_today({ day: formatDayInFull(dayOf(home.at, timeZone)), city })}
      </PageHead>
      <WaitingAnnexes annexes={annexes} timeZone={timeZone} />
      {home.total === 0 && home.drafts === 0 ? (
        <Empty
          act={
            <a className="b" href="/catalogues">
              {m.notices_home_first_act()}
            </a>
          }
        >
          {m.notices_home_first()}
        </Empty>
      ) : (
        <div className="stack">
          <HomeNeeds home={home} timeZone={timeZone} />
          <HomeStages home={home} />
          <HomeAnswers home={home} timeZone={timeZone} />
        </div>
      )}
    </>
  )
}
