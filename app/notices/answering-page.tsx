import { m } from '#app/generated/messages/messages.js'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import { Carried } from './answering-carried.tsx'
import { AnswerFields, type Faults } from './answering-fields.tsx'
import { AnsweringSettings } from './answering-settings.tsx'
import { AnsweringSummary } from './answering-summary.tsx'
import type { AnsweringView } from './answering-view.ts'
import { AnsweringWorks } from './answering-works.tsx'
import { wordFaults } from './answering-wording.ts'
import { defaultField, type FieldFault, type TypedAnswer } from './answering.ts'
import { answersOf } from './measures.ts'
import { measureWords, outcomeWords } from './wording.ts'

/** The form with which a vendor answers a notice work by work. One form: what is set travels with it until it is recorded. */
export function AnsweringPage({ view }: { view: AnsweringView }) {
  const { draft, notice, preview, said } = view
  const leavesRest = notice.decidedAt === null && (preview.tally.pending ?? 0) > 0
  const { listed, byField } = wordFaults(view.faults, (fault) => typedAt(view, fault))
  return (
    <form method="post" className="stack close">
      <Carried draft={draft} />
      <ErrorSummary faults={[...said.map((text) => ({ text })), ...listed]} />
      <AnswersForAll view={view} faults={byField} />
      <AnsweringWorks view={view} faults={byField} />
      <AnsweringSettings settings={draft.settings} />
      <p className="bs">
        {leavesRest && <a href={`/notices/${view.notice.reference}/decide`}>{m.vendors_decide_link()}</a>}
        <a href={`/notices/${view.notice.reference}/answer/file`}>{m.sheets_link_from_page()}</a>
        <a href={`/notices/${view.notice.reference}/matrix.csv`}>{m.vendors_answer_csv()}</a>
        <a href={`/notices/${view.notice.reference}/annex.csv`}>{m.vendors_answer_annex()}</a>
      </p>
      <div className="bar">
        <AnsweringSummary view={view} />
        <button type="submit" className="b go" name="intent" value="review">
          {m.vendors_answer_review_button()}
        </button>
      </div>
    </form>
  )
}

function AnswersForAll({ view: { draft, notice }, faults }: { view: AnsweringView; faults: Faults }) {
  const nothing = { outcome: '', code: '', text: '', date: '' }
  return (
    <div className="panel pad">
      <Section id="for-all" title={m.vendors_answer_all_title()} aside={m.vendors_answer_all_help()}>
        {/* The first button answers the Enter key: it only shows the page again. */}
        <button type="submit" className="sr" name="intent" value="look" tabIndex={-1} aria-hidden="true">
          {m.vendors_answer_show_button()}
        </button>
        <div className="auto">
          {notice.measures.map(({ measure, outcome }) => (
            <div className="asks" key={measure}>
              <AnswerFields
                field={defaultField(measure)}
                label={measureWords[measure]()}
                typed={draft.defaults[measure] ?? nothing}
                outcomes={answersOf(measure)}
                empty={m.vendors_answer_leave({ outcome: outcomeWords[outcome]() })}
                faults={faults}
              />
            </div>
          ))}
        </div>
        <label className="choice gap">
          <input type="checkbox" name="clear" defaultChecked={draft.clear} />
          {m.vendors_answer_clear()}
        </label>
      </Section>
    </div>
  )
}

function typedAt({ draft }: AnsweringView, { id, fault }: FieldFault): TypedAnswer | undefined {
  if (fault.because !== 'not-for-this-measure') return undefined
  return id.startsWith('s-') ? draft.chosen.answer : draft.defaults[fault.measure]
}

/** The line under the title: who asks what, for how many works, until when. */
export function answeringLead({ notice, holder }: Pick<AnsweringView, 'notice' | 'holder'>, due: string): string {
  const count = notice.measures.length
  const lead = m.vendors_answer_lead({
    holder,
    measures: m.vendors_answer_measures({ n: count, count: formatNumber(count) }),
    works: m.notices_works({ count: formatNumber(notice.works) }),
  })
  return due === '' ? lead : m.vendors_answer_lead_due({ lead, date: due })
}
