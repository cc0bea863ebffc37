import type { z } from 'zod'

import { withPerson } from '#app/platform/db.server.ts'

import type { organisationForm, sendingForm } from './organisation.ts'
import { recordAudit } from './record-audit.server.ts'
import { mayDo } from './roles.ts'
import type { Member } from './viewer.server.ts'

type Saved = { allowed: true } | { allowed: false; because: 'not-an-owner' }

/** Keeps what an organisation says of itself; later letters carry it, letters that are out do not change. */
export async function saveOrganisation({
  member,
  form,
}: {
  member: Member
  form: z.infer<typeof organisationForm>
}): Promise<Saved> {
  return save(member, detailsOf(form))
}

/** Keeps how long filings wait for a recall, and at an association how long members may look at their annex. */
export async function saveSending({
  member,
  form,
}: {
  member: Member
  form: z.infer<typeof sendingForm>
}): Promise<Saved> {
  const { undoMinutes, firstMailsPerHour = null, reviewHours } = form
  const isAssociation = member.organisation.kind === 'association'
  return save(member, {
    undoMinutes,
    firstMailsPerHour,
    ...(isAssociation && reviewHours !== undefined && { reviewHours }),
  })
}

/** The columns of a form; what was left empty is empty in the database too. */
export function detailsOf(form: z.infer<typeof organisationForm>) {
  const { name, addressLines, locality, country, timeZone } = form
  return {
    name,
    addressLines,
    locality,
    country,
    timeZone,
    nameOther: form.nameOther ?? null,
    postalCode: form.postalCode ?? null,
    telephone: form.telephone ?? null,
    website: form.website ?? null,
  }
}

type Columns =
  | ReturnType<typeof detailsOf>
  | { undoMinutes: number; firstMailsPerHour: number | null; reviewHours?: number }

async function save(member: Member, data: Columns): Promise<Saved> {
  if (!mayDo(member.organisation.role, 'manage-organisation')) return { allowed: false, because: 'not-an-owner' }
  const { personId, organisation } = member
  return withPerson(personId, async (tx): Promise<Saved> => {
    const before = await tx.organisation.findUnique({ where: { id: organisation.id } })
    // Row security admits owners of this moment only: one who lost the role changes no row.
    const { count } = await tx.organisation.updateMany({ where: { id: organisation.id }, data })
    if (count === 0) return { allowed: false, because: 'not-an-owner' }
    const was = new Map(Object.entries(before ?? {}))
    const changed = Object.entries(data).filter(([field, value]) => was.get(field) !== value)
    if (changed.length > 0)
      await recordAudit(tx, { organisationId: organisation.id, personId, ...written(data, changed) })
    return { allowed: true }
  })
}

// What is set is written with its value; what an organisation says of itself may name a person, and is not.
function written(data: Columns, changed: readonly [string, unknown][]) {
  if ('undoMinutes' in data) return { kind: 'sending-changed', facts: data } as const
  return { kind: 'organisation-changed', facts: { fields: changed.map(([field]) => field) } } as const
}
