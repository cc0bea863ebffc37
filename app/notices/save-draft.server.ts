import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import {
  asCeaseDesist,
  changedSince,
  withChoices,
  type SavedPart,
  type FilingContent,
  type StepChoices,
} from './filing-draft.ts'
import type { StatementId } from './legal-bases/basis.ts'
import { isTrainingUnderHosting } from './legal-bases/hosted-only.ts'
import { lockDraft, type LockedDraft } from './find-draft.server.ts'
import { keepChoices, keepOverwritten } from './keep-choices.server.ts'
import { withReferences } from './start-draft.server.ts'

/** What came of saving a step; `changed` says who saved the same step meanwhile. */
export type DraftSaved =
  | { readonly saved: true; readonly revision: number; readonly content: FilingContent }
  | {
      readonly saved: false
      readonly because: 'role-too-low' | 'gone' | 'was-filed' | 'too-many-picked' | 'training-under-hosting'
    }
  | { readonly saved: false; readonly because: 'filed'; readonly filingReference: string }
  | {
      readonly saved: false
      readonly because: 'changed'
      readonly revision: number
      readonly by: string | null
      readonly at: Date
    }

/** A signature being given with the step: by the person who saves, under his or her own name. */
export interface Signing {
  readonly name: string
  readonly capacity: string
  readonly statements: readonly StatementId[]
}

interface Saving {
  readonly member: Member
  readonly draftId: string
  /** The revision that the page showed. */
  readonly revision: number
  readonly step: SavedPart
  readonly choices: StepChoices
  readonly signing?: Signing | undefined
  /** The filer accepts the way that is offered in place of section 512(c). */
  readonly ceaseDesistInstead?: boolean
}

/** Saves the choices of one step. Words that someone else saved for the same step since `revision` are not overwritten. */
export function saveDraft(saving: Saving): Promise<DraftSaved> {
  const { member, draftId } = saving
  if (!mayDo(member.organisation.role, 'file-notices'))
    return Promise.resolve({ saved: false, because: 'role-too-low' })
  return withPerson(member.personId, async (tx) => {
    const draft = await lockDraft(tx, member, draftId)
    return draft === null ? { saved: false, because: 'gone' } : saveInto(tx, draft, saving)
  })
}

async function saveInto(tx: Transaction, draft: LockedDraft, saving: Saving): Promise<DraftSaved> {
  const { member, revision, step, choices, signing } = saving
  if (draft.filingId !== null) {
    return { saved: false, because: 'filed', filingReference: draft.references.filing }
  }
  // Its notices stand in their ledgers as what they were when they were submitted first.
  if (step === 'kind' && draft.earlierFilingId !== null) return { saved: false, because: 'was-filed' }
  if (changedSince(draft.content, step, revision)) {
    // Two devices with the same words do not differ.
    if (withChoices(draft.content, step, choices, draft.revision) === draft.content && !signing)
      return { saved: true, revision: draft.revision, content: draft.content }
    await keepChoices(tx, { draftId: draft.id, personId: member.personId, step, choices })
    return {
      saved: false,
      because: 'changed',
      revision: draft.revision,
      by: await nameOf(tx, draft),
      at: draft.updatedAt,
    }
  }
  const next = draft.revision + 1
  const chosen = saving.ceaseDesistInstead
    ? asCeaseDesist(draft.content, choices, next)
    : withChoices(draft.content, step, choices, next)
  if (chosen.kind !== draft.content.kind && draft.earlierFilingId !== null)
    return { saved: false, because: 'was-filed' }
  if (step === 'basis' && isTrainingUnderHosting(chosen)) return { saved: false, because: 'training-under-hosting' }
  const content = signing ? { ...chosen, signature: signatureOf(member, signing) } : chosen
  if (content === draft.content) return { saved: true, revision: draft.revision, content }
  await keepOverwritten(tx, { draftId: draft.id, personId: member.personId, step, choices: draft.content })
  const { filing, notices } = draft.references
  await tx.filingDraft.update({
    where: { id: draft.id },
    data: {
      content,
      revision: next,
      references: { filing, notices: withReferences(content.vendorIds, notices) },
      updatedBy: member.personId,
      updatedAt: now(),
    },
    select: { id: true },
  })
  return { saved: true, revision: next, content }
}

function signatureOf(member: Member, { name, capacity, statements }: Signing): NonNullable<FilingContent['signature']> {
  return {
    personId: member.personId,
    name,
    capacity,
    statements: [...statements],
    signedAt: now().toISOString(),
    timeZone: member.organisation.timeZone,
  }
}

async function nameOf(tx: Transaction, { updatedBy }: LockedDraft): Promise<string | null> {
  const person = await tx.person.findUnique({ where: { id: updatedBy }, select: { name: true } })
  return person?.name ?? null
}
