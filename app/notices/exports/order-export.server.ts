import { mayDo } from '#app/accounts/roles.ts'
import type { Member, Viewer } from '#app/accounts/viewer.server.ts'
import { recordAudit } from '#app/accounts/record-audit.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { wake } from '#app/platform/wake.server.ts'

type Ordered = { allowed: true } | { allowed: false; because: 'not-an-owner' }

/** Orders an export of what the portal knows of the one who asks. While one is being made, it is that one. */
export async function orderOwnExport(viewer: Viewer): Promise<void> {
  await withPerson(viewer.personId, async (tx) => {
    await tx.$queryRaw`
      select order_export(${newId()}::uuid, null, ${newId()}::uuid, ${viewer.locale}, ${now()}::timestamptz)`
    await wake(tx, 'job')
  })
}

/** Orders an export of everything that is the organisation's, by an owner, and says so in its record. */
export async function orderOrganisationExport(member: Member): Promise<Ordered> {
  const { personId, organisation, locale } = member
  if (!mayDo(organisation.role, 'manage-organisation')) return { allowed: false, because: 'not-an-owner' }
  return withPerson(personId, async (tx): Promise<Ordered> => {
    const id = newId()
    // The database asks again whether this is an owner at this moment.
    const [row] = await tx.$queryRaw<{ ordered: boolean }[]>`
      select order_export(${id}::uuid, ${organisation.id}::uuid, ${newId()}::uuid, ${locale}, ${now()}::timestamptz) as ordered`
    if (row?.ordered === true) {
      await recordAudit(tx, {
        organisationId: organisation.id,
        kind: 'export-ordered',
        personId,
        facts: { export: id },
      })
      await wake(tx, 'job')
      return { allowed: true }
    }
    const open = await tx.dataExport.count({
      where: { organisationId: organisation.id, status: { in: ['queued', 'running'] } },
    })
    return open > 0 ? { allowed: true } : { allowed: false, because: 'not-an-owner' }
  })
}
