import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { ChecksField, RadioField } from '#app/ui/choices.tsx'
import { InputField, TextField } from '#app/ui/fields.tsx'
import { Note } from '#app/ui/note.tsx'
import { sentenceGap } from '#app/ui/format.ts'
import { withMissing, type BasisFields } from './filing-basis-fields.ts'
import { basisHelp, basisWords } from './filing-basis-wording.ts'
import { ComplaintFields } from './filing-complaint-fields.tsx'
import { FilingEvidence } from './filing-evidence.tsx'
import { PackFields } from './filing-pack-fields.tsx'
import { SigningFields } from './filing-signing-fields.tsx'
import type { FilingView } from './filing-view.ts'
import { letterLanguages } from './filing-wording.ts'
import { letterLocales, type BasisId, type NoticeKind, type Pack } from './legal-bases/basis.ts'
import { isTrainingUnderHosting } from './legal-bases/hosted-only.ts'
import { basesFor, currentPack, fitsMeasures } from './legal-bases/packs.ts'
import { StepButtons } from './step-buttons.tsx'

/** What the notice stands on, what the letter says besides, and the signature. */
export function BasisFieldsets({
  fields,
  view,
  bases,
}: {
  fields: BasisFields
  view: FilingView
  bases: readonly BasisId[]
}) {
  const { draft } = view.preview
  const kind = draft.content.kind ?? 'exclusion'
  const marked = withMissing(fields, view)
  return (
    <>
      <HostedOnly view={view} refused={fields.basis.errors?.includes(m.filing_hosted_only_field()) === true} />
      <section id="basis">
        <ChecksField
          field={marked.basis}
          label={m.filing_basis()}
          help={m.filing_basis_lead()}
          heading
          choices={offered(kind).map((pack) => ({
            value: pack.id,
            label: basisWords[pack.id](),
            help: helpOf(pack, view),
            more: <PackFields basis={pack.id} fields={marked} kind={kind} />,
          }))}
        />
      </section>
      {kind !== 'exclusion' && <ComplaintFields fields={marked} view={view} />}
      <FilingEvidence view={view} />
      <OwnWords fields={marked} />
      <SigningFields fields={fields} view={view} bases={bases} />
      <StepButtons
        back={<LinkButton href={`/filings/${draft.id}/scope`}>{m.filing_back_scope()}</LinkButton>}
        next={m.filing_continue_check()}
      />
    </>
  )
}

// Section 512(c) is on every page: who looks for it where it does not fit is told so, and shown the right way.
function offered(kind: NoticeKind): readonly Pack[] {
  const fitting = basesFor(kind)
  const hosting = currentPack('US_DMCA_512C')
  return fitting.includes(hosting) ? fitting : [...fitting, hosting]
}

// Refused just now, or made so by a later change of the measures.
function HostedOnly({ view, refused }: { view: FilingView; refused: boolean }) {
  if (!refused && !isTrainingUnderHosting(view.preview.draft.content)) return null
  return (
    <div id="hosted_material">
      <Note tone="late" status>
        <p>
          <b>{m.filing_hosted_only()}</b>
          {sentenceGap()}
          {m.filing_hosted_only_why()}
        </p>
        <div className="bs gap">
          <Button name="intent" value="cease_desist">
            {m.filing_hosted_only_act()}
          </Button>
        </div>
      </Note>
    </div>
  )
}

function helpOf(pack: Pack, { preview }: FilingView): ReactNode {
  const measures = preview.draft.content.measures.map(({ measure }) => measure)
  const help = basisHelp[pack.id]()
  return measures.length === 0 || fitsMeasures(pack, measures)
    ? help
    : `${help}${sentenceGap()}${m.filing_basis_no_measure()}`
}

function OwnWords({ fields }: { fields: BasisFields }) {
  return (
    <section aria-labelledby="own-words" className="fs">
      <h2 id="own-words">{m.filing_own_words()}</h2>
      <RadioField
        field={fields.locale}
        label={m.filing_letter_language()}
        look="row"
        choices={letterLocales.map((locale) => ({
          value: locale,
          label: <span lang={locale}>{letterLanguages[locale]}</span>,
        }))}
      />
      <TextField field={fields.paragraph} label={m.filing_paragraph()} help={m.filing_paragraph_help()} optional />
      <div id="contact_email">
        <InputField
          field={fields.contactEmail}
          label={m.filing_contact_email()}
          help={m.filing_contact_email_help()}
          type="email"
          optional
        />
      </div>
      <div id="matter_number">
        <InputField field={fields.matterNumber} label={m.filing_matter()} look="short" optional />
      </div>
    </section>
  )
}
