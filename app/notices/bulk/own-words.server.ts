import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { nameHere } from '#app/platform/name-here.server.ts'

/** What an organisation keeps about a notice for itself. */
export interface OwnWords {
  readonly tags: readonly string[]
  readonly assignee: string | null
  /** The latest first. */
  readonly notes: readonly {
    readonly id: string
    readonly text: string
    readonly at: Date
    readonly by: string | null
  }[]
}

const mostNotes = 200

/** What the member's organisation keeps about a notice; null where there is no such notice for the member. */
export function findOwnWords({ personId, organisation }: Member, reference: string): Promise<OwnWords | null> {
  return withPerson(personId, async (tx) => {
    const notice = await tx.notice.findUnique({ where: { reference }, select: { id: true } })
    if (notice === null) return null
    const [row] = await tx.$queryRaw<[OwnWords]>`
      select array(select t.tag from notice_tag t where t.organisation_id = ${organisation.id}::uuid and t.notice_id = ${notice.id}::uuid order by t.tag) as tags,
        (select ${nameHere('p')} from notice_assignment s join person p on p.id = s.person_id
          where s.organisation_id = ${organisation.id}::uuid and s.notice_id = ${notice.id}::uuid) as assignee, '[]'::json as notes`
    const notes = await tx.$queryRaw<OwnWords['notes']>`
      select x.id, x.text, x.written_at as at, ${nameHere('p')} as by from notice_note x left join person p on p.id = x.written_by
      where x.organisation_id = ${organisation.id}::uuid and x.notice_id = ${notice.id}::uuid order by x.id desc limit ${mostNotes}`
    return { ...row, notes }
  })
}

/**
 * Writes an internal note. Sent twice it is written once.
 *
 * @param given.id made by the form
 * @returns whether there was such a notice, and the member may write
 */
export function writeNote(
  { personId, organisation }: Member,
  { id = newId(), reference, text }: { id?: string; reference: string; text: string },
): Promise<boolean> {
  if (!mayDo(organisation.role, 'file-notices')) return Promise.resolve(false)
  return withPerson(personId, async (tx) => {
    const notice = await tx.notice.findUnique({ where: { reference }, select: { id: true } })
    if (notice === null) return false
    const own = { organisationId: organisation.id, noticeId: notice.id, writtenBy: personId, writtenAt: now() }
    await tx.noticeNote.createMany({ data: [{ id, text, ...own }], skipDuplicates: true })
    return true
  })
}
