import type pg from 'pg'
import { expect } from 'vitest'
import { checkDomain } from '#app/accounts/check-domain.server.ts'
import { findDomainProofs } from '#app/accounts/find-domain-proofs.server.ts'
import { startDomainProof } from '#app/accounts/prove-domain.server.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { newId } from '#app/platform/id.ts'
import type { DomainWorld } from '#app/platform/name-service.server.ts'
import { anOrganisation, aPerson, insert } from './builders.ts'
import { memberOf } from './members.ts'

let number = 0
/** A domain that nobody has proven. */
export const aDomain = (): string => `studio-${(number += 1)}.example`

/** A name service that holds these texts, and no website behind any name. */
export function worldWith(texts: Record<string, string[]>): DomainWorld {
  return {
    textsOf: (name) => Promise.resolve(texts[name] ?? []),
    network: { addressesOf: () => Promise.resolve([]), dial: () => expect.fail('Nothing is to be dialled') },
  }
}
/** A world in which no domain holds a proof. */
export const nothing = worldWith({})
/** A world whose name service is out. */
export const out: DomainWorld = { ...nothing, textsOf: () => Promise.reject(new Error('SERVFAIL')) }

/** The proof of a domain on an organisation's list. */
export async function proofOf(member: Member, domain: string) {
  const proof = (await findDomainProofs(member)).find((each) => each.domain === domain)
  if (proof === undefined) throw new Error(`${domain} is not on the list`)
  return proof
}

/** The record that proves a domain, put where it belongs. */
export async function recordOf(member: Member, domain: string): Promise<DomainWorld> {
  const { record, text } = await proofOf(member, domain)
  return worldWith({ [record]: ['v=spf1 -all', text] })
}

/** A domain that an organisation has proven. */
export async function aProof(member: Member, domain = aDomain()) {
  expect(await startDomainProof(member, domain)).toEqual({ allowed: true })
  const { id } = await proofOf(member, domain)
  await checkDomain(id, await recordOf(member, domain))
  return { id, domain }
}

/** Members and entries in a test's own database. */
export function domainsOf(owner: pg.Pool) {
  async function aMember(kind: 'vendor' | 'rights_holder' = 'vendor', role: 'owner' | 'editor' | 'viewer' = 'owner') {
    const organisation = await anOrganisation(owner, kind, { verified_at: null, verified_how: null })
    const person = await aPerson(owner, { organisationId: organisation.id, role })
    return memberOf(person, organisation, { kind, role })
  }

  async function anEntry(website: string, sourced = true): Promise<string> {
    const id = newId()
    const slug = `entry-${(number += 1)}`
    const at = new Date()
    await insert(owner, 'vendor', { id, slug, name: slug, created_at: at, updated_at: at })
    await insert(owner, 'vendor_fact', {
      id: newId(),
      vendor_id: id,
      kind: 'website',
      value: website,
      source_url: sourced ? 'https://registry.example/' : null,
      source_on: sourced ? '2026-11-01' : null,
      created_at: at,
    })
    return slug
  }

  return { aMember, anEntry }
}
