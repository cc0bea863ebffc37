import { data } from 'react-router'
import { OneLetter } from '#app/associations/collective-letters.tsx'
import { findLinkedFiling } from '#app/associations/find-received.server.ts'
import { ReceivedNotices } from '#app/associations/received-parts.tsx'
import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import { Section } from '#app/ui/section.tsx'
import { getLocale } from '#app/generated/messages/runtime.js'
import type { Route } from './+types/collective-link.ts'

export const meta: Route.MetaFunction = () => [
  ...pageTitle(m.collective_link_title()),
  { name: 'robots', content: 'noindex' },
]

// Mail scanners open links: this page only lists, and each notice is answered on its own page.
export async function loader({ params, request }: Route.LoaderArgs) {
  const found = await findLinkedFiling(params.token, new URL(request.url).searchParams.get('after'))
  return data(
    { found, path: `/c/${params.token}` },
    { status: found === null ? 404 : 200, headers: { 'X-Robots-Tag': 'noindex' } },
  )
}

/** All notices of a collective filing to one vendor, for its contact: each opens with its own link. */
export default function CollectiveLink({ loaderData: { found, path } }: Route.ComponentProps) {
  if (found === null) return <PageHead title={m.collective_link_gone()}>{m.collective_link_gone_text()}</PageHead>
  const { filing, association, associationOther, vendor, cover, notices, total, next } = found
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  const tokenOf = new Map(notices.map(({ id, token }) => [id, token]))
  return (
    <>
      <PageHead title={m.collective_received_title({ association: nameIn(locale, association, associationOther) })}>
        {m.collective_link_lead({ vendor, filing })}
      </PageHead>
      <div className="stack">
        {cover !== null && <OneLetter title={m.collective_cover()} letter={cover} open={false} />}
        <Section id="notices" title={m.collective_notices()} aside={formatNumber(total)}>
          <ReceivedNotices
            notices={notices}
            choose={false}
            chosen={new Set()}
            addressOf={({ id }) => `/n/${tokenOf.get(id) ?? ''}`}
          />
          <TableFoot
            shown={m.collective_shown({ shown: formatNumber(notices.length), count: formatNumber(total) })}
            pages={{ next: next === null ? undefined : `${path}?after=${encodeURIComponent(next)}` }}
          />
        </Section>
      </div>
    </>
  )
}
