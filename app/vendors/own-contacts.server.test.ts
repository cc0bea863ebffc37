import { afterAll, beforeEach, describe, expect, test } from 'vitest'

import type { Member } from '#app/accounts/viewer.server.ts'
import { closeAuth } from '#app/platform/auth.server.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { aPerson } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aProof, domainsOf } from '#test/domains.ts'
import { accountDuties, memberOf } from '#test/members.ts'

import { claimVendor } from './claim-vendor.server.ts'
import { addOwnContact, confirmOwnContact, mailContactCode, retireOwnContact } from './keep-own-contacts.server.ts'
import type { OwnContact } from './own-contact-forms.ts'

const db = await testDatabase()
afterAll(closeAuth)
beforeEach(async () => {
  setClock(null)
  await db.owner.query('delete from mail_duty')
  await db.owner.query('delete from caveat_auth.rate_limit')
})

const { aMember, anEntry } = domainsOf(db.owner)

const contactRow = async (member: Member) => {
  const { rows } = await db.owner.query<{ id: string; verified_how: string | null; retired_at: Date | null }>(
    'select c.* from vendor_contact c join vendor v on v.id = c.vendor_id where v.organisation_id = $1',
    [member.organisation.id],
  )
  return rows[0]
}

const mailedCode = async (): Promise<string> => {
  const facts = (await accountDuties(db.owner)).at(-1)?.facts
  return facts !== undefined && 'code' in facts ? String(facts.code) : ''
}

async function claimed() {
  const member = await aMember()
  const { domain } = await aProof(member)
  const slug = await anEntry(`https://${domain}/`)
  await claimVendor({ member, slug })
  return member
}

describe('a vendor keeps its contacts', () => {
  const contact: OwnContact = {
    purpose: 'legal_notices',
    address: 'rights@vendor.example',
    locale: 'en',
    country: 'US',
    region: 'CA',
    timeZone: 'America/Los_Angeles',
  }

  test('an address counts when the code that was mailed to it came back, once', async () => {
    const member = await claimed()
    expect(await addOwnContact(member, contact)).toEqual({ allowed: true })
    expect(await addOwnContact(member, contact)).toEqual({ allowed: false, because: 'already-there' })
    const [duty] = await accountDuties(db.owner)
    expect(duty).toMatchObject({ kind: 'contact-code', address: contact.address })
    const contactId = (await contactRow(member))?.id ?? ''
    const code = await mailedCode()
    expect(await confirmOwnContact(member, { contactId, code: '00000000', how: 'by code' })).toEqual({
      allowed: false,
      because: 'wrong-code',
    })
    expect((await contactRow(member))?.verified_how).toBeNull()
    const answers = await Promise.all([1, 2].map(() => confirmOwnContact(member, { contactId, code, how: 'by code' })))
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(1)
    expect((await contactRow(member))?.verified_how).toBe('by code')
  })

  test('a code runs out, a new one takes its place, and strangers use none', async () => {
    const member = await claimed()
    await addOwnContact(member, contact)
    const contactId = (await contactRow(member))?.id ?? ''
    const first = await mailedCode()
    await mailContactCode(member, contactId)
    const second = await mailedCode()
    expect(await confirmOwnContact(member, { contactId, code: first, how: 'x' })).toMatchObject({
      because: 'wrong-code',
    })
    const stranger = await claimed()
    expect(await confirmOwnContact(stranger, { contactId, code: second, how: 'x' })).toMatchObject({
      because: 'no-contact',
    })
    expect(await mailContactCode(stranger, contactId)).toMatchObject({ because: 'no-contact' })
    expect(await retireOwnContact(stranger, contactId)).toMatchObject({ because: 'no-contact' })
    setClock(new Date(Date.now() + 31 * 60_000))
    expect(await confirmOwnContact(member, { contactId, code: second, how: 'x' })).toMatchObject({
      because: 'stale-code',
    })
  })

  test('owners and editors keep them, and the database lets nobody confirm by hand or touch a fact', async () => {
    const member = await claimed()
    const viewer = memberOf(
      await aPerson(db.owner, { organisationId: member.organisation.id, role: 'viewer' }),
      member.organisation,
      { kind: 'vendor', role: 'viewer' },
    )
    expect(await addOwnContact(viewer, contact)).toEqual({ allowed: false, because: 'not-allowed' })
    await addOwnContact(member, contact)
    const contactId = (await contactRow(member))?.id ?? ''
    const counts = await withPerson(member.personId, async (tx) => [
      (await tx.vendorContact.updateMany({ where: { id: contactId }, data: { verifiedAt: new Date() } })).count,
      (await tx.vendorFact.updateMany({ data: { value: 'https://mine.example/' } })).count,
      (await tx.vendor.updateMany({ data: { name: 'Mine' } })).count,
    ])
    expect(counts).toEqual([0, 0, 0])
    expect(await retireOwnContact(member, contactId)).toEqual({ allowed: true })
    expect((await contactRow(member))?.retired_at).not.toBeNull()
  })
})
