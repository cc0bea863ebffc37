import { m } from '#app/generated/messages/messages.js'
import { ChecksField } from '#app/ui/choices.tsx'
import type { FieldFacts } from '#app/ui/field-facts.ts'
import { InputField } from '#app/ui/fields.tsx'
import { formatDateTime } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { packsOf, postalAddress, statementsWanted } from './filing-facts.ts'
import type { FilingView } from './filing-view.ts'
import type { BasisId } from './legal-bases/basis.ts'
import { statementsOf, statementText } from './letter-composition.ts'

/** The statements in the words of the letter, and the signatory's own name. Never filled in beforehand. */
export function SigningFields({
  fields,
  view,
  bases,
}: {
  fields: Readonly<Record<'statement' | 'signName' | 'capacity', FieldFacts>>
  view: FilingView
  bases: readonly BasisId[]
}) {
  const { draft, facts } = view.preview
  const { locale } = draft.content
  const holder = { ...facts.holder, address: postalAddress(facts.holder, locale) }
  const statements = statementsWanted({ bases })
  const sworn = new Set(statementsOf(packsOf({ bases })).flatMap(({ id, sworn: onOath }) => (onOath ? [id] : [])))
  if (facts.holder.fourEyes) {
    return (
      <section id="statements" aria-labelledby="sign">
        <h2 id="sign">{m.filing_sign()}</h2>
        <p>{m.approvals_signs_later()}</p>
        <input type="hidden" name={fields.capacity.name} value={draft.content.capacity} />
      </section>
    )
  }
  if (statements.length === 0) {
    return (
      <section id="statements" aria-labelledby="sign">
        <h2 id="sign">{m.filing_sign()}</h2>
        <p className="muted">{m.filing_sign_basis_first()}</p>
      </section>
    )
  }
  return (
    <section id="statements" aria-labelledby="sign" className="fs">
      <h2 id="sign">{m.filing_sign()}</h2>
      <Signed view={view} />
      {statements.map((statement) => (
        <input key={statement} type="hidden" name="shown" value={statement} />
      ))}
      <ChecksField
        field={unticked(fields.statement)}
        label={m.filing_statements()}
        help={m.filing_statements_help()}
        choices={statements.map((statement) => ({
          value: statement,
          label: <span lang={locale}>{statementText(packsOf({ bases }), statement, { locale, holder })}</span>,
          ...(sworn.has(statement) && { help: m.filing_sworn() }),
        }))}
      />
      <div id="signature" className="two">
        <InputField
          field={fields.signName}
          label={m.filing_sign_name()}
          help={m.filing_sign_name_help({ name: view.personName })}
        />
        <InputField field={fields.capacity} label={m.filing_capacity()} help={m.filing_capacity_help()} />
      </div>
    </section>
  )
}

// Nothing is ticked for the signatory, not even what was ticked a moment ago.
function unticked({ id, name, errors }: FieldFacts): FieldFacts {
  return { id, name, errors }
}

function Signed({ view }: { view: FilingView }) {
  const { signature } = view.preview.draft.content
  if (signature === null) return null
  const at = formatDateTime(signature.signedAt, view.timeZone)
  if (signature.personId !== view.personId) {
    return (
      <Note tone="info">
        <p>{m.filing_signed_by_other({ name: signature.name, at })}</p>
      </Note>
    )
  }
  return (
    <Note tone="agreed">
      <p>{m.filing_signed({ capacity: signature.capacity, at })}</p>
    </Note>
  )
}
