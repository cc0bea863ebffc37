import { m } from '#app/generated/messages/messages.js'
import { AnswerFields } from '#app/notices/answering-fields.tsx'
import { answersOf, numberOf, type Measure } from '#app/notices/measures.ts'
import { measureWords } from '#app/notices/wording.ts'
import { Button } from '#app/ui/button.tsx'
import { ChecksField } from '#app/ui/choices.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'

/** One answer for the ticked notices or all, for all their works or those that words find, and for the same works elsewhere. */
export function ReceivedAnswerForm({ measures, total }: { measures: readonly Measure[]; total: number }) {
  const outcomes = [...new Set(measures.flatMap((measure) => answersOf(measure)))]
  return (
    <Section id="answer" title={m.collective_answer_once()}>
      <div className="fs">
        <p>{m.collective_answer_once_lead()}</p>
        <ChecksField
          field={{ id: 'measure', name: 'measure' }}
          label={m.approvals_measures()}
          choices={measures.map((measure) => ({
            value: measure,
            label: `${numberOf(measure)}. ${measureWords[measure]()}`,
          }))}
        />
        <AnswerFields
          field="answer"
          label={m.collective_outcome()}
          typed={{ outcome: '', code: '', text: '', date: '' }}
          outcomes={outcomes}
          empty={m.collective_outcome_choose()}
          faults={{}}
        />
        <InputField
          field={{ id: 'works', name: 'works' }}
          label={m.collective_works_filter()}
          help={m.collective_works_filter_help()}
          optional
        />
        <label className="choice">
          <input type="checkbox" name="linked" value="on" /> {m.collective_linked()}
        </label>
        <p className="cap">{m.collective_linked_help()}</p>
        <div className="bs">
          <Button name="intent" value="answer">
            {m.collective_answer_chosen()}
          </Button>
          <Button name="intent" value="answer-all">
            {m.collective_answer_all({ n: total, count: formatNumber(total) })}
          </Button>
        </div>
      </div>
    </Section>
  )
}
