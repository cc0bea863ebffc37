import { useForm, type SubmissionResult } from '@conform-to/react'

import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { Details } from '#app/ui/details.tsx'
import { ErrorSummary, faultsOf } from '#app/ui/error-summary.tsx'
import { InputField } from '#app/ui/fields.tsx'

/** Adding an empty entry to the directory. */
export function AddVendorPanel({ result }: { result: SubmissionResult | undefined }) {
  const [form, fields] = useForm<{ name: string; nameOther?: string }>({ id: 'add-vendor', lastResult: result })
  return (
    <Details summary={m.operator_directory_add()} open={result !== undefined}>
      <form method="post" id={form.id} className="fs panel pad gap">
        <ErrorSummary faults={faultsOf(form)} />
        <input type="hidden" name="intent" value="add" />
        <div className="two">
          <InputField field={fields.name} label={m.operator_directory_name()} maxLength={200} />
          <InputField field={fields.nameOther} label={m.operator_directory_name_other()} maxLength={200} optional />
        </div>
        <div>
          <Button look="go">{m.operator_directory_add_button()}</Button>
        </div>
      </form>
    </Details>
  )
}
