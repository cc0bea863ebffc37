import { m } from '#app/generated/messages/messages.js'
import type { FieldFacts } from '#app/ui/field-facts.ts'
import { InputField, SelectField, TextField } from '#app/ui/fields.tsx'
import { Section } from '#app/ui/section.tsx'
import { wordForKind } from './kind-words.ts'
import { workKinds } from './kinds.ts'
import type { WorkFormInput } from './work-form.ts'

type Fields = { readonly [Name in keyof WorkFormInput]: FieldFacts }

/** The fields of a work: titles, facts, rights, identifiers and locations. */
export function WorkFields({ fields, kind }: { fields: Fields; kind: string | null }) {
  return (
    <>
      <InputField field={fields.title} label={m.catalogues_work_title()} help={m.catalogues_edit_title_help()} />
      <div className="two">
        <InputField field={fields.titleJa} label={m.catalogues_work_title_ja()} optional />
        <InputField field={fields.titleKana} label={m.catalogues_work_title_kana()} optional />
      </div>
      <InputField field={fields.titleEn} label={m.catalogues_work_title_en()} optional />
      <TextField
        field={fields.others}
        label={m.catalogues_work_others()}
        help={m.catalogues_edit_others_help()}
        rows={2}
        optional
      />
      <div className="two">
        <SelectField
          field={fields.kind}
          label={m.catalogues_work_kind()}
          empty={m.catalogues_work_not_known()}
          options={kindOptions(kind)}
        />
        <InputField
          field={fields.released}
          label={m.catalogues_work_released()}
          help={m.catalogues_edit_released_help()}
          optional
        />
      </div>
      <InputField field={fields.creators} label={m.catalogues_work_creators()} optional />
      <InputField
        field={fields.externalId}
        label={m.catalogues_work_external_id()}
        help={m.catalogues_edit_external_id_help()}
        optional
      />
      <RightsFields fields={fields} />
    </>
  )
}

function RightsFields({ fields }: { fields: Fields }) {
  return (
    <>
      <Section id="rights" title={m.catalogues_work_rights()}>
        <div className="fs">
          <InputField field={fields.holder} label={m.catalogues_work_holder()} optional />
          <TextField
            field={fields.parties}
            label={m.catalogues_work_parties()}
            help={m.catalogues_edit_parties_help()}
            rows={3}
            optional
          />
          <TextField
            field={fields.credits}
            label={m.catalogues_work_credits()}
            help={m.catalogues_edit_parties_help()}
            rows={2}
            optional
          />
          <InputField field={fields.distributor} label={m.catalogues_work_distributor()} optional />
        </div>
      </Section>
      <Section id="places" title={m.catalogues_edit_places()}>
        <div className="fs">
          <TextField
            field={fields.identifiers}
            label={m.catalogues_work_identifiers()}
            help={m.catalogues_edit_identifiers_help()}
            rows={3}
            optional
          />
          <TextField
            field={fields.locations}
            label={m.catalogues_work_locations()}
            help={m.catalogues_edit_locations_help()}
            rows={3}
            optional
          />
        </div>
      </Section>
    </>
  )
}

// A kind that only this catalogue knows stays among the choices.
function kindOptions(kind: string | null): { value: string; label: string }[] {
  const codes: string[] =
    kind === null || workKinds.some((known) => known === kind) ? [...workKinds] : [kind, ...workKinds]
  return codes.map((code) => ({ value: code, label: wordForKind(code) }))
}
