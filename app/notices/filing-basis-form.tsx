import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { ChecksField, RadioField } from '#app/ui/choices.tsx'
import type { FieldFacts } from '#app/ui/field.tsx'
import { InputField, TextField } from '#app/ui/fields.tsx'
import { SigningFields } from './filing-signing-fields.tsx'
import type { FilingView } from './filing-view.ts'
import {
  actWords,
  basisHelp,
  basisWords,
  japanGroundWords,
  japanRightWords,
  letterLanguages,
} from './filing-wording.ts'
import {
  acts,
  japanGrounds,
  japanRights,
  letterLocales,
  type BasisId,
  type NoticeKind,
  type Pack,
} from './legal-bases/basis.ts'
import { basesFor, fitsMeasures } from './legal-bases/packs.ts'

/** The fields of the step. */
export type BasisFields = Readonly<
  Record<
    | 'basis'
    | 'act'
    | 'models'
    | 'rights'
    | 'evidence'
    | 'locations'
    | 'japanGround'
    | 'japanRight'
    | 'japanFacts'
    | 'deadlineOn'
    | 'locale'
    | 'paragraph'
    | 'matterNumber'
    | 'capacity'
    | 'statement'
    | 'signName',
    FieldFacts
  >
>

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
  return (
    <>
      <section id="basis">
        <ChecksField
          field={fields.basis}
          label={m.filing_basis()}
          help={m.filing_basis_lead()}
          heading
          choices={basesFor(kind).map((pack) => ({
            value: pack.id,
            label: basisWords[pack.id](),
            help: helpOf(pack, view),
            more: particularsOf(pack.id, fields, kind),
          }))}
        />
      </section>
      <OwnWords fields={fields} />
      <SigningFields fields={fields} view={view} bases={bases} />
      <div className="bs">
        <LinkButton href={`/filings/${draft.id}/scope`}>{m.filing_back_scope()}</LinkButton>
        <Button name="intent" value="save">
          {m.filing_save()}
        </Button>
        <Button look="go" name="intent" value="continue">
          {m.filing_continue_check()}
        </Button>
      </div>
    </>
  )
}

function helpOf(pack: Pack, { preview }: FilingView): ReactNode {
  const measures = preview.draft.content.measures.map(({ measure }) => measure)
  const help = basisHelp[pack.id]()
  return measures.length === 0 || fitsMeasures(pack, measures) ? help : `${help} ${m.filing_basis_no_measure()}`
}

function particularsOf(basis: BasisId, fields: BasisFields, kind: NoticeKind): ReactNode {
  if (basis === 'CEASE_DESIST') return <ActFields fields={fields} kind={kind} />
  return basis === 'JP_CA_30_4' ? <JapanFields fields={fields} /> : undefined
}

function ActFields({ fields, kind }: { fields: BasisFields; kind: NoticeKind }) {
  return (
    <div className="fs">
      <div id="acts">
        <ChecksField
          field={fields.act}
          label={m.filing_acts()}
          choices={acts.map((act) => ({ value: act, label: actWords[act]() }))}
        />
      </div>
      <div id="models">
        <InputField field={fields.models} label={m.filing_models()} help={m.filing_models_help()} />
      </div>
      <div id="rights_relied_on">
        <InputField field={fields.rights} label={m.filing_rights()} help={m.filing_rights_help()} />
      </div>
      <div id="evidence">
        <TextField field={fields.evidence} label={m.filing_evidence()} help={m.filing_evidence_help()} />
      </div>
      <div id="output_locations">
        <TextField
          field={fields.locations}
          label={m.filing_locations()}
          help={m.filing_locations_help()}
          optional={kind !== 'takedown'}
        />
      </div>
      <div id="deadline">
        <InputField
          field={fields.deadlineOn}
          label={m.filing_deadline()}
          help={m.filing_deadline_help()}
          type="date"
          look="short"
        />
      </div>
    </div>
  )
}

function JapanFields({ fields }: { fields: BasisFields }) {
  return (
    <div className="fs">
      <div id="japan_rights">
        <ChecksField
          field={fields.japanRight}
          label={m.filing_japan_rights()}
          choices={japanRights.map((right) => ({ value: right, label: japanRightWords[right]() }))}
        />
      </div>
      <div id="japan_grounds">
        <ChecksField
          field={fields.japanGround}
          label={m.filing_japan_grounds()}
          choices={japanGrounds.map((ground) => ({ value: ground, label: japanGroundWords[ground]() }))}
        />
      </div>
      <div id="japan_facts">
        <TextField field={fields.japanFacts} label={m.filing_japan_facts()} help={m.filing_japan_facts_help()} />
      </div>
    </div>
  )
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
      <InputField field={fields.matterNumber} label={m.filing_matter()} look="short" optional />
    </section>
  )
}
