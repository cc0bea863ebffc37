import type { ElementId } from './legal-bases/basis.ts'
import { hasElement, wantedElements, type ElementFacts } from './legal-bases/elements.ts'
import type { WizardStep } from './filing-draft.ts'

/** Where the filer can supply an element; the holder's own particulars are on the organisation's settings page. */
export const elementPlaces = {
  holder_name: 'settings',
  holder_other_script: 'settings',
  holder_address: 'settings',
  holder_telephone: 'settings',
  contact_email: 'basis',
  vendors: 'vendors',
  designated_agent: 'vendors',
  works: 'scope',
  works_findable: 'scope',
  measures: 'scope',
  filter_example: 'scope',
  output_locations: 'basis',
  material_locations: 'basis',
  location_works: 'basis',
  stance: 'scope',
  basis: 'basis',
  hosted_material: 'basis',
  acts: 'basis',
  models: 'basis',
  evidence: 'basis',
  captured: 'basis',
  rights_relied_on: 'basis',
  deadline: 'basis',
  preservation: 'scope',
  undertaking: 'scope',
  japan_grounds: 'basis',
  japan_facts: 'basis',
  japan_rights: 'basis',
  signal_means: 'basis',
  signal_urls: 'basis',
  signal_since: 'basis',
  signal_readable: 'basis',
  commitment_points: 'basis',
  complaint_facts: 'basis',
  first_complaint: 'basis',
  illegality: 'basis',
  fair_use: 'basis',
  uk_connection: 'basis',
  statements: 'basis',
  signature: 'basis',
} as const satisfies Record<ElementId, WizardStep | 'settings'>

/** How far a filing is: what blocks it and what it is warned of. */
export interface Completeness {
  readonly have: number
  readonly of: number
  readonly missing: readonly ElementId[]
  readonly warnings: readonly ElementId[]
}

/** Judges a filing by the bases it stands on: "7 of 9 elements", and which two are missing. */
export function completenessOf(facts: ElementFacts): Completeness {
  const wanted = wantedElements(facts)
  const required = wanted.filter(({ level }) => level === 'R').map(({ element }) => element)
  const missing = required.filter((element) => !hasElement(element, facts))
  const warnings = wanted
    .filter(({ element, level }) => level === 'W' && !hasElement(element, facts))
    .map(({ element }) => element)
  return { have: required.length - missing.length, of: required.length, missing, warnings }
}
