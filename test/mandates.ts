import type pg from 'pg'
import { newId } from '#app/platform/id.ts'
import { insert } from './builders.ts'

type Terms = {
  associationId: string
  memberId: string
  /** The person at the member who accepts. */
  acceptedBy: string
  scopes?: readonly ('view' | 'file' | 'swear')[]
  /** Null: all of them. */
  vendors?: string[] | null
  measures?: string[] | null
  catalogues?: string[] | null
  approvalRequired?: boolean
  startsAt?: Date
  endsAt?: Date | null
}

const aDay = 86_400_000

/** A mandate that was offered, accepted and counts, with its one version and its grant. */
export async function aMandate(owner: pg.Pool, terms: Terms): Promise<{ id: string }> {
  const { associationId, memberId, acceptedBy, scopes = ['view'], approvalRequired = false, endsAt = null } = terms
  const { vendors = null, measures = null, catalogues = null, startsAt = new Date(Date.now() - 90 * aDay) } = terms
  const id = newId()
  const covers = {
    scopes: array(scopes),
    vendors: array(vendors),
    measures: array(measures),
    catalogues: array(catalogues),
    approval_required: approvalRequired,
  }
  await insert(owner, 'mandate', {
    id,
    association_id: associationId,
    member_id: memberId,
    created_by: acceptedBy,
    created_at: startsAt,
  })
  await insert(owner, 'mandate_version', {
    mandate_id: id,
    version: 1,
    ...covers,
    starts_on: startsAt.toISOString().slice(0, 10),
    ends_on: endsAt?.toISOString().slice(0, 10) ?? null,
    signatory_name: 'Sato Yuki',
    signatory_capacity: 'Head of rights',
    offered_by_organisation_id: memberId,
    offered_by: acceptedBy,
    offered_at: startsAt,
    accepted_by: acceptedBy,
    accepted_at: startsAt,
  })
  await insert(owner, 'mandate_grant', {
    mandate_id: id,
    version: 1,
    association_id: associationId,
    member_id: memberId,
    ...covers,
    starts_at: startsAt,
    ends_at: endsAt,
  })
  return { id }
}

/** An address that an association invited, and a file with one row. */
export async function fillInvitations(
  owner: pg.Pool,
  { organisation, person }: { organisation: { id: string }; person: { id: string } },
): Promise<void> {
  const [by, at] = [{ association_id: organisation.id }, new Date()]
  await insert(owner, 'mandate_invitation', {
    ...by,
    id: newId(),
    email: 'invited@example.test',
    name: 'A member to be',
    scopes: array(['view']),
    approval_required: false,
    starts_on: at,
    invited_by: person.id,
    invited_at: at,
  })
  await insert(owner, 'mandate_batch', {
    ...by,
    id: newId(),
    made_by: person.id,
    made_at: at,
    file_name: 'members.csv',
    results: {},
  })
}

// The builders write lists as JSON; these columns are arrays.
const array = (values: readonly string[] | null) => (values === null ? null : `{${values.join(',')}}`)
