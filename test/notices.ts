import type pg from 'pg'
import type { Role } from '#app/accounts/roles.ts'
import { newId } from '#app/platform/id.ts'
import { decideDaysOf } from '#app/notices/clocks.ts'
import { drawReference } from '#app/notices/filing-reference.server.ts'
import type { Measure } from '#app/notices/measures.ts'
import { unborn } from '#app/notices/projection.ts'
import { takeSteps } from '#app/notices/take-steps.server.ts'
import { asMember, asSystem } from '#app/notices/taker.server.ts'
import { aCatalogue, aHolder, aPerson, aVendor, insert } from './builders.ts'
import { memberOf } from './members.ts'

/** A new member of an organisation. */
export async function aMember(
  owner: pg.Pool,
  organisation: { id: string; name: string; slug: string },
  kind: 'rights_holder' | 'vendor',
  role: Role,
) {
  return memberOf(await aPerson(owner, { organisationId: organisation.id, role }), organisation, { role, kind })
}

/** A holder and a vendor with an owner each, ready to act. */
export async function aPair(owner: pg.Pool) {
  const holder = await aHolder(owner)
  const vendor = await aVendor(owner)
  return {
    holder: { ...holder, member: memberOf(holder.person, holder.organisation) },
    vendor: { ...vendor, member: memberOf(vendor.person, vendor.organisation, { kind: 'vendor' }) },
  }
}

/** What a notice is made between. */
export type Pair = Awaited<ReturnType<typeof aPair>>

/** The code with which such a notice is checked by hand: any that has the form of one. */
export function codeOf(reference: string): string {
  return reference.replace(/^CAV-/u, '')
}

/** A notice of all works of a fresh catalogue, submitted by the holder's owner and queued. */
export async function aNotice(
  owner: pg.Pool,
  pair: Pair,
  {
    works = 3,
    measures = ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'],
  }: { works?: number; measures?: readonly Measure[] } = {},
) {
  const { holder, vendor } = pair
  const catalogue = await aCatalogue(owner, holder.organisation.id, { works })
  const { filingId, scopeId } = await aFiling(owner, pair, catalogue.id, works)
  const id = newId()
  const reference = drawReference('CAV')
  await insert(owner, 'notice', {
    id,
    reference,
    filing_id: filingId,
    holder_organisation_id: holder.organisation.id,
    filed_by_organisation_id: holder.organisation.id,
    vendor_id: vendor.id,
    contact_id: vendor.contact.id,
    kind: 'exclusion',
    stance: 'demand',
    locale: 'en',
    scope_id: scopeId,
    works_count: works,
    stage: unborn.stage,
    last_sequence: unborn.lastSequence,
    last_hash: unborn.lastHash,
    verify_code: codeOf(reference),
    waiting_on: unborn.waitingOn,
    decide_days: decideDaysOf(measures).workingDays,
    send_at: new Date(),
    created_at: new Date(),
  })
  for (const [position, measure] of measures.entries())
    await insert(owner, 'notice_measure', { notice_id: id, measure, position: position + 1 })
  await asMember(holder.member, (tx, taker) => takeSteps(tx, { step: 'notice.submitted', noticeIds: [id], taker }))
  return { id, reference, catalogue, scopeId }
}

async function aFiling(owner: pg.Pool, { holder }: Pair, catalogueId: string, works: number) {
  const [filingId, scopeId, at] = [newId(), newId(), new Date()]
  await insert(owner, 'filing', {
    id: filingId,
    reference: `FIL-${filingId}`,
    filed_by_organisation_id: holder.organisation.id,
    submitted_by: holder.person.id,
    kind: 'exclusion',
    signatory_name: holder.person.name,
    signatory_capacity: 'Director',
    statements: [],
    signed_at: at,
    idempotency_key: filingId,
    submitted_at: at,
    send_at: at,
  })
  await insert(owner, 'notice_scope', {
    id: scopeId,
    organisation_id: holder.organisation.id,
    catalogue_id: catalogueId,
    version: 1,
    kind: 'all',
    works_count: works,
    works_sha256: 'x',
    created_at: at,
  })
  return { filingId, scopeId }
}

/** A notice that a server has accepted for the vendor, with a live mail link. */
export async function aSentNotice(owner: pg.Pool, pair: Pair, given: Parameters<typeof aNotice>[2] = {}) {
  const notice = await aNotice(owner, pair, given)
  await owner.query('update notice set begun_at = $2 where id = $1', [notice.id, new Date()])
  const linkId = newId()
  await insert(owner, 'notice_link', {
    id: linkId,
    notice_id: notice.id,
    contact_id: pair.vendor.contact.id,
    address: pair.vendor.contact.address,
    locale: 'en',
    created_at: new Date(),
  })
  await asSystem((tx, taker) => takeSteps(tx, { step: 'message.accepted', noticeIds: [notice.id], taker }))
  return { ...notice, linkId }
}
