import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { sha256 } from '#app/ledger/hash.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { completenessOf } from './filing-completeness.ts'
import { scopeChoiceOf, type FilingContent } from './filing-draft.ts'
import type { FilingRefusal } from './filing-refusals.ts'
import { elementFactsOf, packsOf, postalAddress, toSubmit, type FilingFacts } from './filing-facts.ts'
import { getFilingFacts } from './filing-facts.server.ts'
import { reachable } from './filing-view.ts'
import {
  findRepetitions,
  freezeLeft,
  guardDuplicates,
  leavesOut,
  relateNotices,
  supersededBy,
  takeTurns,
  undecidedOf,
} from './guard-duplicates.server.ts'
import type { Repetition } from './find-duplicates.server.ts'
import { lockDraft, type LockedDraft } from './find-draft.server.ts'
import type { ElementId } from './legal-bases/basis.ts'
import { statementText } from './letter-composition.ts'
import { lettersHash, lettersTo, type LetterToVendor } from './preview-letters.server.ts'
import { findRecalled, renumberDraft } from './renumber-draft.server.ts'
import { mostListedWorks } from './scope.ts'
import { addDraft } from './start-draft.server.ts'
import { KeyTaken, ReferenceTaken, storeFiling, type FilingToStore, type NoticeToStore } from './store-filing.server.ts'
import { sendTimeOf } from './send-time.ts'
import { submitNotices } from './submit-notices.server.ts'
import { orderSuccessions } from './order-successions.server.ts'
import { dayOf } from './working-days.ts'

/** What is asked: file this draft as it was shown. */
export interface FilingOrder {
  readonly member: Member
  readonly draftId: string
  /** The revision that the filer read. */
  readonly revision: number
  /** `lettersSha256` of the preview: letters that changed meanwhile are not sent unseen. */
  readonly letters: string
  /** The same key with the same order files once. */
  readonly idempotencyKey: string
}

/** The filing that was made, or why nothing was. */
export type Filed =
  | {
      readonly filed: true
      readonly reference: string
      readonly notices: number
      readonly sendAt: Date
      /** It waits for someone else's approval. */
      readonly needsApproval: boolean
      /** Holds the vendors that have no working contact; null when all could be filed. */
      readonly remainingDraftId: string | null
      /** The order had been carried out before. */
      readonly repeated: boolean
    }
  | { readonly filed: false; readonly because: FilingRefusal }
  | { readonly filed: false; readonly because: 'incomplete'; readonly missing: readonly ElementId[] }

// Undoes everything: the filer chooses first.
class AskedTwice extends Error {}

/**
 * Files a draft: one filing, one notice and one letter for each vendor with a working contact, the scope frozen, all in one
 * transaction or not at all. Vendors without a contact stay behind in a draft of their own.
 */
export async function fileNotices(order: FilingOrder): Promise<Filed> {
  const { member } = order
  if (!mayDo(member.organisation.role, 'file-notices')) return { filed: false, because: 'role-too-low' }
  try {
    return await withPerson(member.personId, (tx) => fileWithin(tx, order))
  } catch (error) {
    if (error instanceof AskedTwice) return { filed: false, because: 'duplicates' }
    if (error instanceof KeyTaken) return { filed: false, because: 'key-reused' }
    if (!(error instanceof ReferenceTaken)) throw error
    await renumberDraft({ member, draftId: order.draftId })
    return { filed: false, because: 'renumbered' }
  }
}

async function fileWithin(tx: Transaction, order: FilingOrder): Promise<Filed> {
  const { member, draftId, revision, idempotencyKey } = order
  const draft = await lockDraft(tx, member, draftId)
  if (draft === null) return { filed: false, because: 'gone' }
  const requestSha256 = sha256(JSON.stringify([draftId, revision, order.letters]))
  // Only a draft that moved on can have been filed by this very order.
  if (draft.filingId !== null || draft.revision !== revision) {
    const earlier = await findEarlier(tx, member, idempotencyKey)
    if (earlier !== null && earlier.requestSha256 !== requestSha256) return { filed: false, because: 'key-reused' }
    if (earlier !== null || draft.filingId !== null) return repeated(tx, draft)
    return { filed: false, because: 'changed' }
  }

  const found = await getFilingFacts(tx, { member, content: draft.content })
  const { facts, repetitions } = leavesOut(draft.content)
    ? await findInTurn(tx, { member, content: draft.content, facts: found, filingId: draft.earlierFilingId })
    : { facts: found, repetitions: null }
  const { references } = draft
  const content = toSubmit(draft.content, facts)
  const letters = lettersTo(facts.vendors, {
    content,
    facts,
    references,
    personId: member.personId,
    locale: content.locale,
  })
  const at = now()
  const refusal = refusalOf({ order, content, facts, letters, at })
  if (refusal) return refusal
  return send(tx, { draft: { ...draft, content }, facts, repetitions, letters, order, requestSha256, at })
}

// What is left out is frozen as it was found: nobody else files to these vendors meanwhile, so that it need be asked only once.
async function findInTurn(tx: Transaction, guarded: Parameters<typeof findRepetitions>[1]) {
  const { member, facts } = guarded
  const vendorIds = facts.vendors.flatMap(({ id, contact }) => (contact === null ? [] : [id]))
  await takeTurns(tx, { organisationId: member.organisation.id, vendorIds })
  return findRepetitions(tx, guarded)
}

function refusalOf({
  order,
  content,
  facts,
  letters,
  at,
}: {
  order: FilingOrder
  content: FilingContent
  facts: FilingFacts
  letters: readonly LetterToVendor[]
  at: Date
}): Filed | null {
  if (facts.holder.closing === true) return { filed: false, because: 'closing' }
  if (!facts.holder.verified) return { filed: false, because: 'not-verified' }
  if (lettersHash(letters) !== order.letters) return { filed: false, because: 'letters-changed' }
  const today = dayOf(at.toISOString(), facts.holder)
  const { missing } = completenessOf(elementFactsOf(content, facts, order.member.personId, today))
  if (missing.length > 0) return { filed: false, because: 'incomplete', missing }
  if (content.scope.kind !== 'all' && (facts.works?.count ?? 0) > mostListedWorks) {
    return { filed: false, because: 'too-many-works' }
  }
  if (!facts.vendors.some(({ contact }) => contact !== null)) return { filed: false, because: 'no-contact' }
  return reachable(facts).length > 0 ? null : { filed: false, because: 'nothing-left' }
}

interface Sending {
  readonly draft: LockedDraft
  readonly facts: FilingFacts
  /** Found beforehand, where the filer leaves something out; else null. */
  readonly repetitions: readonly Repetition[] | null
  readonly letters: readonly LetterToVendor[]
  readonly order: FilingOrder
  readonly requestSha256: string
  readonly at: Date
}

async function send(tx: Transaction, sending: Sending): Promise<Filed> {
  const { draft, facts, letters, order } = sending
  const { member } = order
  const { content } = draft
  const filing = filingOf(sending)
  const earlier = draft.earlierFilingId === null ? new Map<string, string>() : await findRecalled(tx, filing.id)
  const reached = new Set(reachable(facts).map(({ id }) => id))
  const going = letters.filter(({ vendor }) => reached.has(vendor.id))
  const notices = going.map((letter): NoticeToStore => {
    const again = earlier.get(letter.vendor.id)
    const reference = draft.references.notices[letter.vendor.id]
    if (reference === undefined) throw new Error(`draft ${draft.id} has no reference for vendor ${letter.vendor.id}`)
    return { ...letter, id: again ?? newId(), reference, again: again !== undefined }
  })
  const { worksSha256, needsApproval } = await storeFiling(tx, filing, notices, draft.earlierFilingId !== null)
  const noticeOf = new Map(notices.map(({ id, vendor }) => [vendor.id, id]))
  const left = await freezeLeft(tx, { content, repetitions: sending.repetitions ?? [], noticeOf })
  await submitNotices(tx, { member, filing, notices, worksSha256, left })
  const vendorIds = [...noticeOf.keys()]
  const repetitions =
    sending.repetitions?.filter(({ duplicates }) => noticeOf.has(duplicates.vendorId)) ??
    (await guardDuplicates(tx, { member, content, facts, filingId: filing.id, vendorIds }))
  const undecided = undecidedOf(repetitions, content)
  if (undecided > 0) throw new AskedTwice(`draft ${draft.id} asks ${undecided} vendors again`)
  const again = notices.flatMap((notice) => (notice.again ? [notice.id] : []))
  await relateNotices(tx, { content, repetitions, noticeOf, again })
  const supersedes = [...content.supersedes, ...supersededBy(repetitions, content)]
  await orderSuccessions(tx, { member, supersedes, noticeIds: [...noticeOf.values()] })
  const remainingDraftId = await keepOthers(tx, member, draft, letters)
  return {
    filed: true,
    reference: filing.reference,
    notices: notices.length,
    sendAt: filing.sendAt,
    needsApproval,
    remainingDraftId,
    repeated: false,
  }
}

function filingOf({ draft, facts, order, requestSha256, at }: Sending): FilingToStore {
  const { content } = draft
  const { kind, signature, scope } = content
  const choice = scopeChoiceOf(content)
  // Completeness was judged just before: what is missing here is a bug.
  const unsigned = signature === null && !facts.holder.fourEyes
  if (kind === null || unsigned || choice === null || scope.version === null || facts.works === null) {
    throw new Error(`draft ${draft.id} was complete but lacks its kind, signature or works`)
  }
  const holder = { ...facts.holder, address: postalAddress(facts.holder, content.locale) }
  return {
    id: draft.earlierFilingId ?? newId(),
    reference: draft.references.filing,
    organisationId: order.member.organisation.id,
    personId: order.member.personId,
    draftId: draft.id,
    content: { ...content, kind },
    signature,
    statements: (signature?.statements ?? []).map((id) => ({
      id,
      text: statementText(packsOf(content), id, { locale: content.locale, holder }),
    })),
    idempotencyKey: order.idempotencyKey,
    requestSha256,
    bound: { choice, version: scope.version },
    worksCount: facts.works.count,
    evidence: content.evidence,
    shared: facts.evidence,
    // An exclusion request has no outputs to point to: what was typed for another kind stays in the draft.
    locations: kind === 'exclusion' ? [] : facts.locations,
    at,
    sendAt: sendTimeOf({ at, undoMinutes: facts.holder.undoMinutes, plannedAt: content.plannedAt }),
  }
}

async function findEarlier(tx: Transaction, member: Member, key: string): Promise<{ requestSha256: string } | null> {
  return tx.idempotency.findUnique({
    where: { organisationId_key: { organisationId: member.organisation.id, key } },
    select: { requestSha256: true },
  })
}

async function repeated(tx: Transaction, { references }: LockedDraft): Promise<Filed> {
  const filing = await tx.filing.findUniqueOrThrow({
    where: { reference: references.filing },
    select: { id: true, reference: true, sendAt: true, needsApproval: true },
  })
  const notices = await tx.notice.count({ where: { filingId: filing.id } })
  return {
    filed: true,
    reference: filing.reference,
    notices,
    sendAt: filing.sendAt,
    needsApproval: filing.needsApproval,
    remainingDraftId: null,
    repeated: true,
  }
}

async function keepOthers(
  tx: Transaction,
  member: Member,
  { content, references }: LockedDraft,
  letters: readonly LetterToVendor[],
): Promise<string | null> {
  const vendorIds = letters.filter(({ vendor }) => vendor.contact === null).map(({ vendor }) => vendor.id)
  if (vendorIds.length === 0) return null
  return addDraft(tx, member, { ...content, vendorIds, signature: null, changedAt: {} }, references.notices)
}
