import { m } from '#app/generated/messages/messages.js'
import type { FieldFacts } from '#app/ui/field-facts.ts'
import { elementWords } from './filing-wording.ts'
import type { FilingView } from './filing-view.ts'
import type { ElementId } from './legal-bases/basis.ts'

const names = [
  'basis',
  'act',
  'models',
  'rights',
  'evidence',
  'capturedAt',
  'locations',
  'japanGround',
  'japanRight',
  'japanFacts',
  'contactEmail',
  'signal',
  'signalUrls',
  'signalSince',
  'point',
  'complaintFacts',
  'repeated',
  'illegality',
  'fairUse',
  'ukConnection',
  'deadlineOn',
  'locale',
  'paragraph',
  'matterNumber',
  'capacity',
  'statement',
  'signName',
] as const
type Name = (typeof names)[number]

/** The fields of the step of bases. */
export type BasisFields = Readonly<Record<Name, FieldFacts>>

/** The field at which each element of the step is supplied. Signing tells its own faults. */
export const elementFields: Partial<Readonly<Record<ElementId, Name>>> = {
  contact_email: 'contactEmail',
  output_locations: 'locations',
  material_locations: 'locations',
  location_works: 'locations',
  basis: 'basis',
  hosted_material: 'basis',
  acts: 'act',
  models: 'models',
  evidence: 'evidence',
  captured: 'capturedAt',
  rights_relied_on: 'rights',
  deadline: 'deadlineOn',
  japan_grounds: 'japanGround',
  japan_facts: 'japanFacts',
  japan_rights: 'japanRight',
  signal_means: 'signal',
  signal_urls: 'signalUrls',
  signal_since: 'signalSince',
  commitment_points: 'point',
  complaint_facts: 'complaintFacts',
  illegality: 'illegality',
}

/** The fields of a step that was saved before, each with what is still missing there. Errors of what was just sent come first. */
export function withMissing(fields: BasisFields, { preview }: FilingView): BasisFields {
  const { completeness, draft } = preview
  if (draft.content.changedAt.basis === undefined) return fields
  if (names.some((name) => (fields[name].errors?.length ?? 0) > 0)) return fields
  const missing = Map.groupBy(completeness.missing, (element) => elementFields[element])
  const marked = (key: Name): FieldFacts => {
    const { id, name, initialValue, required } = fields[key]
    const errors = missing.get(key)?.map((element) => m.filing_field_missing({ element: elementWords[element]() }))
    return { id, name, initialValue, required, errors }
  }
  // One by one: what the form library hands out has no keys of its own to go through.
  return {
    basis: marked('basis'),
    act: marked('act'),
    models: marked('models'),
    rights: marked('rights'),
    evidence: marked('evidence'),
    capturedAt: marked('capturedAt'),
    locations: marked('locations'),
    japanGround: marked('japanGround'),
    japanRight: marked('japanRight'),
    japanFacts: marked('japanFacts'),
    contactEmail: marked('contactEmail'),
    signal: marked('signal'),
    signalUrls: marked('signalUrls'),
    signalSince: marked('signalSince'),
    point: marked('point'),
    complaintFacts: marked('complaintFacts'),
    repeated: marked('repeated'),
    illegality: marked('illegality'),
    fairUse: marked('fairUse'),
    ukConnection: marked('ukConnection'),
    deadlineOn: marked('deadlineOn'),
    locale: marked('locale'),
    paragraph: marked('paragraph'),
    matterNumber: marked('matterNumber'),
    capacity: marked('capacity'),
    statement: marked('statement'),
    signName: marked('signName'),
  }
}
