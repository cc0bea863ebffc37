import { z } from 'zod'
import { duplicateChoices } from '#app/notices/duplicates.ts'
import { emptyContent, filingContentSchema, type FilingContent } from '#app/notices/filing-draft.ts'
import { packsOf } from '#app/notices/filing-facts.ts'
import { statementsOf } from '#app/notices/letter-composition.ts'
import type { StatementId } from '#app/notices/legal-bases/basis.ts'
import { workFilterSchema } from '#app/notices/scope.ts'

/** How far a collective filing is. */
export const collectiveStates = ['draft', 'to_approve', 'making', 'reviewing', 'sent', 'empty', 'called_off'] as const
/** One of `collectiveStates`. */
export type CollectiveState = (typeof collectiveStates)[number]

/**
 * How a member answered for its annex; `silent` let its time pass, `lapsed` had to approve and did not, `ended` lost its mandate, `called_off`
 * was withdrawn by the association with all the others before it was sent.
 */
export const annexStates = [
  'waiting',
  'agreed',
  'changed',
  'stepped_out',
  'silent',
  'lapsed',
  'ended',
  'called_off',
] as const
/** One of `annexStates`. */
export type AnnexState = (typeof annexStates)[number]

/** Why a member, or a vendor for a member, is left out. */
export const leftOutReasons = [
  'no_mandate',
  'measures_not_covered',
  'catalogue_not_covered',
  'not_verified',
  'needs_swear',
  'no_works',
  'too_many_works',
  'incomplete',
  'vendor_not_covered',
  'no_contact',
  'duplicate',
] as const
/** One of `leftOutReasons`. */
export type LeftOutReason = (typeof leftOutReasons)[number]

/** At most so many members in one collective filing. */
export const mostMembers = 2_000

/** Which works of a catalogue version a member's annex names; null is all of them. */
export const annexWorksSchema = z
  .object({ filter: workFilterSchema.default({}), except: z.array(z.uuid()).max(10_000).default([]) })
  .nullable()
/** Which works of a catalogue version a member's annex names; null is all of them. */
export type AnnexWorks = z.infer<typeof annexWorksSchema>

/** What all annexes of a collective filing have in common. The works are each member's own. */
export const collectiveContentSchema = z.object({
  filing: filingContentSchema,
  /** What the association says to each vendor, before the list of the members' notices. */
  coverLetter: z.string().max(10_000).default(''),
  /** Members add nothing to the wording of their annex. */
  wordingLocked: z.boolean().default(true),
  /** What is done about works that a vendor is asked about already; null while nobody chose. */
  duplicates: z.enum(duplicateChoices).nullable().default(null),
})
/** What all annexes of a collective filing have in common. */
export type CollectiveContent = z.infer<typeof collectiveContentSchema>

/** A collective filing in which nothing is chosen yet. */
export function emptyCollective(locale: FilingContent['locale']): CollectiveContent {
  return { filing: emptyContent(locale), coverLetter: '', wordingLocked: true, duplicates: null }
}

/** What a live mandate lets the association do; null is all vendors, measures, catalogues. */
export interface Grant {
  readonly mandateId: string
  readonly version: number
  readonly memberId: string
  readonly scopes: readonly string[]
  readonly vendors: readonly string[] | null
  readonly measures: readonly string[] | null
  readonly catalogues: readonly string[] | null
  readonly approvalRequired: boolean
  readonly startsAt: Date
  readonly endsAt: Date | null
}

/** Whether a grant lets the association file at an instant. */
export function mayFileUnder(grant: Grant | undefined, at: Date): grant is Grant {
  return (
    grant !== undefined &&
    grant.scopes.includes('file') &&
    grant.startsAt <= at &&
    (grant.endsAt === null || grant.endsAt > at)
  )
}

/** What is to be filed for a member. */
export interface AnnexWanted {
  readonly grant: Grant | undefined
  readonly at: Date
  readonly catalogueId: string
  readonly verified: boolean
  /** The bases want statements that are sworn. */
  readonly sworn: boolean
  readonly measures: readonly string[]
  readonly vendors: readonly { readonly id: string; readonly reachable: boolean }[]
}

/** For which vendors notices are made, and what is left out and why; a vendor that is null is all of them. */
export interface AnnexVerdict {
  readonly grant: Grant | null
  readonly vendorIds: readonly string[]
  readonly leftOut: readonly { readonly vendorId: string | null; readonly because: LeftOutReason }[]
}

/** What the mandate of a member lets the association file: for all vendors, for some, or for none. */
export function judgeAnnex(wanted: AnnexWanted): AnnexVerdict {
  const because = barOf(wanted)
  const { grant, vendors } = wanted
  if (because !== null || grant === undefined) {
    return { grant: null, vendorIds: [], leftOut: [{ vendorId: null, because: because ?? 'no_mandate' }] }
  }
  const leftOut = vendors.flatMap(({ id, reachable }): { vendorId: string; because: LeftOutReason }[] => {
    if (grant.vendors !== null && !grant.vendors.includes(id)) {
      return [{ vendorId: id, because: 'vendor_not_covered' }]
    }
    return reachable ? [] : [{ vendorId: id, because: 'no_contact' }]
  })
  const out = new Set<string>(leftOut.map(({ vendorId }) => vendorId))
  return { grant, vendorIds: vendors.map(({ id }) => id).filter((id) => !out.has(id)), leftOut }
}

function barOf({ grant, at, catalogueId, verified, sworn, measures }: AnnexWanted): LeftOutReason | null {
  if (!mayFileUnder(grant, at)) return 'no_mandate'
  if (!verified) return 'not_verified'
  if (grant.catalogues !== null && !grant.catalogues.includes(catalogueId)) return 'catalogue_not_covered'
  const { measures: covered } = grant
  if (covered !== null && measures.some((measure) => !covered.includes(measure))) return 'measures_not_covered'
  return sworn && !grant.scopes.includes('swear') ? 'needs_swear' : null
}

/** The statements of a filing's bases that are sworn: nobody swears for another who did not say so. */
export function swornStatements(content: Pick<FilingContent, 'bases'>): readonly StatementId[] {
  return statementsOf(packsOf(content)).flatMap(({ id, sworn }) => (sworn === true ? [id] : []))
}
