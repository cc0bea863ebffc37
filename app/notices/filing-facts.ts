import { Temporal } from 'temporal-polyfill'
import type { ContactFault, ContactPurpose } from '#app/vendors/contact.ts'
import { decideDaysOf, standardDays } from './clocks.ts'
import type { FilingContent } from './filing-draft.ts'
import type { BasisId, BasisVersion, LetterLocale, Pack, StatementId } from './legal-bases/basis.ts'
import type { ElementFacts } from './legal-bases/elements.ts'
import { currentPack } from './legal-bases/packs.ts'
import { statementsOf } from './letter-composition.ts'
import type { LetterFacts, LetterParticulars, LetterPiece, LetterWork } from './letter-facts.ts'
import { linesOf } from './letter-words.ts'
import { dayOf } from './working-days.ts'

/** What the database knows of the holder, as letters need it. */
export interface HolderFacts {
  readonly name: string
  readonly nameOther: string | null
  readonly addressLines: string | null
  readonly locality: string | null
  readonly postalCode: string | null
  /** ISO 3166-1, two letters. */
  readonly country: string
  readonly telephone: string | null
  readonly timeZone: string
  readonly undoMinutes: number
  readonly verified: boolean
  /** It asked to be erased: until it cancels that, nothing is filed. Absent is no. */
  readonly closing?: boolean
  /** Someone else than the submitter signs and approves. */
  readonly fourEyes: boolean
}

/** The contact that a notice will be sent to. */
export interface FilingContact {
  readonly id: string
  readonly address: string
  readonly locale: LetterLocale
  readonly timeZone: string
  readonly purpose: ContactPurpose
}

/** A chosen vendor; without a contact, why none works. */
export interface FilingVendor {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly nameOther: string | null
  readonly legalEntity: string | null
  readonly contact: FilingContact | null
  readonly fault: ContactFault | 'none' | null
}

/** The works of a draft as they are counted now, in the version that the filer looked at. */
export interface FilingWorks {
  readonly catalogueId: string
  readonly catalogue: string
  readonly version: number
  readonly currentVersion: number
  readonly count: number
  readonly whole: boolean
  readonly examples: readonly LetterWork[]
  /** Null where it was not counted. */
  readonly unfindable: number | null
}

/** A catalogue that can be filed from, in its present version. */
export interface FilingCatalogue {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly works: number
}

/** All that a draft's choices point to. */
export interface FilingFacts {
  /** The pieces that the vendors will be able to read, in the order chosen. */
  readonly evidence: readonly LetterPiece[]
  readonly holder: HolderFacts
  readonly vendors: readonly FilingVendor[]
  readonly works: FilingWorks | null
  readonly locations: readonly FilingLocation[]
  /** What is left for a vendor where the filer leaves works out, by vendor. */
  readonly left: Readonly<Record<string, FilingWorks>>
}

/** A location of an output with the work of the filing that the filer's words name, if they name one. */
export interface FilingLocation {
  readonly url: string
  /** As typed. */
  readonly words: string
  readonly work: { readonly id: string; readonly title: string } | null
}

/** References drawn with the draft, so that the letters can be read before they are sent. */
export interface DraftReferences {
  readonly filing: string
  /** By vendor. */
  readonly notices: Readonly<Record<string, string>>
}

/** What stands on legal bases. */
interface Based {
  readonly bases: readonly BasisId[]
}

/** The packs of a draft, in the version that new filings use. */
export function packsOf({ bases }: Based): readonly Pack[] {
  return bases.map((basis) => currentPack(basis))
}

/** The statements that a draft asks its signatory for. */
export function statementsWanted(content: Based): readonly StatementId[] {
  return statementsOf(packsOf(content)).map(({ id }) => id)
}

/** The periods that a letter sets, in working days after receipt. */
export function daysOf(content: Pick<FilingContent, 'bases' | 'measures'>): { acknowledge: number; decide: number } {
  const packs = packsOf(content)
  const byMeasure = decideDaysOf(content.measures.map(({ measure }) => measure)).workingDays
  // Of several bases the one that gives the least time sets the day.
  const decide = packs.map(({ deadlines }) => (deadlines.decide === 'byMeasure' ? byMeasure : deadlines.decide))
  return {
    acknowledge: Math.min(standardDays.acknowledge, ...packs.map(({ deadlines }) => deadlines.acknowledge)),
    decide: decide.length === 0 ? byMeasure : Math.min(...decide),
  }
}

/** The content as it is submitted: under four eyes nobody has signed yet, whatever was signed before that was switched on. */
export function toSubmit(content: FilingContent, { holder }: Pick<FilingFacts, 'holder'>): FilingContent {
  return holder.fourEyes ? { ...content, signature: null } : content
}

/** What the letter to one vendor is composed of. Another person's signature does not show: each signs for himself. */
export function letterFactsOf({
  content,
  facts,
  vendor,
  references,
  personId,
  locale,
}: {
  content: FilingContent
  facts: FilingFacts
  vendor: FilingVendor | null
  references: DraftReferences
  personId: string
  locale: LetterLocale
}): LetterFacts {
  const days = daysOf(content)
  const left = vendor === null ? undefined : facts.left[vendor.id]
  return {
    ...sharedFacts(content, left ? { ...facts, works: left } : facts, personId, locale),
    locale,
    kind: content.kind ?? 'exclusion',
    reference: vendor === null ? null : (references.notices[vendor.id] ?? null),
    vendor: vendor ?? { name: '', nameOther: null, legalEntity: null },
    acknowledgeDays: days.acknowledge,
    decideDays: days.decide,
  }
}

/** What completeness is judged by, for the person who would sign. */
export function elementFactsOf(
  content: FilingContent,
  facts: FilingFacts,
  personId: string,
  today: string,
): ElementFacts {
  const shared = sharedFacts(content, facts, personId, content.locale)
  const wanted = statementsWanted(content)
  return {
    ...shared,
    kind: content.kind,
    vendors: facts.vendors.length,
    withoutAgent: facts.vendors.filter(({ contact }) => contact !== null && contact.purpose !== 'takedown').length,
    unfindable: facts.works?.unfindable ?? 0,
    // What is kept for the own side alone shows the vendor nothing.
    evidenceCount: evidenceCountOf(shared.particulars) + shared.evidence.length,
    locationsAstray: facts.locations.filter(({ words, work }) => words !== '' && work === null).length,
    today,
    sentOn: sentOnOf(content, facts.holder, today),
    signedLater: facts.holder.fourEyes,
    statementsSigned: wanted.length > 0 && wanted.every((statement) => shared.statements.includes(statement)),
  }
}

function sentOnOf({ plannedAt }: FilingContent, holder: HolderFacts, today: string): string {
  const planned = plannedAt === null ? today : dayOf(plannedAt, holder)
  return planned > today ? planned : today
}

// A location shows where an output is; a description counts when it says what was captured.
function evidenceCountOf({ locations, evidence }: LetterParticulars): number {
  return locations.length + (linesOf(evidence).length > 0 ? 1 : 0)
}

function particularsOf({ particulars }: FilingContent, { holder, locations }: FilingFacts): LetterParticulars {
  const { capturedAt, ...rest } = particulars
  const { timeZone } = holder
  return {
    ...rest,
    captured: capturedAt === '' ? null : { at: instantOf(capturedAt, timeZone), timeZone },
    locations: locations.map(({ url, work }) => ({ url, work: work?.title ?? null })),
  }
}

function instantOf(local: string, timeZone: string): string {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).toInstant().toString()
}

function sharedFacts(content: FilingContent, facts: FilingFacts, personId: string, locale: LetterLocale) {
  const { holder, works } = facts
  const signature = content.signature?.personId === personId ? content.signature : null
  const ownDate = packsOf(content).some(({ deadlines }) => deadlines.ownDate === 'required')
  return {
    stance: content.stance,
    // A demand that leaves prior permission open would give up what it rests on.
    priorPermission: content.priorPermission || content.stance === 'demand',
    bases: packsOf(content).map(({ id, version }): BasisVersion => ({ basis: id, version })),
    matterNumber: content.matterNumber,
    holder: { ...holder, address: postalAddress(holder, locale) },
    works: works && works.count > 0 ? works : null,
    measures: content.measures,
    particulars: particularsOf(content, facts),
    evidence: facts.evidence,
    deadlineOn: ownDate ? content.deadlineOn : null,
    paragraph: content.paragraph,
    statements: signature?.statements ?? [],
    signatory: signature,
  }
}

/** The holder's address, line by line, in the order of the letter's language. */
export function postalAddress(holder: HolderFacts, locale: LetterLocale): string {
  const { addressLines, locality, postalCode, country } = holder
  if (addressLines === null || addressLines.trim() === '') return ''
  const land = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' }).of(country) ?? country
  const post = postalCode ?? ''
  const place = locality ?? ''
  return locale === 'ja'
    ? [country === 'JP' && post !== '' ? `〒${post}` : post, place, addressLines, land].join('\n')
    : [addressLines, `${place} ${post}`, land].join('\n')
}
