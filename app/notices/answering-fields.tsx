import { m } from '#app/generated/messages/messages.js'
import type { FieldFacts } from '#app/ui/field-facts.ts'
import { InputField, SelectField, TextField } from '#app/ui/fields.tsx'
import type { TypedAnswer } from './answering.ts'
import { refusalCodes, type Outcome } from './outcomes.ts'
import { codeWords, outcomeWords } from './wording.ts'

/** What is wrong, by the id of the field. */
export type Faults = Readonly<Record<string, readonly string[] | undefined>>

interface AnswerFieldsProps {
  /** The prefix of the names and ids. */
  readonly field: string
  readonly label: string
  readonly typed: TypedAnswer
  readonly outcomes: readonly Outcome[]
  /** The words of no choice. */
  readonly empty: string
  readonly faults: Faults
}

/** One answer: its outcome, and what that outcome needs: a reason, an explanation, a date. */
export function AnswerFields({ field, label, typed, outcomes, empty, faults }: AnswerFieldsProps) {
  const fact = (part: keyof TypedAnswer): FieldFacts => {
    const id = `${field}-${part}`
    return { id, name: id, initialValue: typed[part], errors: faults[id] }
  }
  return (
    <>
      <SelectField
        field={fact('outcome')}
        label={label}
        options={outcomes.map((outcome) => ({ value: outcome, label: outcomeWords[outcome]() }))}
        empty={empty}
      />
      <div className="needs-code">
        <SelectField
          field={fact('code')}
          label={m.vendors_answer_code()}
          options={refusalCodes.map((code) => ({ value: code, label: codeWords[code]() }))}
          empty={m.vendors_answer_code_choose()}
        />
      </div>
      <div className="needs-text">
        <TextField field={fact('text')} label={m.vendors_answer_text()} rows={3} maxLength={5000} />
      </div>
      <div className="needs-date">
        <InputField field={fact('date')} label={m.vendors_answer_date()} type="date" />
      </div>
    </>
  )
}
