import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { drawReference } from '#app/notices/filing-reference.server.ts'
import { emptyCollective, type AnnexWorks, type CollectiveContent } from './collective.ts'
import { readChoosable } from './find-choosable.server.ts'
import { readCollective, type CollectiveRecord } from './find-collective.server.ts'

/** A draft was begun, or the member may not begin one. */
export type CollectiveStarted =
  | { readonly started: true; readonly reference: string }
  | { readonly started: false; readonly because: 'role-too-low' }

/** Begins a collective filing: a draft in which nothing is chosen. */
export async function startCollective(member: Member): Promise<CollectiveStarted> {
  if (!mayDo(member.organisation.role, 'file-notices')) return { started: false, because: 'role-too-low' }
  const { personId, organisation, locale } = member
  const [id, reference, at] = [newId(), drawReference('FIL'), now()]
  const content = JSON.stringify(emptyCollective(locale))
  await withPerson(
    personId,
    (tx) => tx.$executeRaw`
      insert into collective_filing (id, reference, association_id, state, content, review_hours, created_by, created_at, updated_by, updated_at)
      select ${id}::uuid, ${reference}, o.id, 'draft', ${content}::jsonb, o.review_hours, ${personId}::uuid, ${at}, ${personId}::uuid, ${at}
      from organisation o where o.id = ${organisation.id}::uuid`,
  )
  return { started: true, reference }
}

/** A choice was kept, or why not: somebody else changed the draft, or it is one no longer. */
export type CollectiveSaved =
  | { readonly saved: true; readonly revision: number }
  | { readonly saved: false; readonly because: 'role-too-low' | 'gone' | 'changed' | 'submitted' }

/** What is filed for one member. */
export interface AnnexChoice {
  readonly memberId: string
  readonly catalogueId: string
  readonly works: AnnexWorks
}

interface Saving {
  readonly member: Member
  readonly reference: string
  /** The revision that was read. */
  readonly revision: number
}

/** Keeps the members of a draft and the works of each. What no mandate covers now is left out of it. */
export function saveMembers({
  choices,
  ...saving
}: Saving & { choices: readonly AnnexChoice[] }): Promise<CollectiveSaved> {
  return change(saving, async (tx, { id }) => {
    const choosable = await readChoosable(tx, saving.member.organisation.id, id)
    const versionOf = new Map(
      choosable.flatMap(({ id: memberId, catalogues }) =>
        catalogues.map((catalogue) => [`${memberId} ${catalogue.id}`, catalogue.version] as const),
      ),
    )
    const rows = choices.flatMap((choice) => {
      const version = versionOf.get(`${choice.memberId} ${choice.catalogueId}`)
      return version === undefined ? [] : [{ ...choice, version }]
    })
    await tx.$executeRaw`delete from collective_member where collective_id = ${id}::uuid`
    await tx.$executeRaw`
      insert into collective_member (collective_id, member_id, catalogue_id, catalogue_version, works)
      select ${id}::uuid, "memberId", "catalogueId", version, nullif(works, 'null'::jsonb)
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r ("memberId" uuid, "catalogueId" uuid, version int, works jsonb)`
    return null
  })
}

/** Keeps what all annexes share. A change takes a signature away: it stands for what was signed. */
export function saveContent({
  content,
  ...saving
}: Saving & { content: (before: CollectiveContent) => CollectiveContent }): Promise<CollectiveSaved> {
  return change(saving, (_tx, record) => {
    const changed = content(record.content)
    return Promise.resolve({ ...changed, filing: { ...changed.filing, signature: null } })
  })
}

/** Throws a draft away. */
export async function discardCollective({ member, reference }: Omit<Saving, 'revision'>): Promise<boolean> {
  return withPerson(member.personId, async (tx) => {
    const record = await readCollective(tx, member, reference)
    if (record === null || record.state !== 'draft') return false
    await tx.$executeRaw`delete from collective_member where collective_id = ${record.id}::uuid`
    const gone = await tx.$executeRaw`delete from collective_filing where id = ${record.id}::uuid and state = 'draft'`
    return gone === 1
  })
}

function change(
  { member, reference, revision }: Saving,
  act: (tx: Transaction, record: CollectiveRecord) => Promise<CollectiveContent | null>,
): Promise<CollectiveSaved> {
  return withPerson(member.personId, async (tx): Promise<CollectiveSaved> => {
    if (!mayDo(member.organisation.role, 'file-notices')) return { saved: false, because: 'role-too-low' }
    await tx.$queryRaw`select id from collective_filing where reference = ${reference} for update`
    const record = await readCollective(tx, member, reference)
    if (record === null) return { saved: false, because: 'gone' }
    if (record.state !== 'draft') return { saved: false, because: 'submitted' }
    if (record.revision !== revision) return { saved: false, because: 'changed' }
    const content = await act(tx, record)
    const kept = JSON.stringify(content ?? record.content)
    await tx.$executeRaw`
      update collective_filing set content = ${kept}::jsonb, revision = revision + 1, updated_at = ${now()}, updated_by = ${member.personId}::uuid
      where id = ${record.id}::uuid`
    return { saved: true, revision: revision + 1 }
  })
}
