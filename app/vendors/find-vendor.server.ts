import { z } from 'zod'

import type { Transaction } from '#app/platform/db.server.ts'

import { contactColumns, readContact } from './contact-columns.server.ts'
import { factKinds } from './directory.ts'
import type { VendorClaim, VendorContact, VendorEntry, VendorFact } from './vendor.ts'

/**
 * An entry of the directory, with the number of notices that `organisationId` has with this vendor.
 *
 * @returns null when no vendor has this slug
 */
export async function findVendor(
  tx: Transaction,
  { slug, organisationId }: { slug: string; organisationId: string },
): Promise<VendorEntry | null> {
  const vendor = await tx.vendor.findUnique({
    where: { slug },
    select: { id: true, slug: true, name: true, nameOther: true, isInvented: true },
  })
  if (vendor === null) return null
  const { id } = vendor
  const facts = await factsOf(tx, id)
  const [counted] = await tx.$queryRaw<{ count: number }[]>`
    select coalesce(sum(count)::int, 0) as count from notice_tally
    where vendor_id = ${id}::uuid and holder_organisation_id = ${organisationId}::uuid`
  return {
    ...vendor,
    claim: await claimOf(tx, id),
    facts: facts.filter(({ retiredAt }) => retiredAt === null),
    formerFacts: facts
      .filter(({ retiredAt }) => retiredAt !== null)
      .toSorted((a, b) => Number(b.retiredAt) - Number(a.retiredAt)),
    contacts: await contactsOf(tx, id),
    notices: counted?.count ?? 0,
  }
}

async function claimOf(tx: Transaction, vendorId: string): Promise<VendorClaim | null> {
  const [claim] = await tx.$queryRaw<VendorClaim[]>`
    select organisation, organisation_other as "organisationOther", verified_at as "verifiedAt", verified_how as "verifiedHow",
      domain, domain_how as "domainHow", domain_proven_at as "domainProvenAt"
    from vendor_claims(array[${vendorId}::uuid])`
  return claim ?? null
}

const kind = z.enum(factKinds)

async function factsOf(tx: Transaction, vendorId: string): Promise<VendorFact[]> {
  const rows = await tx.vendorFact.findMany({
    where: { vendorId },
    orderBy: { id: 'asc' },
    select: {
      id: true,
      kind: true,
      value: true,
      note: true,
      sourceUrl: true,
      sourceOn: true,
      addedBy: true,
      createdAt: true,
      retiredAt: true,
    },
  })
  return rows.map(({ addedBy, sourceOn, ...row }) => ({
    ...row,
    kind: kind.parse(row.kind),
    sourceOn: sourceOn?.toISOString().slice(0, 10) ?? null,
    byOperator: addedBy !== null,
  }))
}

async function contactsOf(tx: Transaction, vendorId: string): Promise<VendorContact[]> {
  const rows = await tx.vendorContact.findMany({
    where: { vendorId },
    orderBy: { id: 'asc' },
    select: {
      id: true,
      address: true,
      region: true,
      locale: true,
      verifiedHow: true,
      lastFailure: true,
      ...contactColumns,
    },
  })
  return rows.map((row) => ({ ...readContact(row), locale: row.locale === 'ja' ? 'ja' : 'en' }))
}
