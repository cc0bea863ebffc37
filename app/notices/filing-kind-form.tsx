import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { RadioField } from '#app/ui/choices.tsx'
import type { FieldFacts } from '#app/ui/field-facts.ts'
import { kindHelp } from './filing-wording.ts'
import { noticeKinds } from './legal-bases/basis.ts'
import { kindWords } from './wording.ts'

/** Which kind of notice it is to be. */
export function KindFields({ field }: { field: FieldFacts }) {
  return (
    <>
      <RadioField
        field={field}
        label={m.filing_kind_question()}
        heading
        choices={noticeKinds.map((kind) => ({ value: kind, label: kindWords[kind](), help: kindHelp[kind]() }))}
      />
      <div className="bs">
        <Button look="go" name="intent" value="continue">
          {m.filing_continue_vendors()}
        </Button>
      </div>
    </>
  )
}
