import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { measureWords, kindWords } from '#app/notices/wording.ts'
import { Button, LinkButton } from '#app/ui/button.tsx'
import type { Column } from '#app/ui/data-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import { Section } from '#app/ui/section.tsx'
import { ActForms } from './act-forms.tsx'
import type { ActPage } from './find-act.server.ts'
import type { TableRow } from './find-table.server.ts'
import { defaultColumns, type TableCursor, type TableFilter } from './table-query.ts'
import { TableRows } from './table-rows.tsx'
import { stateWords } from './table-words.ts'

interface ChoosingPageProps {
  readonly page: ActPage & { readonly chosen: NonNullable<ActPage['chosen']> }
  /** Where the page lies, and the table from which was chosen. */
  readonly path: string
  readonly table: string
  readonly timeZone: string
  /** May act for the organisation; others take files. */
  readonly mayAct: boolean
  readonly fault: { readonly act: string; readonly text: string } | null
  readonly typed: Readonly<Record<string, string>>
}

/** The notices that were chosen: what to do with them, and which to leave out. */
export function ChoosingPage({ page, path, table, timeZone, mayAct, fault, typed }: ChoosingPageProps) {
  const { act, chosen } = page
  const { selection } = act
  const left = selection.kind === 'all' ? selection.except.length : 0
  const address = (cursor: TableCursor) => (cursor === null ? undefined : `${path}?${cursor.way}=${cursor.id}`)
  if (chosen.matching === 0)
    return <Empty act={<LinkButton href={table}>{m.bulk_choose_again()}</LinkButton>}>{m.bulk_refused_nothing()}</Empty>
  return (
    <div className="stack">
      <Section id="do" title={m.bulk_do()}>
        <ActForms total={chosen.matching} people={page.people} {...{ mayAct, fault, typed }} />
      </Section>
      <Section id="chosen" title={m.bulk_chosen()} aside={<LeftOut count={left} />}>
        <p className="cap below-sm">
          {selection.kind === 'all' ? m.bulk_frozen({ filter: filterSentence(selection.filter) }) : m.bulk_ticked()}
        </p>
        <form method="post">
          <TableRows
            rows={chosen.rows}
            base={table}
            query={{ filter: {}, order: 'newest', columns: defaultColumns, cursor: null, view: undefined }}
            timeZone={timeZone}
            check={leaveOut}
          />
          <div className="foot">
            <Button name="intent" value="leave-out">
              {m.bulk_leave_out()}
            </Button>
          </div>
        </form>
        <TableFoot
          shown={m.notices_list_shown({
            shown: formatNumber(chosen.rows.length),
            total: formatNumber(chosen.matching),
          })}
          pages={{ previous: address(chosen.previous), next: address(chosen.next) }}
        />
      </Section>
    </div>
  )
}

const leaveOut: Column<TableRow> = {
  key: 'out',
  get head() {
    return <span className="sr">{m.bulk_leave_out_head()}</span>
  },
  kind: 'check',
  cell: ({ id, reference }) => (
    <input type="checkbox" name="notice" value={id} aria-label={m.bulk_leave_out_one({ reference })} />
  ),
}

function LeftOut({ count }: { count: number }): ReactNode {
  if (count === 0) return null
  return (
    <form method="post">
      <span className="cap">{m.bulk_left_out({ n: count, count: formatNumber(count) })}</span>{' '}
      <Button look="bare" name="intent" value="put-back">
        {m.bulk_put_back()}
      </Button>
    </form>
  )
}

// What was filtered by, as far as words without a look into the database can say it.
function filterSentence({ q, kind, measure, state, from, to, tag, ...others }: TableFilter): string {
  const said = [
    ...(q === undefined ? [] : [`“${q}”`]),
    ...(kind === undefined ? [] : [kindWords[kind]()]),
    ...(measure === undefined ? [] : [measureWords[measure]()]),
    ...(state === undefined ? [] : [stateWords[state]()]),
    ...(tag === undefined ? [] : [`${m.bulk_tag()}: ${tag}`]),
    ...(from === undefined && to === undefined ? [] : [`${from ?? ''}–${to ?? ''}`]),
    ...(others.member === undefined ? [] : [m.bulk_filter_one_member()]),
    ...(others.vendor === undefined ? [] : [m.bulk_filter_one_vendor()]),
    ...(others.assignee === undefined ? [] : [m.bulk_filter_assigned()]),
  ]
  return said.length === 0 ? m.bulk_filter_none() : said.join(' · ')
}
