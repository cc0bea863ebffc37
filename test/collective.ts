import type pg from 'pg'
import { collectiveContentSchema, emptyCollective, type AnnexWorks } from '#app/associations/collective.ts'
import { submitCollective } from '#app/associations/submit-collective.server.ts'
import { drawReference } from '#app/notices/filing-reference.server.ts'
import { statementsWanted } from '#app/notices/filing-facts.ts'
import type { FilingContent } from '#app/notices/filing-draft.ts'
import { newId } from '#app/platform/id.ts'
import { aCatalogue, aHolder, aPerson, aVendor, anOrganisation, insert } from './builders.ts'
import { aMandate } from './mandates.ts'
import { memberOf } from './members.ts'

type MandateTerms = Partial<Omit<Parameters<typeof aMandate>[1], 'associationId' | 'memberId' | 'acceptedBy'>>

/** An association with an editor, who may file, and an owner. */
export async function anAssociation(owner: pg.Pool, given: Record<string, unknown> = {}) {
  const organisation = await anOrganisation(owner, 'association', { undo_minutes: 0, ...given })
  const boss = await aPerson(owner, { organisationId: organisation.id })
  const editor = await aPerson(owner, { organisationId: organisation.id, role: 'editor' })
  return {
    organisation,
    owner: memberOf(boss, organisation, { kind: 'association' }),
    editor: memberOf(editor, organisation, { kind: 'association', role: 'editor' }),
  }
}

/** Something that files for its members. */
export type Association = Awaited<ReturnType<typeof anAssociation>>

/** A member with a mandate to file and a catalogue. */
export async function anAnnexedMember(
  owner: pg.Pool,
  association: Association,
  terms: MandateTerms = {},
  titles: string[] = ['A film', 'B film', 'C film'],
) {
  const holder = await aHolder(owner)
  const catalogue = await aCatalogue(owner, holder.organisation.id, { titles })
  const mandate = await aMandate(owner, {
    associationId: association.organisation.id,
    memberId: holder.organisation.id,
    acceptedBy: holder.person.id,
    scopes: ['view', 'file'],
    ...terms,
  })
  return { ...holder, catalogue, mandate, member: memberOf(holder.person, holder.organisation) }
}

/** One of them. */
export type AnnexedMember = Awaited<ReturnType<typeof anAnnexedMember>>

interface DraftWanted {
  readonly members: readonly { organisation: { id: string }; catalogue: { id: string; version: number } }[]
  readonly vendorIds: readonly string[]
  readonly works?: AnnexWorks
  readonly filing?: Partial<FilingContent>
  readonly wordingLocked?: boolean
}

/** A draft of a collective filing that lacks nothing: the plainest exclusion request. */
export async function aCollectiveDraft(owner: pg.Pool, association: Association, wanted: DraftWanted) {
  const [id, reference, at] = [newId(), drawReference('FIL'), new Date()]
  const { personId } = association.editor
  const content = contentOf(wanted)
  await insert(owner, 'collective_filing', {
    id,
    reference,
    association_id: association.organisation.id,
    state: 'draft',
    content,
    review_hours: 72,
    created_by: personId,
    created_at: at,
    updated_by: personId,
    updated_at: at,
  })
  for (const { organisation, catalogue } of wanted.members)
    await insert(owner, 'collective_member', {
      collective_id: id,
      member_id: organisation.id,
      catalogue_id: catalogue.id,
      catalogue_version: catalogue.version,
      works: wanted.works ?? null,
    })
  return { id, reference, content }
}

function contentOf({ vendorIds, filing = {}, wordingLocked = true }: DraftWanted) {
  const empty = emptyCollective('en')
  return collectiveContentSchema.parse({
    ...empty,
    coverLetter: 'We write for our members.\n\nThis is without prejudice to the need for prior permission.',
    wordingLocked,
    filing: {
      ...empty.filing,
      kind: 'exclusion',
      vendorIds,
      measures: [
        { measure: 'STOP_TRAINING_FUTURE', detail: '' },
        { measure: 'RESPOND_TO_OUTPUT_CLAIMS', detail: '' },
      ],
      stance: 'demand',
      priorPermission: true,
      bases: ['EXCLUSION_REQUEST'],
      ...filing,
    },
  })
}

/** Signs and submits a draft as its editor. */
export function submit(association: Association, draft: { id: string; content: { filing: FilingContent } }) {
  const statements = [...statementsWanted(draft.content.filing)]
  return submitCollective({
    member: association.editor,
    collectiveId: draft.id,
    revision: 1,
    form: {
      statement: statements,
      shown: statements,
      signName: association.editor.name,
      capacity: 'Secretary general',
    },
  })
}

/** An association, some members and two vendors, and what is filed between them. */
export async function aCollective(owner: pg.Pool, members = 3) {
  const association = await anAssociation(owner)
  const annexed: AnnexedMember[] = []
  for (let number = 0; number < members; number += 1) annexed.push(await anAnnexedMember(owner, association))
  const vendors = [await aVendor(owner), await aVendor(owner)]
  const vendorIds = vendors.map(({ id }) => id)
  return { association, members: annexed, vendors, vendorIds }
}

/** An association with its members and vendors. */
export type Collective = Awaited<ReturnType<typeof aCollective>>
