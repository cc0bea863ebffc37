import { z } from 'zod'
import { mostPieces } from '#app/evidence/sharing.ts'
import {
  acts,
  basisIds,
  commitmentPoints,
  japanGrounds,
  japanRights,
  letterLocales,
  noticeKinds,
  signals,
  stances,
  statementIds,
  type BasisId,
} from './legal-bases/basis.ts'
import { ceaseDesistInstead } from './legal-bases/hosted-only.ts'
import { currentPack } from './legal-bases/packs.ts'
import { duplicateChoices } from './duplicates.ts'
import { measures } from './measures.ts'
import { workFilterSchema, type ScopeChoice } from './scope.ts'

/** The steps of the wizard, in order. */
export const wizardSteps = ['kind', 'vendors', 'scope', 'basis', 'check'] as const
/** One of `wizardSteps`. */
export type WizardStep = (typeof wizardSteps)[number]
/** A step at which something is chosen; `check` only sends. */
export type ChoosingStep = Exclude<WizardStep, 'check'>
/** A part of the draft that is saved by itself: a step, or the evidence that is chosen beside the basis. */
export type SavedPart = ChoosingStep | 'evidence'

/** At most so many vendors in one filing: one notice and one letter each. */
export const mostVendors = 200
/** At most so many works picked or taken out by hand; more is said by a filter. */
export const mostPickedWorks = 10_000

const longText = z.string().max(10_000)
const shortText = z.string().max(500)

const scope = z.object({
  kind: z.enum(['all', 'filtered', 'chosen']).nullable(),
  catalogueId: z.uuid().nullable(),
  /** The version the filer looked at: what is filed, whatever is imported meanwhile. */
  version: z.int().min(1).nullable(),
  filter: workFilterSchema,
  except: z.array(z.uuid()).max(mostPickedWorks),
  workIds: z.array(z.uuid()).max(mostPickedWorks),
  /** Pasted lines that named no work: kept, so that nothing typed is lost. */
  unmatched: z.string().max(500_000),
})

/** At most so many locations in one filing: the letter lists each. */
export const mostLocations = 1_000

// Drafts from before locations named works hold bare addresses.
const location = z.preprocess(
  (value) => (typeof value === 'string' ? { url: value, work: '' } : value),
  z.object({ url: z.string().max(2_000), work: shortText }),
)

const particulars = z.object({
  acts: z.array(z.enum(acts)),
  models: shortText,
  rights: shortText,
  evidence: longText,
  /** When the outputs described were captured, as the filer's clock showed it: `YYYY-MM-DDTHH:mm`. */
  capturedAt: z
    .string()
    .regex(/^(?:\d{4}-\d{2}-\d{2}T\d{2}:\d{2})?$/u)
    .default(''),
  /** Each with what the filer wrote to name a work, empty if nothing. */
  locations: z.array(location).max(mostLocations),
  japanGrounds: z.array(z.enum(japanGrounds)),
  japanRights: z.array(z.enum(japanRights)),
  japanFacts: longText,
  contactEmail: z.string().max(254).default(''),
  signals: z.array(z.enum(signals)).default([]),
  signalUrls: z.array(z.string().max(2_000)).max(50).default([]),
  signalSince: z.iso.date().nullable().default(null),
  points: z.array(z.enum(commitmentPoints)).default([]),
  complaintFacts: longText.default(''),
  repeated: z.boolean().default(false),
  illegality: longText.default(''),
  fairUse: z.boolean().default(false),
  ukConnection: longText.default(''),
})

const noParticulars: z.infer<typeof particulars> = {
  acts: [],
  models: '',
  rights: '',
  evidence: '',
  capturedAt: '',
  locations: [],
  japanGrounds: [],
  japanRights: [],
  japanFacts: '',
  contactEmail: '',
  signals: [],
  signalUrls: [],
  signalSince: null,
  points: [],
  complaintFacts: '',
  repeated: false,
  illegality: '',
  fairUse: false,
  ukConnection: '',
}

const signature = z.object({
  personId: z.uuid(),
  name: z.string().min(1).max(200),
  capacity: z.string().min(1).max(200),
  statements: z.array(z.enum(statementIds)),
  signedAt: z.iso.datetime(),
  timeZone: z.string(),
})

/** Everything a filer has chosen so far, as the draft keeps it. */
export const filingContentSchema = z.object({
  kind: z.enum(noticeKinds).nullable(),
  vendorIds: z.array(z.uuid()).max(mostVendors),
  scope,
  measures: z.array(z.object({ measure: z.enum(measures), detail: z.string().max(1_000) })),
  stance: z.enum(stances).nullable(),
  priorPermission: z.boolean(),
  bases: z.array(z.enum(basisIds)),
  particulars,
  deadlineOn: z.iso.date().nullable(),
  locale: z.enum(letterLocales),
  paragraph: longText,
  matterNumber: z.string().max(100),
  /** In which the filer will sign. */
  capacity: z.string().max(200),
  signature: signature.nullable(),
  /** Not to be sent before this instant. Drafts of before there were plans have none. */
  plannedAt: z.iso.datetime().nullable().default(null),
  /** Pieces that go with the notices, and of each the one that the vendors can read. */
  evidence: z
    .array(z.object({ evidenceId: z.uuid(), sharedId: z.uuid().nullable() }))
    .max(mostPieces)
    .default([]),
  /** What to do about works that already have an open notice to a vendor, by vendor. Nothing is chosen beforehand. */
  duplicates: z.record(z.uuid(), z.object({ choice: z.enum(duplicateChoices), seen: z.string() })).default({}),
  /** References of notices whose place these will take: each once the new one to its vendor is served. */
  supersedes: z.array(z.string().max(20)).max(mostVendors).default([]),
  /** The revision at which each step was last changed: two windows collide only over the same step. */
  changedAt: z.partialRecord(z.enum(['kind', 'vendors', 'scope', 'basis', 'evidence']), z.int()),
})

/** The content of a filing draft. */
export type FilingContent = z.infer<typeof filingContentSchema>

/** A draft in which nothing is chosen yet. */
export function emptyContent(locale: FilingContent['locale']): FilingContent {
  return {
    kind: null,
    vendorIds: [],
    scope: { kind: null, catalogueId: null, version: null, filter: {}, except: [], workIds: [], unmatched: '' },
    measures: [],
    stance: null,
    priorPermission: false,
    bases: [],
    particulars: noParticulars,
    deadlineOn: null,
    locale,
    paragraph: '',
    matterNumber: '',
    capacity: '',
    signature: null,
    plannedAt: null,
    evidence: [],
    duplicates: {},
    supersedes: [],
    changedAt: {},
  }
}

/** What each step may change. */
export const stepFields = {
  kind: ['kind'],
  vendors: ['vendorIds'],
  scope: ['scope', 'measures', 'stance', 'priorPermission'],
  basis: ['bases', 'particulars', 'deadlineOn', 'locale', 'paragraph', 'matterNumber', 'capacity'],
  evidence: ['evidence'],
} as const satisfies Record<SavedPart, readonly (keyof FilingContent)[]>

/** The choices of one step. */
export type StepChoices<Step extends SavedPart = SavedPart> = {
  [Each in Step]: Pick<FilingContent, (typeof stepFields)[Each][number]>
}[Step]

/** Whether the choices of a step were changed by someone since a revision was read. */
export function changedSince(content: FilingContent, step: SavedPart, revision: number): boolean {
  return (content.changedAt[step] ?? 0) > revision
}

/**
 * The content with the choices of one step put in. A signature stands for what was signed: any change takes it away.
 *
 * @param nextRevision the revision under which the result is saved
 */
export function withChoices(
  content: FilingContent,
  step: SavedPart,
  choices: { readonly [Field in keyof FilingContent]?: FilingContent[Field] | undefined },
  nextRevision: number,
): FilingContent {
  const fields: readonly (keyof FilingContent)[] = stepFields[step]
  const changes = Object.fromEntries(
    fields.filter((field) => choices[field] !== undefined).map((field) => [field, choices[field]]),
  )
  const changed = filingContentSchema.parse({ ...content, ...changes })
  const fitting = step === 'kind' ? fittingTheKind(changed) : changed
  if (JSON.stringify(fitting) === JSON.stringify(filingContentSchema.parse(content))) return content
  return { ...fitting, signature: null, changedAt: { ...content.changedAt, [step]: nextRevision } }
}

/** The choices of the step of bases, by the right way where section 512(c) is not: all that was typed stays. */
export function asCeaseDesist(
  content: FilingContent,
  choices: Partial<FilingContent>,
  nextRevision: number,
): FilingContent {
  const { kind, bases } = ceaseDesistInstead({ bases: choices.bases ?? content.bases, kind: content.kind })
  const turned = withChoices(content, 'kind', { kind }, nextRevision)
  return withChoices(turned, 'basis', { ...choices, bases: fittingBases(bases, kind) }, nextRevision)
}

function fittingBases(bases: readonly BasisId[], kind: FilingContent['kind']): BasisId[] {
  return bases.filter((basis) => kind === null || currentPack(basis).fits.kinds.includes(kind))
}

// Another kind wants other bases and measures: what cannot stand with it is dropped rather than sent unseen.
function fittingTheKind(content: FilingContent): FilingContent {
  const { kind } = content
  return {
    ...content,
    measures: content.measures.filter(({ measure }) => kind === null || measuresOf(kind).includes(measure)),
    bases: fittingBases(content.bases, kind),
  }
}

/** The measures that a kind of notice may demand: removing outputs at locations is for takedowns. */
export function measuresOf(kind: NonNullable<FilingContent['kind']>): readonly (typeof measures)[number][] {
  return kind === 'takedown' ? measures : measures.filter((measure) => measure !== 'REMOVE_OUTPUT_URLS')
}

/** The choice of works, once it names any; null before. */
export function scopeChoiceOf({ scope: chosen }: FilingContent): ScopeChoice | null {
  const { kind, catalogueId, filter, except, workIds } = chosen
  if (kind === null || catalogueId === null) return null
  if (kind === 'all') return { kind, catalogueId }
  if (kind === 'filtered') return { kind, catalogueId, filter, except }
  return workIds.length === 0 ? null : { kind, catalogueId, workIds }
}
