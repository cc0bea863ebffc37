import { Temporal } from 'temporal-polyfill'
import { measures } from '#app/notices/measures.ts'

/** What a mandate can allow, from least to most; every mandate allows `view`. */
export const mandateScopes = ['view', 'file', 'swear'] as const

/** One of them. */
export type MandateScope = (typeof mandateScopes)[number]

/** What one version of a mandate says. Null is all vendors, all measures, all catalogues. */
export interface Terms {
  readonly scopes: readonly MandateScope[]
  readonly vendors: readonly string[] | null
  readonly measures: readonly string[] | null
  readonly catalogues: readonly string[] | null
  /** The member's approver signs each filing. */
  readonly approvalRequired: boolean
  /** `2026-11-17`, in the member's time zone. */
  readonly startsOn: string
  /** The last day; null: until it is revoked. */
  readonly endsOn: string | null
}

/** Who signs for the member. */
export interface Signature {
  readonly name: string
  readonly capacity: string
}

/** What counts now: terms with their days as instants, from the first until just before the second. */
export interface Grant extends Omit<Terms, 'startsOn' | 'endsOn'> {
  readonly associationId: string
  readonly memberId: string
  readonly startsAt: Date
  readonly endsAt: Date | null
}

/** What of a notice decides whether a mandate covers it. */
export interface CoveredNotice {
  readonly holderId: string
  readonly filedById: string
  readonly stage: string
  readonly vendorId: string
  readonly catalogueId: string
  readonly measures: readonly string[]
}

/**
 * The grant that terms amount to, days taken in the member's time zone.
 *
 * @param timeZone IANA name
 */
export function grantOf(
  terms: Terms,
  { associationId, memberId, timeZone }: { associationId: string; memberId: string; timeZone: string },
): Grant {
  const { scopes, vendors, measures: wanted, catalogues, approvalRequired, startsOn, endsOn } = terms
  return {
    associationId,
    memberId,
    scopes,
    vendors,
    measures: wanted,
    catalogues,
    approvalRequired,
    startsAt: midnight(startsOn, 0, timeZone),
    endsAt: endsOn === null ? null : midnight(endsOn, 1, timeZone),
  }
}

/**
 * Whether a grant lets its association see (`view`), act on (`file`) or swear for (`swear`) a notice: the rule that the
 * database's policies carry out. Drafts are never covered, and what waits for approval only if the association filed it.
 *
 * @param grant null when there is none
 */
export function mandateCovers(grant: Grant | null, notice: CoveredNotice, scope: MandateScope, at: Date): boolean {
  if (grant === null || !isLive(grant, at) || grant.memberId !== notice.holderId) return false
  if (!grant.scopes.includes(scope)) return false
  const own = notice.filedById === grant.associationId
  if (!own && (notice.stage === 'draft' || notice.stage === 'awaiting_approval')) return false
  return (
    holdsAll(grant.vendors, [notice.vendorId]) &&
    holdsAll(grant.catalogues, [notice.catalogueId]) &&
    holdsAll(grant.measures, notice.measures)
  )
}

/** Whether a grant has begun and not ended. */
export function isLive({ startsAt, endsAt }: Pick<Grant, 'startsAt' | 'endsAt'>, at: Date): boolean {
  return startsAt <= at && (endsAt === null || endsAt > at)
}

/** Whether new terms take away from the present ones and add nothing: the member may say so alone, and at once. */
export function isNarrower(next: Terms, present: Terms): boolean {
  return (
    next.scopes.every((scope) => present.scopes.includes(scope)) &&
    within(next.vendors, present.vendors) &&
    within(next.measures, present.measures) &&
    within(next.catalogues, present.catalogues) &&
    (next.approvalRequired || !present.approvalRequired) &&
    next.startsOn >= present.startsOn &&
    (present.endsOn === null || (next.endsOn !== null && next.endsOn <= present.endsOn))
  )
}

/** A field in which two versions may differ. */
export type TermsField = keyof Terms

const termsFields = [
  'scopes',
  'vendors',
  'measures',
  'catalogues',
  'approvalRequired',
  'startsOn',
  'endsOn',
] as const satisfies readonly TermsField[]

/** The fields in which two versions differ, in the order of the screen. */
export function differencesOf(one: Terms, other: Terms): readonly TermsField[] {
  return termsFields.filter((field) => !same(one[field], other[field]))
}

/** Terms with every list in its own order and once, so that equal terms look equal. */
export function tidyTerms(terms: Terms): Terms {
  return {
    ...terms,
    scopes: mandateScopes.filter((scope) => scope === 'view' || terms.scopes.includes(scope)),
    vendors: tidy(terms.vendors),
    measures: terms.measures === null ? null : measures.filter((measure) => terms.measures?.includes(measure)),
    catalogues: tidy(terms.catalogues),
  }
}

/** How many days before its last day both sides are told that a mandate ends. */
export const expiryNoticeDays = 30

function holdsAll(allowed: readonly string[] | null, asked: readonly string[]): boolean {
  return allowed === null || asked.every((each) => allowed.includes(each))
}

function within(next: readonly string[] | null, present: readonly string[] | null): boolean {
  return present === null || (next !== null && holdsAll(present, next))
}

function tidy(ids: readonly string[] | null): readonly string[] | null {
  return ids === null ? null : [...new Set(ids)].toSorted()
}

function same(one: unknown, other: unknown): boolean {
  if (!isList(one) || !isList(other)) return one === other
  return one.length === other.length && one.every((each) => other.includes(each))
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

function midnight(day: string, daysLater: number, timeZone: string): Date {
  const start = Temporal.PlainDate.from(day).add({ days: daysLater }).toZonedDateTime(timeZone)
  return new Date(start.epochMilliseconds)
}
