import { randomBytes } from 'node:crypto'
import type { z } from 'zod'

import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'

import { detailsOf } from './save-organisation.server.ts'
import { recordAudit } from './record-audit.server.ts'
import { slugStem, type foundingForm } from './organisation.ts'
import type { Viewer } from './viewer.server.ts'

type Founding = { viewer: Viewer; form: z.infer<typeof foundingForm> }

/** Founds an organisation that nobody has verified yet, with the founder as its owner; the same one twice is one. */
export async function createOrganisation({
  viewer,
  form,
}: Founding): Promise<{ organisationId: string; slug: string }> {
  const organisationId = newId()
  const slug = newSlug([form.name, form.nameOther ?? ''])
  return withPerson(viewer.personId, async (tx) => {
    // A form that was sent twice founds one organisation.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`founding by ${viewer.personId}`}, 0))`
    const same = { kind: form.kind, name: form.name }
    const twin = await tx.membership.findFirst({
      where: { personId: viewer.personId, role: 'owner', organisation: same },
      select: { organisation: { select: { id: true, slug: true } } },
    })
    if (twin) return { organisationId: twin.organisation.id, slug: twin.organisation.slug }
    const at = now()
    // No RETURNING: until the membership is there, the founder may not read the organisation.
    await tx.organisation.createMany({
      data: [
        {
          ...detailsOf(form),
          kind: form.kind,
          id: organisationId,
          slug,
          locale: viewer.locale,
          createdAt: at,
        },
      ],
    })
    await tx.membership.createMany({
      data: [{ id: newId(), personId: viewer.personId, organisationId, role: 'owner', createdAt: at }],
    })
    await recordAudit(tx, { organisationId, kind: 'organisation-founded', personId: viewer.personId })
    // Whoever never chose a time zone lives by that of their first organisation.
    await tx.person.updateMany({ where: { id: viewer.personId, timeZone: 'UTC' }, data: { timeZone: form.timeZone } })
    return { organisationId, slug }
  })
}

// Slugs of other tenants cannot be seen, so a taken one is not found by asking: six random signs make each one free.
function newSlug(names: readonly string[]): string {
  const stem = slugStem(names)
  return `${stem === '' ? 'organisation' : stem}-${randomBytes(3).toString('hex')}`
}
