import { afterAll, beforeEach, describe, expect, test } from 'vitest'

import { checkDomain, recheckDomains } from '#app/accounts/check-domain.server.ts'
import { findDomainProofs } from '#app/accounts/find-domain-proofs.server.ts'
import { askForLook, giveDomainUp, startDomainProof } from '#app/accounts/prove-domain.server.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { closeAuth } from '#app/platform/auth.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { aPerson, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aDomain, aProof, domainsOf, nothing, out, proofOf, recordOf } from '#test/domains.ts'
import { withSite } from '#test/https-site.ts'
import { accountDuties, memberOf } from '#test/members.ts'

import { claimVendor } from './claim-vendor.server.ts'
import { findClaimableVendors } from './find-own-vendor.server.ts'

const day = 86_400_000
const later = (days: number) => setClock(new Date(now().getTime() + days * day + 60_000))
const db = await testDatabase()
afterAll(closeAuth)
beforeEach(async () => {
  setClock(null)
  await db.owner.query('delete from mail_duty')
  await db.owner.query('delete from caveat_auth.rate_limit')
})

const { aMember, anEntry } = domainsOf(db.owner)

async function organisationRow(member: Member) {
  const { rows } = await db.owner.query('select domain, domain_how, verified_how from organisation where id = $1', [
    member.organisation.id,
  ])
  return rows[0]
}

describe('an organisation proves its domain', () => {
  test('by a record, and is shown with it; verifying a holder stays the operator’s', async () => {
    const member = await aMember('rights_holder')
    const domain = aDomain()
    await startDomainProof(member, domain)
    const { id } = await proofOf(member, domain)
    await checkDomain(id, nothing)
    expect(await proofOf(member, domain)).toMatchObject({ provenAt: null, fault: 'absent' })
    await checkDomain(id, out)
    expect(await proofOf(member, domain)).toMatchObject({ provenAt: null, fault: 'unreachable' })
    await checkDomain(id, await recordOf(member, domain))
    expect(await proofOf(member, domain)).toMatchObject({ how: 'dns', fault: null, provenAt: expect.any(Date) })
    expect(await organisationRow(member)).toEqual({ domain, domain_how: 'dns', verified_how: null })
  })

  test('by a file of its website', async () => {
    const member = await aMember()
    await startDomainProof(member, 'studio.example')
    const { id, text } = await proofOf(member, 'studio.example')
    const asked: (string | undefined)[] = []
    await withSite(
      (request, response) => {
        asked.push(request.url)
        response.end(`# our proofs\r\n${text}\r\n`)
      },
      (network) => checkDomain(id, { ...nothing, network }),
    )
    expect(asked).toEqual(['/.well-known/caveat.txt'])
    expect(await proofOf(member, 'studio.example')).toMatchObject({ how: 'file' })
    await giveDomainUp(member, id)
    expect(await organisationRow(member)).toMatchObject({ domain: null, domain_how: null })
  })

  test('of two that prove it at once, one wins and the other is told', async () => {
    const [one, other] = [await aMember(), await aMember()]
    const domain = aDomain()
    const checks = []
    for (const member of [one, other]) {
      await startDomainProof(member, domain)
      const { id } = await proofOf(member, domain)
      checks.push({ id, world: await recordOf(member, domain) })
    }
    await Promise.all(checks.map(({ id, world }) => checkDomain(id, world)))
    const states = [await proofOf(one, domain), await proofOf(other, domain)]
    expect(states.filter(({ provenAt }) => provenAt !== null)).toHaveLength(1)
    expect(states.filter(({ fault }) => fault === 'taken')).toHaveLength(1)
  })

  test('a proof that is not found again is said, not punished, and comes back', async () => {
    await db.owner.query('update domain_proof set next_check_at = null')
    const member = await aMember()
    const { domain } = await aProof(member)
    const slug = await anEntry(`https://${domain}/`)
    await claimVendor({ member, slug })
    later(1)
    expect(await recheckDomains(nothing)).toBe(1)
    expect(await recheckDomains(nothing)).toBe(0)
    expect(await proofOf(member, domain)).toMatchObject({ missingSince: null })
    later(1)
    await recheckDomains(nothing)
    expect(await proofOf(member, domain)).toMatchObject({ missingSince: expect.any(Date), provenAt: expect.any(Date) })
    expect(await organisationRow(member)).toMatchObject({ domain: null, verified_how: 'domain' })
    expect(await accountDuties(db.owner)).toMatchObject([{ kind: 'domain-missing', facts: { domain } }])
    const { rows } = await db.owner.query('select organisation_id from vendor where slug = $1', [slug])
    expect(rows).toEqual([{ organisation_id: member.organisation.id }])
    later(1)
    await recheckDomains(nothing)
    expect(await accountDuties(db.owner)).toHaveLength(1)
    later(1)
    await recheckDomains(await recordOf(member, domain))
    expect(await proofOf(member, domain)).toMatchObject({ missingSince: null })
    expect(await organisationRow(member)).toMatchObject({ domain })
  })

  test('whoever proves a domain that another has lost, gets it', async () => {
    const [before, after] = [await aMember(), await aMember()]
    const { id, domain } = await aProof(before)
    for (let days = 0; days < 2; days += 1) {
      later(1)
      await checkDomain(id, nothing)
    }
    await aProof(after, domain)
    expect(await proofOf(after, domain)).toMatchObject({ how: 'dns', fault: null })
    expect((await findDomainProofs(before)).map((proof) => proof.domain)).not.toContain(domain)
  })

  test('only owners begin, ask and give up; nobody writes what was found', async () => {
    const owner = await aMember()
    const { id } = await aProof(owner)
    const stranger = await aMember()
    for (const role of ['editor', 'viewer'] as const) {
      const person = await aPerson(db.owner, { organisationId: owner.organisation.id, role })
      const believed = memberOf(person, owner.organisation, { kind: 'vendor', role: 'owner' })
      expect(await startDomainProof(believed, aDomain())).toEqual({ allowed: false, because: 'not-an-owner' })
      await expect(giveDomainUp(believed, id)).resolves.toMatchObject({ allowed: false })
    }
    expect(await askForLook(stranger, id)).toEqual({ allowed: false, because: 'no-domain' })
    expect(await giveDomainUp(stranger, id)).toEqual({ allowed: false, because: 'no-domain' })
    expect(await findDomainProofs(stranger)).toEqual([])
    const write = (data: object) =>
      withPerson(owner.personId, (tx) => tx.domainProof.updateMany({ where: { id }, data }))
    await expect(write({ provenAt: new Date(0) })).rejects.toThrow(/constraint/)
    await expect(write({ domain: 'other.example' })).rejects.toThrow(/constraint/)
    expect((await findDomainProofs(owner)).map(({ provenAt }) => provenAt?.getTime())).not.toContain(0)
    await expect(
      withPerson(owner.personId, (tx) =>
        tx.organisation.updateMany({ where: { id: owner.organisation.id }, data: { domain: 'other.example' } }),
      ),
    ).rejects.toThrow(/proven, not written|denied|privilege/)
    expect(await organisationRow(owner)).not.toMatchObject({ domain: 'other.example' })
  })

  test('asked for twice, it is looked once', async () => {
    const member = await aMember()
    const { id } = await aProof(member)
    await Promise.all([askForLook(member, id), askForLook(member, id)])
    const { rows } = await db.owner.query(`select from job where kind = 'check-domain' and subject_id = $1`, [id])
    expect(rows).toHaveLength(1)
  })
})

describe('a vendor claims its entry', () => {
  test('by the domain of its website, also under a part of it; and is verified by that', async () => {
    const member = await aMember()
    const { domain } = await aProof(member)
    const slug = await anEntry(`https://www.${domain}/about`)
    const claimable = await withPerson(member.personId, (tx) => findClaimableVendors(tx, member.organisation.id))
    expect(claimable).toMatchObject([{ slug }])
    expect(await claimVendor({ member, slug })).toEqual({ allowed: true })
    expect(await claimVendor({ member, slug })).toEqual({ allowed: true })
    expect(await organisationRow(member)).toEqual({ domain, domain_how: 'dns', verified_how: 'domain' })
  })

  test('not by another domain, one that only looks alike, one without a source, or without proof', async () => {
    const member = await aMember()
    expect(await claimVendor({ member, slug: await anEntry('https://a.example/') })).toMatchObject({
      because: 'no-proof',
    })
    const { domain } = await aProof(member)
    for (const website of [
      'https://other.example/',
      `https://not${domain}/`,
      `https://${domain}.evil.example/`,
      `https://evil.example/?${domain}`,
      `https://${domain}@evil.example/`,
    ]) {
      expect(await claimVendor({ member, slug: await anEntry(website) })).toEqual({
        allowed: false,
        because: 'other-domain',
      })
    }
    const unsourced = await anEntry(`https://${domain}/`, false)
    expect(await claimVendor({ member, slug: unsourced })).toEqual({ allowed: false, because: 'other-domain' })
    expect(await claimVendor({ member, slug: 'no-such-entry' })).toEqual({ allowed: false, because: 'no-vendor' })
    const holder = await aMember('rights_holder')
    expect(await claimVendor({ member: holder, slug: unsourced })).toEqual({ allowed: false, because: 'no-vendor' })
    const forged: Member = { ...holder, organisation: { ...holder.organisation, kind: 'vendor' } }
    expect(await claimVendor({ member: forged, slug: unsourced })).toEqual({ allowed: false, because: 'no-vendor' })
    const editor = memberOf(
      await aPerson(db.owner, { organisationId: member.organisation.id, role: 'editor' }),
      member.organisation,
      { kind: 'vendor' },
    )
    expect(await claimVendor({ member: editor, slug: unsourced })).toEqual({ allowed: false, because: 'not-an-owner' })
  })

  test('of two that claim at once one gets it, and the other’s claim waits for the operator, once', async () => {
    const [one, other] = [await aMember(), await aMember()]
    const [first, second] = [await aProof(one), await aProof(other)]
    const slug = await anEntry(`https://${first.domain}/`)
    const { rows: entry } = await db.owner.query<{ id: string }>('select id from vendor where slug = $1', [slug])
    // A second website, as after a correction: each of the two has a proof that fits.
    await insert(db.owner, 'vendor_fact', {
      id: newId(),
      vendor_id: entry[0]?.id,
      kind: 'website',
      value: `https://${second.domain}/`,
      source_url: 'https://registry.example/',
      created_at: new Date(),
    })
    const claims = await Promise.all([one, other].map((member) => claimVendor({ member, slug })))
    expect(claims.filter(({ allowed }) => allowed)).toHaveLength(1)
    expect(claims.filter((claim) => !claim.allowed && claim.because === 'vendor-claimed')).toHaveLength(1)
    const loser = claims[0]?.allowed === true ? other : one
    await claimVendor({ member: loser, slug })
    const { rows } = await db.owner.query(
      'select organisation_id from vendor_claim where vendor_id = $1 and settled_at is null',
      [entry[0]?.id],
    )
    expect(rows).toEqual([{ organisation_id: loser.organisation.id }])
  })
})
