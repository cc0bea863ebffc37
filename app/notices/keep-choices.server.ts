import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { withChoices, type FilingContent, type SavedPart } from './filing-draft.ts'
import { lockDraft } from './find-draft.server.ts'
import { choicesSchema, pickChoices, savedParts } from './kept-choices.ts'
import { withReferences } from './start-draft.server.ts'

/** A step of a draft as somebody has it. */
interface Kept {
  readonly draftId: string
  readonly personId: string
  readonly step: SavedPart
  readonly choices: Partial<FilingContent>
}

/** Keeps what somebody typed into a step beside what the draft says: the latest of each person. */
export async function keepChoices(tx: Transaction, { draftId, personId, step, choices }: Kept): Promise<void> {
  const own = pickChoices(choices, step)
  const keptAt = now()
  await tx.keptChoices.upsert({
    where: { draftId_step_keptBy: { draftId, step, keptBy: personId } },
    create: { draftId, step, keptBy: personId, choices: own, keptAt },
    update: { choices: own, keptAt },
    select: { step: true },
  })
}

/**
 * Where somebody has another version of a step that is now overwritten, the overwritten one takes its place: of two
 * versions none is lost before it is thrown away.
 */
export async function keepOverwritten(tx: Transaction, { draftId, personId, step, choices }: Kept): Promise<void> {
  await tx.keptChoices.updateMany({
    where: { draftId, step, keptBy: personId },
    data: { choices: pickChoices(choices, step), keptAt: now() },
  })
}

/** What came of choosing between two versions. */
export type KeptChosen = { readonly done: boolean; readonly step: SavedPart | null }

/** Puts the kept version of a step into the draft, and keeps the one that stood there; or throws the kept one away. */
export async function chooseKept({
  member,
  draftId,
  step,
  use,
}: {
  member: Member
  draftId: string
  step: string
  use: boolean
}): Promise<KeptChosen> {
  const part = savedParts.find((each) => each === step)
  if (part === undefined || !mayDo(member.organisation.role, 'file-notices')) return { done: false, step: null }
  const { personId } = member
  return withPerson(personId, async (tx) => {
    const draft = await lockDraft(tx, member, draftId)
    if (draft === null || draft.filingId !== null) return { done: false, step: part }
    const where = { draftId_step_keptBy: { draftId, step: part, keptBy: personId } }
    const kept = await tx.keptChoices.findUnique({ where, select: { choices: true } })
    if (kept === null) return { done: false, step: part }
    if (!use) {
      await tx.keptChoices.deleteMany({ where: { draftId, step: part, keptBy: personId } })
      return { done: true, step: part }
    }
    const content = withChoices(draft.content, part, choicesSchema.parse(kept.choices), draft.revision + 1)
    // Its notices stand in their ledgers as what they were when they were submitted first.
    if (content.kind !== draft.content.kind && draft.earlierFilingId !== null) return { done: false, step: part }
    await keepOverwritten(tx, { draftId, personId, step: part, choices: draft.content })
    const { filing, notices } = draft.references
    await tx.filingDraft.update({
      where: { id: draftId },
      data: {
        content,
        revision: draft.revision + 1,
        references: { filing, notices: withReferences(content.vendorIds, notices) },
        updatedBy: personId,
        updatedAt: now(),
      },
      select: { id: true },
    })
    return { done: true, step: part }
  })
}
