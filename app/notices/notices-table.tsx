import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatDay, formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Name } from '#app/ui/title.tsx'
import type { NoticeLine, NoticesPage } from './find-notices.server.ts'
import { EscalationBadge } from './escalation-badge.tsx'
import { LatenessBadge } from './lateness-badge.tsx'
import { ResultBadge } from './outcome-badge.tsx'
import { shownResult } from './outcomes.ts'
import { StageBadge } from './stage-badge.tsx'
import { kindWords, waitingWords } from './wording.ts'

/** The notices of a list, one a row. */
export function NoticesTable({ page }: { page: Pick<NoticesPage, 'notices' | 'side'> }) {
  return <DataTable walk rows={page.notices} rowKey={({ id }) => id} columns={columnsOf(page)} />
}

function columnsOf({ side }: Pick<NoticesPage, 'side'>): Column<NoticeLine>[] {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  return [
    {
      key: 'reference',
      head: m.notices_list_reference(),
      kind: 'row',
      cell: ({ reference, kind }) => (
        <>
          <a className="ref" href={`/notices/${reference}`}>
            {reference}
          </a>
          <span className="t-id">{kindWords[kind]()}</span>
        </>
      ),
    },
    {
      key: 'party',
      head: side === 'holder' ? m.notices_list_vendor() : m.notices_list_holder(),
      cell: ({ party, partyOther }) => <Name>{nameIn(locale, party, partyOther)}</Name>,
    },
    { key: 'works', head: m.notices_list_works(), kind: 'number', cell: ({ works }) => formatNumber(works) },
    { key: 'stage', head: m.notices_list_stage(), cell: (line) => <Standing line={line} /> },
    { key: 'outcome', head: m.notices_list_outcome(), cell: (line) => <ResultBadge outcome={shownResult(line)} /> },
    { key: 'waiting', head: m.notices_list_waiting(), cell: ({ waitingOn }) => waitingWords[waitingOn]() },
    { key: 'due', head: m.notices_list_due(), cell: (line) => <Due line={line} /> },
  ]
}

/** Where a notice stands, and whether it went further. */
export function Standing({ line: { stage, escalation } }: { line: Pick<NoticeLine, 'stage' | 'escalation'> }) {
  return (
    <>
      <StageBadge stage={stage} /> <EscalationBadge escalation={escalation} />
    </>
  )
}

type DueLine = Pick<NoticeLine, 'stage' | 'acknowledgedAt' | 'acknowledgeBy' | 'decideBy' | 'challengeBy' | 'mark'>

/** The next date of a notice, and what is late. */
export function Due({ line }: { line: DueLine }) {
  const day = nextDue(line)
  if (day === null && line.mark === null) return null
  return (
    <div>
      {day && <time dateTime={day.toISOString().slice(0, 10)}>{formatDay(day)}</time>}
      <div>
        <LatenessBadge mark={line.mark} />
      </div>
    </div>
  )
}

// The date that somebody has to keep next: none once the notice has ended, or while it waits to be sent.
function nextDue({ stage, acknowledgedAt, acknowledgeBy, decideBy, challengeBy }: DueLine): Date | null {
  if (stage === 'decided') return challengeBy
  if (stage === 'sent' || stage === 'delivered') return acknowledgedAt === null ? acknowledgeBy : decideBy
  return stage === 'acknowledged' || stage === 'in_review' || stage === 'clarification_needed' ? decideBy : null
}
