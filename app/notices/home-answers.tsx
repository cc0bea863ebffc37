import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { code } from '#app/ui/rich.ts'
import { Rich } from '#app/ui/rich.tsx'
import { Section } from '#app/ui/section.tsx'
import { Name } from '#app/ui/title.tsx'
import { DateOf } from '#app/ui/when.tsx'
import type { Home, RecentAnswer } from './find-home.server.ts'
import { ResultBadge } from './outcome-badge.tsx'
import { shownResult } from './outcomes.ts'

/** The latest that vendors have said. */
export function HomeAnswers({ home, timeZone }: { home: Home; timeZone: string }) {
  const all = (
    <a href="/notices">{m.notices_home_all({ notices: m.notices_notices({ count: formatNumber(home.total) }) })}</a>
  )
  return (
    <Section id="recent" title={m.notices_home_recent()} aside={all}>
      {home.recent.length === 0 ? (
        <Empty>{m.notices_home_recent_none()}</Empty>
      ) : (
        <DataTable walk rows={home.recent} rowKey={({ reference }) => reference} columns={columnsOf(timeZone)} />
      )}
    </Section>
  )
}

function columnsOf(timeZone: string): Column<RecentAnswer>[] {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  return [
    {
      key: 'when',
      head: m.notices_home_when(),
      width: 'c-when',
      kind: 'nowrap',
      cell: ({ at }) => <DateOf at={at} timeZone={timeZone} year={false} />,
    },
    {
      key: 'vendor',
      head: m.notices_list_vendor(),
      kind: 'row',
      cell: ({ reference, name, nameOther }) => (
        <>
          <a href={`/notices/${reference}`}>
            <Name>{nameIn(locale, name, nameOther)}</Name>
          </a>
          <span className="t-id ref">{reference}</span>
        </>
      ),
    },
    {
      key: 'said',
      head: m.notices_home_said(),
      cell: (answer) => (
        <span>
          <Rich text={saidBy(answer)} />
        </span>
      ),
    },
    { key: 'outcome', head: m.notices_list_outcome(), cell: (line) => <ResultBadge outcome={shownResult(line)} /> },
  ]
}

function saidBy({ stage, outcome, works, vendorReference }: RecentAnswer): string {
  const count = m.notices_works({ count: formatNumber(works) })
  if (stage === 'decided' || stage === 'closed' || stage === 'verifying')
    return m.notices_home_said_decided({ works: count })
  if (outcome !== 'pending') return m.notices_home_said_some({ works: count })
  return vendorReference === null
    ? m.notices_home_said_acknowledged({ works: count })
    : m.notices_home_said_reference({ reference: code(vendorReference) })
}
