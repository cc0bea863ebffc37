import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { emptyContent, type FilingContent } from './filing-draft.ts'
import { drawReference } from './filing-reference.server.ts'

/** A draft was made, or the member may not make one. */
export type DraftStarted =
  | { readonly allowed: true; readonly draftId: string }
  | { readonly allowed: false; readonly because: 'role-too-low' }

/** Starts a filing, with what is already known of it: its kind, a vendor or a catalogue from which the filer came. */
export async function startDraft({
  member,
  given = {},
}: {
  member: Member
  given?: {
    readonly kind?: NonNullable<FilingContent['kind']>
    readonly vendorIds?: readonly string[]
    readonly catalogueId?: string
  }
}): Promise<DraftStarted> {
  if (!mayDo(member.organisation.role, 'file-notices')) return { allowed: false, because: 'role-too-low' }
  const empty = emptyContent(member.locale)
  const content: FilingContent = {
    ...empty,
    kind: given.kind ?? null,
    vendorIds: [...(given.vendorIds ?? [])],
    scope: { ...empty.scope, catalogueId: given.catalogueId ?? null },
  }
  return withPerson(member.personId, async (tx) => ({ allowed: true, draftId: await addDraft(tx, member, content) }))
}

/** Adds a draft with new references. */
export async function addDraft(
  tx: Transaction,
  member: Member,
  content: FilingContent,
  kept: Readonly<Record<string, string>> = {},
): Promise<string> {
  const id = newId()
  const at = now()
  await tx.filingDraft.create({
    data: {
      id,
      organisationId: member.organisation.id,
      content,
      references: { filing: drawReference('FIL'), notices: withReferences(content.vendorIds, kept) },
      createdBy: member.personId,
      updatedBy: member.personId,
      createdAt: at,
      updatedAt: at,
    },
    select: { id: true },
  })
  return id
}

/** A reference for every vendor; one that was drawn before stays, so that a letter read once keeps its number. */
export function withReferences(
  vendorIds: readonly string[],
  kept: Readonly<Record<string, string>>,
): Record<string, string> {
  const missing = vendorIds.filter((vendorId) => !(vendorId in kept))
  return { ...kept, ...Object.fromEntries(missing.map((vendorId) => [vendorId, drawReference('CAV')])) }
}
