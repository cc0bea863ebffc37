import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatDay, formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Name } from '#app/ui/title.tsx'
import type { InboxLine, InboxPartName } from './inbox.ts'
import { LatenessBadge } from './lateness-badge.tsx'
import { StageBadge } from './stage-badge.tsx'
import { kindWords } from './wording.ts'

interface InboxTableProps {
  readonly name: InboxPartName
  readonly lines: readonly InboxLine[]
  readonly caption: string
  /** Each line has a box. */
  readonly choose: boolean
  readonly chosen: ReadonlySet<string>
}

/** A part of the inbox: due date, rights holder, kind, works. */
export function InboxTable({ name, lines, caption, choose, chosen }: InboxTableProps) {
  const all = [...(choose ? [chooseColumn(chosen)] : []), ...columns(name)]
  return <DataTable walk rows={lines} rowKey={({ id }) => id} columns={all} caption={caption} />
}

function chooseColumn(chosen: ReadonlySet<string>): Column<InboxLine> {
  return {
    key: 'choose',
    head: <span className="sr">{m.vendors_inbox_column_choose()}</span>,
    kind: 'check',
    cell: ({ id, reference }) => (
      <input
        type="checkbox"
        name="notice"
        value={id}
        defaultChecked={chosen.has(id)}
        aria-label={m.vendors_inbox_choose({ reference })}
      />
    ),
  }
}

function columns(name: InboxPartName): readonly Column<InboxLine>[] {
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  return [
    {
      key: 'reference',
      head: m.notices_list_reference(),
      kind: 'row',
      cell: ({ reference }) => (
        <a className="ref" href={`/notices/${reference}`}>
          {reference}
        </a>
      ),
    },
    { key: 'due', head: m.vendors_inbox_column_due(), cell: (line) => <Due line={line} name={name} /> },
    {
      key: 'holder',
      head: m.vendors_inbox_column_holder(),
      cell: ({ holder, holderOther }) => <Name>{nameIn(locale, holder, holderOther)}</Name>,
    },
    { key: 'kind', head: m.vendors_inbox_column_kind(), cell: ({ kind }) => kindWords[kind]() },
    { key: 'works', head: m.vendors_inbox_column_works(), kind: 'number', cell: ({ works }) => formatNumber(works) },
    { key: 'stage', head: m.vendors_inbox_column_stage(), cell: ({ stage }) => <StageBadge stage={stage} /> },
  ]
}

function Due({ line, name }: { line: InboxLine; name: InboxPartName }) {
  const day = name === 'waiting' ? line.acknowledgeBy : line.decideBy
  return (
    <div>
      {day !== null && <time dateTime={day.toISOString().slice(0, 10)}>{formatDay(day, { weekday: true })}</time>}{' '}
      <LatenessBadge mark={line.mark} />
    </div>
  )
}
