import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { ChecksField } from '#app/ui/choices.tsx'
import { Details } from '#app/ui/details.tsx'
import { InputField, TextField } from '#app/ui/fields.tsx'
import { formatDateTime, formatNumber } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { Section } from '#app/ui/section.tsx'
import type { ApprovalView } from './approval.ts'

/** What came back of the two forms: what was typed, and what is wrong with it. */
export interface ApprovalAgain {
  readonly signName: string
  readonly capacity: string
  readonly note: string
  readonly errors: Readonly<Record<string, readonly string[]>>
}

const nothingTyped: ApprovalAgain = { signName: '', capacity: '', note: '', errors: {} }

interface FormsProps {
  readonly view: ApprovalView
  readonly name: string
  readonly timeZone: string
  readonly again: ApprovalAgain | undefined
}

/** Signing and approving, or returning with a note. Never filled in or ticked beforehand. */
export function ApprovalForms({ again = nothingTyped, ...props }: FormsProps) {
  return (
    <>
      <SignForm {...props} again={again} />
      <ReturnForm {...props} again={again} />
    </>
  )
}

function SignForm({ view, name, timeZone, again }: FormsProps & { again: ApprovalAgain }) {
  const { letters, statements, submission, sendAt, locale } = view
  const count = { count: formatNumber(letters.length), n: letters.length }
  return (
    <Section id="sign" title={m.approvals_sign()}>
      <form method="post" className="fs" noValidate>
        <input type="hidden" name="submission" value={submission} />
        {statements.map(({ id }) => (
          <input key={id} type="hidden" name="shown" value={id} />
        ))}
        <p>{m.approvals_sign_lead({ ...count, at: formatDateTime(sendAt, timeZone, { weekday: true }) })}</p>
        <ChecksField
          field={{ id: 'statement', name: 'statement', errors: errorsOf(again, 'statement') }}
          label={m.filing_statements()}
          help={m.filing_statements_help()}
          choices={statements.map(({ id, text, sworn }) => ({
            value: id,
            label: <span lang={locale}>{text}</span>,
            ...(sworn && { help: m.filing_sworn() }),
          }))}
        />
        {statements.some(({ id }) => id === 'perjury') && (
          <Note tone="question">
            <p>{m.filing_512f()}</p>
          </Note>
        )}
        <div className="two">
          <InputField
            field={{
              id: 'signName',
              name: 'signName',
              initialValue: again.signName,
              errors: errorsOf(again, 'signName'),
            }}
            label={m.filing_sign_name()}
            help={m.filing_sign_name_help({ name })}
          />
          <InputField
            field={{
              id: 'capacity',
              name: 'capacity',
              initialValue: again.capacity,
              errors: errorsOf(again, 'capacity'),
            }}
            label={m.filing_capacity()}
            help={m.filing_capacity_help()}
          />
        </div>
        <div className="bs">
          <Button look="go" name="intent" value="approve">
            {m.approvals_approve(count)}
          </Button>
        </div>
      </form>
    </Section>
  )
}

function ReturnForm({ view, again }: FormsProps & { again: ApprovalAgain }) {
  const { submittedBy } = view
  const errors = errorsOf(again, 'note')
  return (
    <Details summary={m.approvals_return()} open={errors.length > 0}>
      <form method="post" className="fs" noValidate>
        <p>{submittedBy === null ? m.approvals_return_lead_gone() : m.approvals_return_lead({ name: submittedBy })}</p>
        <TextField
          field={{ id: 'note', name: 'note', initialValue: again.note, errors }}
          label={m.approvals_return_note()}
        />
        <div className="bs">
          <Button look="risk" name="intent" value="return">
            {m.approvals_return_act()}
          </Button>
        </div>
      </form>
    </Details>
  )
}

function errorsOf({ errors }: ApprovalAgain, field: string): string[] {
  return [...(errors[field] ?? [])]
}
