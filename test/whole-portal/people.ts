import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { createPerson } from '#app/accounts/create-person.server.ts'
import { newId } from '#app/platform/id.ts'
import { aCatalogue, anOrganisation, aVendor, insert } from '#test/builders.ts'

/** Somebody who signs in. */
export interface Account {
  readonly email: string
  readonly name: string
  readonly organisationId: string
}

/** A rights holder whose filings go at once, or can be recalled for a while. */
export interface Holder extends Account {
  readonly undoMinutes: number
  readonly catalogues: string[]
}

/** A vendor, and the address to which its notices go. */
export interface Addressee extends Account {
  readonly id: string
  readonly slug: string
  readonly address: string
}

/** Everybody who acts in a run. */
export interface People {
  readonly holders: readonly Holder[]
  readonly vendors: readonly Addressee[]
  /** A vendor whose server refuses every mail for good. */
  readonly deaf: Addressee
}

/** The password of everybody in a run. */
export const password = `caveat-${randomUUID()}`

/**
 * Makes holders with catalogues of three works, as many as they will file of, and vendors with a person each.
 * A work is asked of a vendor once in a run, so that no filing has to say what becomes of an earlier one.
 */
export async function makePeople(owner: pg.Pool, most: { filings: number }): Promise<People> {
  const holders: Holder[] = []
  for (const [index, undoMinutes] of [0, 30, 0].entries()) {
    const organisation = await anOrganisation(owner, 'rights_holder', {
      slug: `holder-${index}`,
      name: `Holder ${index}`,
      undo_minutes: undoMinutes,
    })
    const account = await anAccount(`owner@holder-${index}.test`, `Hana Holder ${index}`, organisation.id, owner)
    const catalogues: string[] = []
    for (let count = 0; count < most.filings; count += 1) catalogues.push((await aCatalogue(owner, organisation.id)).id)
    holders.push({ ...account, undoMinutes, catalogues })
  }
  const vendors: Addressee[] = []
  for (let index = 0; index < 4; index += 1) vendors.push(await anAddressee(owner, index))
  return { holders, vendors, deaf: await anAddressee(owner, 9) }
}

async function anAddressee(owner: pg.Pool, index: number): Promise<Addressee> {
  const slug = `deployer-${index}`
  const vendor = await aVendor(owner, { slug, name: `Deployer ${index}` })
  const account = await anAccount(`desk@deployer-${index}.test`, `Vera Vendor ${index}`, vendor.organisation.id, owner)
  return { ...account, id: vendor.id, slug, address: vendor.contact.address }
}

async function anAccount(email: string, name: string, organisationId: string, owner: pg.Pool): Promise<Account> {
  const made = await createPerson({ email, name, locale: 'en', timeZone: 'Asia/Tokyo', password })
  if (!made.created) throw new Error(`${email} was not made: ${made.because}`)
  await insert(owner, 'membership', {
    id: newId(),
    person_id: made.personId,
    organisation_id: organisationId,
    role: 'owner',
    created_at: new Date(),
  })
  return { email, name, organisationId }
}
