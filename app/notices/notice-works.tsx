import { m } from '#app/generated/messages/messages.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { TableFoot } from '#app/ui/pager.tsx'
import { Section } from '#app/ui/section.tsx'
import { Tabs } from '#app/ui/tabs.tsx'
import { Title } from '#app/ui/title.tsx'
import { AnswerCell } from './answer-cell.tsx'
import type { AnswerRow } from './find-answers.server.ts'
import type { AskedMeasure } from './find-notice.server.ts'
import { answersAddress, answersViews, type AnswersView } from './notice-query.ts'
import type { NoticeView } from './notice-view.ts'
import { measureWords } from './wording.ts'

const viewWords = {
  all: () => m.notices_works_all(),
  differ: () => m.notices_works_differ(),
  pending: () => m.notices_works_pending(),
  refused: () => m.notices_works_refused(),
} satisfies Record<AnswersView, () => string>

/** Works by measures: the default that holds for most, then the works with answers of their own. */
export function NoticeWorks({ view }: { view: NoticeView }) {
  const { notice, answers } = view
  const { reference } = notice
  const shown = answers.view
  return (
    <Section id="works" title={m.notices_works_title()} aside={size(view)}>
      <Tabs
        label={m.notices_works_show()}
        chosen={shown}
        tabs={answersViews.map((key) => ({
          key,
          label: viewWords[key](),
          href: answersAddress(reference, key),
          ...(answers.counts !== null && { count: answers.counts[key] }),
        }))}
      />
      <Matrix view={view} />
      {answers.rows.length === 0 && <Empty>{m.notices_works_none_here()}</Empty>}
      <TableFoot
        shown={shownWords(view)}
        pages={{
          previous: answers.previous ? answersAddress(reference, shown, answers.previous) : undefined,
          next: answers.next ? answersAddress(reference, shown, answers.next) : undefined,
        }}
        file={<a href={`/notices/${reference}/matrix.csv`}>{m.notices_works_csv()}</a>}
      />
    </Section>
  )
}

type Line = { readonly kind: 'default'; readonly name: string } | { readonly kind: 'work'; readonly row: AnswerRow }

function Matrix({ view }: { view: NoticeView }) {
  const { measures } = view.notice
  const lines: Line[] = [
    { kind: 'default', name: defaultName(view) },
    ...view.answers.rows.map((row): Line => ({ kind: 'work', row })),
  ]
  return (
    <DataTable
      rows={lines}
      rowKey={(line) => (line.kind === 'default' ? 'default' : line.row.workId)}
      isDefault={(line) => line.kind === 'default'}
      columns={[
        workColumn(view.notice.reference, measures.length),
        ...measures.map((measure) => measureColumn(measure)),
      ]}
    />
  )
}

function workColumn(reference: string, measures: number): Column<Line> {
  return {
    key: 'work',
    head: m.notices_works_work(),
    kind: 'row',
    // Titles run long, and few answers need little room.
    width: measures > 3 ? 'c-wide' : 'c-half',
    cell: (line) =>
      line.kind === 'default' ? (
        line.name
      ) : (
        <Title
          title={line.row.title}
          href={`/notices/${reference}/works/${line.row.workId}`}
          under={[line.row.externalId, line.row.year]}
        />
      ),
  }
}

function measureColumn(asked: AskedMeasure): Column<Line> {
  return {
    key: asked.measure,
    head: measureWords[asked.measure](),
    cell: (line) => <AnswerCell answer={line.kind === 'default' ? asked : answerOf(line.row, asked)} />,
  }
}

function answerOf({ cells }: AnswerRow, asked: AskedMeasure) {
  return cells.find(({ measure }) => measure === asked.measure) ?? asked
}

function defaultName({ notice, answers }: NoticeView): string {
  if (answers.counts === null) return m.notices_works_default_rest()
  const others = notice.works - answers.counts.differ
  if (answers.counts.differ === 0) return m.notices_works_default_all()
  return m.notices_works_default({ count: formatNumber(others) })
}

function size({ notice }: NoticeView): string {
  const { works, measures } = notice
  return m.notices_works_cells({
    works: m.notices_works({ count: formatNumber(works) }),
    measures: m.notices_measures_count({ count: formatNumber(measures.length) }),
    answers: m.notices_answers({ count: formatNumber(works * measures.length) }),
  })
}

function shownWords({ notice, answers }: NoticeView): string {
  const total = answers.counts?.[answers.view]
  const count = formatNumber(answers.rows.length)
  if (total === undefined) return m.notices_works({ count })
  return m.notices_works_shown({ shown: count, total: formatNumber(answers.view === 'all' ? notice.works : total) })
}
