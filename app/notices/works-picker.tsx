import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Title } from '#app/ui/title.tsx'
import { AnswerCell } from './answer-cell.tsx'
import type { AnswerRow } from './find-answers.server.ts'
import type { WorksFound } from './find-works-to-answer.server.ts'
import type { DefaultAnswer } from './preview-answers.server.ts'
import { measureWords } from './wording.ts'

interface PickerProps {
  readonly works: WorksFound
  readonly mostCounted: number
  readonly caption: string
  readonly ticked: readonly string[]
  /** Says what ticking a work means, for those who do not see the table. */
  readonly label: (title: string) => string
  /** The answers for all, where the table shows how each work was answered. */
  readonly answers?: readonly DefaultAnswer[]
}

const noAnswers: readonly DefaultAnswer[] = []

/** Works to tick within a form, page by page: its buttons send the form, so that nothing typed in it is lost. */
export function WorksPicker({ works, mostCounted, caption, ticked, label, answers = noAnswers }: PickerProps) {
  const { matching, rows, previous, next } = works
  const many = matching > mostCounted ? `${formatNumber(mostCounted)}+` : formatNumber(matching)
  const here = new Set(rows.map(({ workId }) => workId))
  return (
    <div className="gap">
      {ticked
        .filter((id) => !here.has(id))
        .map((id) => (
          <input key={id} type="hidden" name="work" value={id} />
        ))}
      {rows.length === 0 ? (
        <Empty>{m.vendors_answer_none()}</Empty>
      ) : (
        <DataTable
          walk
          rows={rows}
          rowKey={({ workId }) => workId}
          columns={worksColumns(new Set(ticked), label, answers)}
          caption={caption}
        />
      )}
      <div className="foot">
        <span>{m.vendors_answer_count({ shown: formatNumber(rows.length), matching: many })}</span>
        <span className="bs">
          {previous && (
            <Button name="intent" value={intentOf(previous)}>
              {m.vendors_answer_previous()}
            </Button>
          )}
          {next && (
            <Button name="intent" value={intentOf(next)}>
              {m.vendors_answer_next()}
            </Button>
          )}
        </span>
      </div>
    </div>
  )
}

/** The words that the picker's table looks for, with the button that looks. */
export function WorksWords({ text }: { text: string }) {
  return (
    <span className="bs">
      <input name="q" type="search" defaultValue={text} maxLength={200} aria-label={m.questions_ask_words()} />
      <Button name="intent" value="look">
        {m.ui_show()}
      </Button>
    </span>
  )
}

function intentOf(cursor: NonNullable<WorksFound['next']>): string {
  return 'after' in cursor ? `after:${cursor.after}` : `before:${cursor.before}`
}

/** The columns of works to tick: the box, the work, and where wanted how each was answered. A withdrawn work cannot be ticked. */
export function worksColumns(
  ticked: ReadonlySet<string>,
  label: PickerProps['label'],
  answers: readonly DefaultAnswer[] = noAnswers,
): readonly Column<AnswerRow>[] {
  return [
    {
      key: 'choose',
      head: <span className="sr">{m.vendors_answer_choose_column()}</span>,
      kind: 'check',
      cell: (row) => (
        <input
          type="checkbox"
          name="work"
          value={row.workId}
          defaultChecked={ticked.has(row.workId)}
          disabled={isGone(row)}
          aria-label={label(row.title)}
        />
      ),
    },
    {
      key: 'work',
      head: m.notices_works_work(),
      kind: 'row',
      cell: (row) => (
        <Title title={row.title} under={[row.externalId, row.year, isGone(row) ? m.vendors_withdraw_gone() : null]} />
      ),
    },
    ...answers.map((asked): Column<AnswerRow> => ({
      key: asked.measure,
      head: measureWords[asked.measure](),
      cell: ({ cells }) => <AnswerCell answer={cells.find(({ measure }) => measure === asked.measure) ?? asked} />,
    })),
  ]
}

function isGone({ cells }: AnswerRow): boolean {
  return cells.some(({ outcome }) => outcome === 'withdrawn')
}
