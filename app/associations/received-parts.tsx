import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatDay, formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Section } from '#app/ui/section.tsx'
import { Name } from '#app/ui/title.tsx'
import { StageBadge } from '#app/notices/stage-badge.tsx'
import type { Stage } from '#app/notices/stages.ts'

interface ReceivedLine {
  readonly reference: string
  readonly association: string
  readonly associationOther: string | null
  readonly notices: number
  readonly works: number
  readonly unacknowledged: number
  readonly undecided: number
  readonly acknowledgeBy: Date | null
  readonly decideBy: Date | null
}

/** Collective filings in a vendor's inbox: one item each. */
export function ReceivedFilings({ lines }: { lines: readonly ReceivedLine[] }) {
  if (lines.length === 0) return null
  return (
    <div className="below">
      <Section id="collective" title={m.collective_inbox()} aside={formatNumber(lines.length)}>
        <DataTable
          walk
          rows={lines}
          rowKey={({ reference }) => reference}
          columns={filingColumns()}
          caption={m.collective_inbox()}
        />
      </Section>
    </div>
  )
}

function filingColumns(): readonly Column<ReceivedLine>[] {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  return [
    {
      key: 'filing',
      head: m.collective_column_filing(),
      kind: 'row',
      cell: ({ reference, association, associationOther }) => (
        <>
          <a href={`/inbox/filings/${reference}`}>
            <Name>{nameIn(locale, association, associationOther)}</Name>
          </a>
          <span className="t-id ref">{reference}</span>
        </>
      ),
    },
    { key: 'notices', head: m.collective_notices(), kind: 'number', cell: ({ notices }) => formatNumber(notices) },
    { key: 'works', head: m.collective_works(), kind: 'number', cell: ({ works }) => formatNumber(works) },
    {
      key: 'unacknowledged',
      head: m.collective_unacknowledged(),
      kind: 'number',
      cell: ({ unacknowledged }) => formatNumber(unacknowledged),
    },
    {
      key: 'undecided',
      head: m.collective_undecided(),
      kind: 'number',
      cell: ({ undecided }) => formatNumber(undecided),
    },
    {
      key: 'due',
      head: m.collective_due(),
      cell: ({ acknowledgeBy, decideBy }) => {
        const day = acknowledgeBy ?? decideBy
        return day === null ? '' : formatDay(day, { weekday: true })
      },
    },
  ]
}

interface Notice {
  readonly id: string
  readonly reference: string
  readonly holder: string
  readonly holderOther: string | null
  readonly works: number
  readonly stage: Stage
}

interface NoticesProps {
  readonly notices: readonly Notice[]
  readonly choose: boolean
  readonly chosen: ReadonlySet<string>
  readonly addressOf: (notice: Notice) => string
}

/** The notices of a collective filing, unfolded by member. */
export function ReceivedNotices({ notices, ...rest }: NoticesProps) {
  return (
    <DataTable
      walk
      rows={notices}
      rowKey={({ id }) => id}
      columns={noticeColumns(rest)}
      caption={m.collective_notices()}
    />
  )
}

function noticeColumns({ choose, chosen, addressOf }: Omit<NoticesProps, 'notices'>): readonly Column<Notice>[] {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  const named = ({ holder, holderOther }: Notice) => nameIn(locale, holder, holderOther)
  const box: Column<Notice> = {
    key: 'choose',
    head: <span className="sr">{m.collective_choose()}</span>,
    kind: 'check',
    cell: (notice) => (
      <input
        type="checkbox"
        name="notice"
        value={notice.id}
        defaultChecked={chosen.has(notice.id)}
        aria-label={named(notice)}
      />
    ),
  }
  return [
    ...(choose ? [box] : []),
    { key: 'member', head: m.collective_member(), kind: 'row', cell: (notice) => <Name>{named(notice)}</Name> },
    {
      key: 'reference',
      head: m.collective_column_notice(),
      cell: (notice) => (
        <a className="ref" href={addressOf(notice)}>
          {notice.reference}
        </a>
      ),
    },
    { key: 'works', head: m.collective_works(), kind: 'number', cell: ({ works }) => formatNumber(works) },
    { key: 'stage', head: m.collective_column_stage(), cell: ({ stage }) => <StageBadge stage={stage} /> },
  ]
}
