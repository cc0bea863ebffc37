import { m } from '#app/generated/messages/messages.js'
import { identifierSchemes } from './identifiers.ts'
import type { Warning } from './read-row.ts'

/** What was noticed about a row that is imported all the same, and needs no decision. */
export const remarks = {
  identifier: () => m.catalogues_remark_identifier(),
  date: () => m.catalogues_remark_date(),
  'date-ambiguous': () => m.catalogues_remark_date_ambiguous(),
  year: () => m.catalogues_remark_year(),
  location: () => m.catalogues_remark_location(),
  'hidden-characters': () => m.catalogues_remark_hidden_characters(),
  'short-row': () => m.catalogues_remark_short_row(),
  'no-id': () => m.catalogues_remark_no_id(),
} as const satisfies Partial<Record<Warning['code'], () => string>>

const decided = {
  entities: () => m.catalogues_remark_entities(),
  'lost-character': () => m.catalogues_remark_lost_character(),
} as const

/** The heads of the file of remarks. */
export function remarkHead(): string[] {
  return [
    m.catalogues_remarks_line(),
    m.catalogues_remarks_what(),
    m.catalogues_remarks_raw(),
    m.catalogues_remarks_offer(),
  ]
}

/** A remark in words; that of an identifier names its scheme. */
export function wordsForRemark(warning: Warning): string {
  if (warning.code === 'identifier') {
    const words = warning.repair === undefined ? m.catalogues_remark_identifier() : m.catalogues_remark_repairable()
    return `${identifierSchemes[warning.scheme].name}: ${words}`
  }
  return warning.code === 'entities' || warning.code === 'lost-character'
    ? decided[warning.code]()
    : remarks[warning.code]()
}
