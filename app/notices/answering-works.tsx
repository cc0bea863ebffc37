import { m } from '#app/generated/messages/messages.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { FilterSelect, FilterText } from '#app/ui/filter-row.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { SelectField } from '#app/ui/fields.tsx'
import { Section } from '#app/ui/section.tsx'
import { Title } from '#app/ui/title.tsx'
import { AnswerCell } from './answer-cell.tsx'
import { AnswerFields, type Faults } from './answering-fields.tsx'
import type { AnsweringView } from './answering-view.ts'
import { viewWords } from './answering-wording.ts'
import type { AnswerRow } from './find-answers.server.ts'
import { answersOf } from './measures.ts'
import { answersViews } from './notice-query.ts'
import type { DefaultAnswer } from './preview-answers.server.ts'
import { measureWords } from './wording.ts'

/** The works that differ: a filter, the table with a box per work, and the answer to set for those ticked. */
export function AnsweringWorks({ view, faults }: { view: AnsweringView; faults: Faults }) {
  const { draft, preview } = view
  return (
    <Section id="works" title={m.vendors_answer_works_title()} aside={m.vendors_answer_works_help()}>
      <div className="filters flat below-sm" data-filters>
        <FilterText name="q" label={m.vendors_answer_find()} value={draft.look.text} />
        <FilterSelect
          name="show"
          label={m.vendors_answer_show()}
          any={viewWords.all()}
          options={answersViews.flatMap((value) => (value === 'all' ? [] : [{ value, label: viewWords[value]() }]))}
          value={draft.look.view}
        />
        <button type="submit" className="b" name="intent" value="look">
          {m.vendors_answer_show_button()}
        </button>
      </div>
      {preview.works.rows.length === 0 ? (
        <Empty>{m.vendors_answer_none()}</Empty>
      ) : (
        <>
          <DataTable
            walk
            rows={preview.works.rows}
            rowKey={({ workId }) => workId}
            columns={columns(view)}
            caption={m.vendors_answer_works_title()}
          />
          <Foot view={view} />
          <SetChosen view={view} faults={faults} />
        </>
      )}
    </Section>
  )
}

function columns({ draft, preview: { measures } }: AnsweringView): readonly Column<AnswerRow>[] {
  const ticked = new Set(draft.chosen.except ?? draft.chosen.workIds)
  return [
    {
      key: 'choose',
      head: <span className="sr">{m.vendors_answer_choose_column()}</span>,
      kind: 'check',
      cell: (row) => <Choose row={row} ticked={ticked.has(row.workId)} measures={measures} />,
    },
    {
      key: 'work',
      head: m.notices_works_work(),
      kind: 'row',
      cell: ({ title, externalId, year }) => <Title title={title} under={[externalId, year]} />,
    },
    ...measures.map((asked): Column<AnswerRow> => ({
      key: asked.measure,
      head: measureWords[asked.measure](),
      cell: ({ cells }) => <AnswerCell answer={cells.find(({ measure }) => measure === asked.measure) ?? asked} />,
    })),
  ]
}

function Choose({ row, ticked, measures }: { row: AnswerRow; ticked: boolean; measures: readonly DefaultAnswer[] }) {
  const isWithdrawn = row.cells.length === measures.length && row.cells.every(({ outcome }) => outcome === 'withdrawn')
  return (
    <input
      type="checkbox"
      name="work"
      value={row.workId}
      defaultChecked={ticked}
      disabled={isWithdrawn}
      aria-label={m.vendors_answer_choose({ title: row.title })}
    />
  )
}

function Foot({ view: { preview, mostCounted } }: { view: AnsweringView }) {
  const { rows, matching, previous, next } = preview.works
  const shown = formatNumber(rows.length)
  return (
    <div className="foot">
      <span>
        {matching > mostCounted
          ? m.vendors_answer_count_more({ shown, matching: formatNumber(mostCounted) })
          : m.vendors_answer_count({ shown, matching: formatNumber(matching) })}
      </span>
      <span className="pager">
        {previous !== null && 'before' in previous && (
          <button type="submit" className="word" name="intent" value={`before:${previous.before}`}>
            {m.vendors_answer_previous()}
          </button>
        )}
        {next !== null && 'after' in next && (
          <button type="submit" className="word" name="intent" value={`after:${next.after}`}>
            {m.vendors_answer_next()}
          </button>
        )}
      </span>
    </div>
  )
}

function SetChosen({ view: { draft, preview, mostCounted }, faults }: { view: AnsweringView; faults: Faults }) {
  const { chosen } = draft
  const { matching, rows } = preview.works
  const measures = preview.measures.map(({ measure }) => measure)
  const outcomes = [...new Set(measures.flatMap((measure) => answersOf(measure)))]
  const everything = matching > mostCounted ? `${formatNumber(mostCounted)}+` : formatNumber(matching)
  return (
    <fieldset className="panel pad gap">
      <legend className="sr">{m.vendors_answer_set_legend()}</legend>
      {matching > rows.length && (
        <div className="choices below-sm">
          <label className="choice">
            <input type="checkbox" name="everything" defaultChecked={chosen.everything} />
            {m.vendors_answer_everything({ count: everything })}
          </label>
          <label className="choice">
            <input type="checkbox" name="but" defaultChecked={chosen.except !== null} />
            {m.sheets_everything_but()}
          </label>
        </div>
      )}
      <LeftOut except={chosen.except ?? []} rows={rows} />
      <div className="asks row">
        <SelectField
          field={{ id: 's-measure', name: 's-measure', initialValue: chosen.measure === 'all' ? '' : chosen.measure }}
          label={m.vendors_answer_set_measure()}
          options={measures.map((measure) => ({ value: measure, label: measureWords[measure]() }))}
          empty={m.vendors_answer_set_every()}
        />
        <AnswerFields
          field="s"
          label={m.vendors_answer_set_outcome()}
          typed={chosen.answer}
          outcomes={outcomes}
          empty={m.vendors_answer_set_choose()}
          faults={faults}
        />
        <button type="submit" className="b" name="intent" value="set">
          {m.vendors_answer_set_button()}
        </button>
      </div>
    </fieldset>
  )
}

// Those on other pages travel with the form; those on this page are its ticked boxes.
function LeftOut({ except, rows }: { except: readonly string[]; rows: readonly AnswerRow[] }) {
  const shown = new Set(rows.map(({ workId }) => workId))
  const elsewhere = except.filter((id) => !shown.has(id))
  return (
    <>
      {elsewhere.length > 0 && (
        <p className="cap below-sm">
          {m.sheets_left_out_elsewhere({ n: elsewhere.length, count: formatNumber(elsewhere.length) })}
        </p>
      )}
      {elsewhere.map((id) => (
        <input key={id} type="hidden" name="except" value={id} />
      ))}
    </>
  )
}
