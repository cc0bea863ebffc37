import { useForm, type SubmissionResult } from '@conform-to/react'

import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { ErrorSummary, faultsOf } from '#app/ui/error-summary.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { Section } from '#app/ui/section.tsx'

type NamesPanelProps = { name: string; nameOther: string | null; result: SubmissionResult | undefined }

/** The names of an entry. */
export function NamesPanel({ name, nameOther, result }: NamesPanelProps) {
  const [form, fields] = useForm<{ name: string; nameOther?: string }>({
    id: 'names',
    lastResult: result,
    defaultValue: { name, ...(nameOther === null ? {} : { nameOther }) },
  })
  return (
    <Section id="names-title" title={m.operator_directory_names()}>
      <form method="post" id={form.id} className="fs">
        <ErrorSummary faults={faultsOf(form)} />
        <input type="hidden" name="intent" value="names" />
        <div className="two">
          <InputField field={fields.name} label={m.operator_directory_name()} maxLength={200} />
          <InputField field={fields.nameOther} label={m.operator_directory_name_other()} maxLength={200} optional />
        </div>
        <div>
          <Button>{m.operator_directory_names_button()}</Button>
        </div>
      </form>
    </Section>
  )
}
