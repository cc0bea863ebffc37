import { m } from '#app/generated/messages/messages.js'
import { isSchemeField, type Field } from './fields.ts'
import { identifierSchemes } from './identifiers.ts'

const own = {
  externalId: () => m.catalogues_field_external_id(),
  title: () => m.catalogues_field_title(),
  titleJa: () => m.catalogues_field_title_ja(),
  titleEn: () => m.catalogues_field_title_en(),
  titleKana: () => m.catalogues_field_title_kana(),
  alternateTitles: () => m.catalogues_field_alternate_titles(),
  kind: () => m.catalogues_field_kind(),
  year: () => m.catalogues_field_year(),
  released: () => m.catalogues_field_released(),
  creators: () => m.catalogues_field_creators(),
  credits: () => m.catalogues_field_credits(),
  parties: () => m.catalogues_field_parties(),
  distributor: () => m.catalogues_field_distributor(),
  rightsHolder: () => m.catalogues_field_rights_holder(),
  location: () => m.catalogues_field_location(),
} as const satisfies Partial<Record<Field, () => string>>

/** The word for what a column is. Names of identifier schemes are the same in every language. */
export function wordForField(field: Field): string {
  if (isSchemeField(field)) return identifierSchemes[field].name
  return own[field]()
}

const notes: Readonly<Partial<Record<Field, () => string>>> = {
  externalId: () => m.catalogues_note_matches(),
  released: () => m.catalogues_note_dates(),
  parties: () => m.catalogues_note_parties(),
  credits: () => m.catalogues_note_parties(),
  rightsHolder: () => m.catalogues_note_as_written(),
  alternateTitles: () => m.catalogues_note_list(),
}

/** How a field is read, in a few words; empty where the word says it. */
export function noteForField(field: Field): string {
  return notes[field]?.() ?? (isSchemeField(field) ? m.catalogues_note_checked() : '')
}
