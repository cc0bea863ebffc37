import { m } from '#app/generated/messages/messages.js'
import { DataTable } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import { AnswerFields, type Faults } from './answering-fields.tsx'
import { AnsweringSummary } from './answering-summary.tsx'
import { wordFaults } from './answering-wording.ts'
import { defaultField } from './answering.ts'
import { sumOf } from './deciding.ts'
import type { DecidingView } from './find-deciding.server.ts'
import { answersOf } from './measures.ts'
import { measureWords } from './wording.ts'

/** The form with which a vendor declares its decision: what stands, the effect, one answer for each measure, the button. */
export function DecidingPage({ view }: { view: DecidingView }) {
  const { notice, tally, pending, said, typed } = view
  const n = sumOf(pending)
  const count = formatNumber(n)
  const { listed, byField } = wordFaults(view.faults, ({ fault }) =>
    'measure' in fault ? typed[fault.measure] : undefined,
  )
  return (
    <form method="post" className="stack close">
      <input type="hidden" name="pending" value={n} />
      <ErrorSummary faults={[...said.map((text) => ({ text })), ...listed]} />
      <Standing view={view} />
      <Rest view={view} faults={byField} />
      <div className="bar">
        <AnsweringSummary view={{ notice, preview: { tally, recorded: null } }} />
        <button type="submit" className="b go">
          {m.vendors_decide_button({ n, count })}
        </button>
      </div>
    </form>
  )
}

function Standing({ view: { notice, pending } }: { view: DecidingView }) {
  const left = new Map(pending.map((each) => [each.measure, each.pending]))
  return (
    <Section id="standing" title={m.vendors_decide_standing()}>
      <DataTable
        caption={m.vendors_decide_standing()}
        rows={notice.measures.map(({ measure }) => ({ measure, pending: left.get(measure) ?? 0 }))}
        rowKey={({ measure }) => measure}
        columns={[
          {
            key: 'measure',
            head: m.vendors_decide_column_measure(),
            kind: 'row',
            cell: ({ measure }) => measureWords[measure](),
          },
          {
            key: 'given',
            head: m.vendors_decide_column_given(),
            kind: 'number',
            cell: (row) => formatNumber(notice.works - row.pending),
          },
          {
            key: 'pending',
            head: m.vendors_decide_column_pending(),
            kind: 'number',
            cell: (row) => formatNumber(row.pending),
          },
        ]}
      />
    </Section>
  )
}

function Rest({ view, faults }: { view: DecidingView; faults: Faults }) {
  const { notice, holder, pending, typed } = view
  const n = sumOf(pending)
  const nothing = { outcome: '', code: '', text: '', date: '' }
  return (
    <div className="panel pad">
      <Section id="rest" title={m.vendors_decide_rest()}>
        <p>
          <b>{m.vendors_decide_effect({ n, count: formatNumber(n), holder })}</b>
        </p>
        {notice.acknowledgedAt === null && <p>{m.vendors_decide_acknowledges()}</p>}
        <p>{m.vendors_answer_review_correction({ holder })}</p>
        <div className="auto gap">
          {pending.map((each) => (
            <div className="asks" key={each.measure}>
              <AnswerFields
                field={defaultField(each.measure)}
                label={m.vendors_decide_field({
                  measure: measureWords[each.measure](),
                  count: formatNumber(each.pending),
                })}
                typed={typed[each.measure] ?? nothing}
                outcomes={answersOf(each.measure)}
                empty={m.vendors_answer_set_choose()}
                faults={faults}
              />
            </div>
          ))}
        </div>
      </Section>
    </div>
  )
}
