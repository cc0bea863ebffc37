import type { Member } from '#app/accounts/viewer.server.ts'
import { sha256 } from '#app/ledger/hash.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { completenessOf, type Completeness } from './filing-completeness.ts'
import type { FilingContent } from './filing-draft.ts'
import {
  elementFactsOf,
  letterFactsOf,
  toSubmit,
  type DraftReferences,
  type FilingFacts,
  type FilingVendor,
} from './filing-facts.ts'
import { getFilingFacts } from './filing-facts.server.ts'
import type { VendorDuplicates } from './duplicates.ts'
import { scoreOf, type Score } from './filing-score.ts'
import { findApprovers } from './find-approvers.server.ts'
import { findDraft, type Draft } from './find-draft.server.ts'
import { findRepetitions } from './guard-duplicates.server.ts'
import type { LetterLocale } from './legal-bases/basis.ts'
import { composeLetter } from './letter-composition.ts'
import type { LetterFacts } from './letter-facts.ts'
import { letterText, type Letter } from './letter.ts'
import { sendTimeOf } from './send-time.ts'
import { dayOf } from './working-days.ts'

/** A letter as it will be sent to one vendor; `text` is what its hash is made of. */
export interface LetterToVendor {
  /** What it was composed of. */
  readonly facts: LetterFacts
  readonly vendor: FilingVendor
  readonly letter: Letter
  readonly text: string
  readonly sha256: string
}

/** A draft with all it points to: what every page of the wizard shows. */
export interface DraftPreview {
  readonly draft: Draft
  readonly facts: FilingFacts
  readonly completeness: Completeness
  readonly score: Score
  /** One for each vendor; before any is chosen, one to nobody. */
  readonly letters: readonly Omit<LetterToVendor, 'vendor'>[]
  /** Changes when any letter would: what is filed must be what was read. */
  readonly lettersSha256: string
  /** When the letters would leave, were they filed now. */
  readonly sendAt: Date
  /** Who could approve it, where an approval is needed. */
  readonly approvers: readonly string[]
  /** What is asked a second time; empty unless it was asked for. */
  readonly duplicates: readonly VendorDuplicates[]
}

interface Composing {
  readonly content: FilingContent
  readonly facts: FilingFacts
  readonly references: DraftReferences
  readonly personId: string
  readonly locale: LetterLocale
}

/**
 * Reads a draft and composes its letters, in another language than the chosen one if asked.
 *
 * @returns null when the member's organisation has no such draft
 */
export function previewLetters({
  member,
  draftId,
  locale,
  withDuplicates = true,
}: {
  member: Member
  draftId: string
  locale?: LetterLocale | undefined
  /** Only the last page needs them, and they may take a second. */
  withDuplicates?: boolean
}): Promise<DraftPreview | null> {
  return withPerson(member.personId, async (tx) => {
    const draft = await findDraft(tx, member, draftId)
    if (draft === null) return null
    const found = await getFilingFacts(tx, { member, content: draft.content, unfindable: true })
    const { facts, repetitions } = withDuplicates
      ? await findRepetitions(tx, { member, content: draft.content, facts: found })
      : { facts: found, repetitions: [] }
    const { references } = draft
    const content = toSubmit(draft.content, facts)
    const at = now()
    const elements = elementFactsOf(content, facts, member.personId, dayOf(at.toISOString(), facts.holder))
    const composing = { content, facts, references, personId: member.personId, locale: locale ?? content.locale }
    const recipients: readonly (FilingVendor | null)[] = facts.vendors.length === 0 ? [null] : facts.vendors
    return {
      draft,
      facts,
      completeness: completenessOf(elements),
      score: scoreOf({
        elements,
        matterNumber: content.matterNumber,
        vendors: facts.vendors.length,
        reachable: facts.vendors.filter(({ contact }) => contact !== null).length,
      }),
      letters: recipients.map((vendor) => letterTo(vendor, composing)),
      lettersSha256: lettersHash(lettersTo(facts.vendors, { ...composing, locale: content.locale })),
      sendAt: sendTimeOf({ at, undoMinutes: facts.holder.undoMinutes, plannedAt: content.plannedAt }),
      duplicates: repetitions.map(({ duplicates }) => duplicates),
      approvers: facts.holder.fourEyes ? await findApprovers(tx, member) : [],
    }
  })
}

/** The letters to some vendors, one each. */
export function lettersTo(vendors: readonly FilingVendor[], composing: Composing): readonly LetterToVendor[] {
  return vendors.map((vendor) => ({ vendor, ...letterTo(vendor, composing) }))
}

/** One hash over all letters of a filing, in their order. */
export function lettersHash(letters: readonly LetterToVendor[]): string {
  return sha256(letters.map(({ vendor, sha256: hash }) => `${vendor.id} ${hash}\n`).join(''))
}

function letterTo(vendor: FilingVendor | null, composing: Composing): Omit<LetterToVendor, 'vendor'> {
  const facts = letterFactsOf({ ...composing, vendor })
  const letter = composeLetter(facts)
  const text = letterText(letter)
  return { facts, letter, text, sha256: sha256(text) }
}
