import { describe, expect, test } from 'vitest'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { anAssociation, dayFromNow, inForce, mandateMails, seeAll, seesNotice, signature } from '#test/associations.ts'
import { aHolder, aPerson } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { memberOf } from '#test/members.ts'
import { aNotice, aPair, aSentNotice } from '#test/notices.ts'
import { acceptMandate } from './accept-mandate.server.ts'
import { declineMandate } from './decline-mandate.server.ts'
import type { Terms } from './mandate.ts'
import { narrowMandate } from './narrow-mandate.server.ts'
import { offerMandate } from './offer-mandate.server.ts'
import { revokeMandate } from './revoke-mandate.server.ts'

const db = await testDatabase()

describe('an offer', () => {
  test('by the association counts for nothing until the member’s owner signs it; both are told by mail', async () => {
    const [association, pair] = [await anAssociation(db.owner), await aPair(db.owner)]
    const notice = await aSentNotice(db.owner, pair)
    const { member } = pair.holder
    const offer = {
      member: association.member,
      as: 'association',
      withId: member.organisation.id,
      terms: seeAll,
      signature: null,
    } as const
    const offered = await offerMandate(offer)
    expect(offered).toMatchObject({ allowed: true, version: 1 })
    expect(await offerMandate(offer)).toEqual(offered)
    const mandateId = offered.allowed ? offered.mandateId : ''
    expect(await mandateMails(db.owner, 'mandate-offered', pair.holder.person.id)).toMatchObject([{ reader: 'member' }])
    expect(await seesNotice(association.person.id, notice.id)).toBe(false)

    expect(await acceptMandate({ member, mandateId, version: 1, signature: null })).toMatchObject({
      because: 'unsigned',
    })
    expect(await acceptMandate({ member: association.member, mandateId, version: 1, signature })).toMatchObject({
      because: 'own-offer',
    })
    expect(await acceptMandate({ member, mandateId, version: 1, signature })).toEqual({ allowed: true })
    expect(await acceptMandate({ member, mandateId, version: 1, signature })).toEqual({ allowed: true })
    expect(await seesNotice(association.person.id, notice.id)).toBe(true)
    expect(await mandateMails(db.owner, 'mandate-accepted', association.person.id)).toMatchObject([
      { reader: 'association' },
    ])
  })

  test('by the member is signed at once and waits for the association', async () => {
    const [association, pair] = [await anAssociation(db.owner), await aPair(db.owner)]
    const notice = await aSentNotice(db.owner, pair)
    const offer = {
      member: pair.holder.member,
      as: 'member',
      withId: association.organisation.id,
      terms: seeAll,
    } as const
    expect(await offerMandate({ ...offer, signature: null })).toMatchObject({ because: 'unsigned' })
    const offered = await offerMandate({ ...offer, signature })
    const mandateId = offered.allowed ? offered.mandateId : ''
    expect(await seesNotice(association.person.id, notice.id)).toBe(false)
    expect(await acceptMandate({ member: association.member, mandateId, version: 1, signature: null })).toEqual({
      allowed: true,
    })
    expect(await seesNotice(association.person.id, notice.id)).toBe(true)
  })

  test('is declined, taken back, and made again', async () => {
    const [association, holder] = [await anAssociation(db.owner), await aHolder(db.owner)]
    const member = memberOf(holder.person, holder.organisation)
    const offer = {
      member: association.member,
      as: 'association',
      withId: holder.organisation.id,
      terms: seeAll,
      signature: null,
    } as const
    const first = await offerMandate(offer)
    const mandateId = first.allowed ? first.mandateId : ''
    expect(await offerMandate({ ...offer, terms: { ...seeAll, endsOn: dayFromNow(9) } })).toMatchObject({
      because: 'offer-waits',
    })
    expect(await declineMandate({ member, mandateId, version: 1 })).toEqual({ allowed: true })
    expect(await mandateMails(db.owner, 'mandate-declined', association.person.id)).toHaveLength(1)
    expect(await acceptMandate({ member, mandateId, version: 1, signature })).toMatchObject({ because: 'gone' })
    expect(await offerMandate(offer)).toMatchObject({ allowed: true, version: 2 })
    expect(await declineMandate({ member: association.member, mandateId, version: 2 })).toEqual({ allowed: true })
    expect(await mandateMails(db.owner, 'mandate-declined', holder.person.id)).toEqual([])
  })

  test('is made by owners, to whom there is, by verified associations', async () => {
    const [association, holder] = [await anAssociation(db.owner), await aHolder(db.owner)]
    const offer = { as: 'association', withId: holder.organisation.id, terms: seeAll, signature: null } as const
    const editor = await aPerson(db.owner, { organisationId: association.organisation.id, role: 'editor' })
    const notOwner = memberOf(editor, association.organisation, { kind: 'association' })
    expect(await offerMandate({ ...offer, member: notOwner })).toMatchObject({ because: 'no-partner' })
    const posing = memberOf(holder.person, association.organisation, { kind: 'association' })
    expect(await offerMandate({ ...offer, withId: association.organisation.id, member: posing })).toMatchObject({
      because: 'no-partner',
    })
    await db.owner.query('update organisation set verified_at = null where id = $1', [association.organisation.id])
    expect(await offerMandate({ ...offer, member: association.member })).toMatchObject({ because: 'no-partner' })
  })

  test('two acceptances and a revocation at once leave one truth', async () => {
    const { association, member, mandateId } = await inForce(db.owner, seeAll)
    await offerMandate({
      member: association.member,
      as: 'association',
      withId: member.organisation.id,
      terms: { ...seeAll, scopes: ['view', 'file'] },
      signature: null,
    })
    await Promise.all([
      acceptMandate({ member, mandateId, version: 2, signature }),
      acceptMandate({ member, mandateId, version: 2, signature }),
      revokeMandate({ member: association.member, mandateId }),
    ])
    const { rows } = await db.owner.query(
      `select (select count(*)::int from mandate_version where mandate_id = $1 and accepted_at is not null and ended_at is null) as counting,
        (select count(*)::int from mandate_grant where mandate_id = $1) as grants`,
      [mandateId],
    )
    expect(rows[0].counting).toBe(rows[0].grants)
  })
})

describe('what an association sees', () => {
  test('nothing without a mandate, and nothing of another association’s member', async () => {
    const { pair } = await inForce(db.owner, seeAll)
    const notice = await aSentNotice(db.owner, pair)
    const other = await anAssociation(db.owner)
    expect(await seesNotice(other.person.id, notice.id)).toBe(false)
  })

  test('nothing before the first day, nor after the last', async () => {
    const early = await inForce(db.owner, { ...seeAll, startsOn: dayFromNow(3) })
    const early1 = await aSentNotice(db.owner, early.pair)
    expect(await seesNotice(early.association.person.id, early1.id)).toBe(false)
    const late = await inForce(db.owner, { ...seeAll, endsOn: dayFromNow(5) })
    const late1 = await aSentNotice(db.owner, late.pair)
    expect(await seesNotice(late.association.person.id, late1.id)).toBe(true)
    await db.owner.query('update mandate_grant set ends_at = $1 where mandate_id = $2', [now(), late.mandateId])
    expect(await seesNotice(late.association.person.id, late1.id)).toBe(false)
  })

  test('no draft, nothing that waits for approval, no internal line, no mail, no link', async () => {
    const { association, pair } = await inForce(db.owner, { ...seeAll, scopes: ['view', 'file'] })
    const notice = await aSentNotice(db.owner, pair)
    const own = await aNotice(db.owner, pair)
    await db.owner.query(`update notice set stage = 'awaiting_approval' where id = $1`, [own.id])
    await db.owner.query(
      `insert into filing_draft (id, organisation_id, content, created_by, updated_by, created_at, updated_at)
      select gen_random_uuid(), $1, '{}', $2, $2, now(), now()`,
      [pair.holder.organisation.id, pair.holder.person.id],
    )
    const seen = await withPerson(association.person.id, async (tx) => ({
      notices: (await tx.notice.findMany({ select: { id: true } })).map(({ id }) => id),
      drafts: await tx.filingDraft.count(),
      internal: await tx.noticeEvent.count({ where: { shared: false } }),
      links: await tx.noticeLink.count(),
      mails: await tx.outgoingMail.count(),
      shared: await tx.noticeEvent.count({ where: { noticeId: notice.id } }),
    }))
    expect(seen).toMatchObject({ notices: [notice.id], drafts: 0, internal: 0, links: 0, mails: 0 })
    expect(seen.shared).toBeGreaterThan(0)
  })

  test('only the vendors, measures and catalogues that are named', async () => {
    const { association, pair, member, mandateId } = await inForce(db.owner, seeAll)
    const notice = await aSentNotice(db.owner, pair)
    const sees = () => seesNotice(association.person.id, notice.id)
    expect(await sees()).toBe(true)
    const narrow = (change: Partial<Terms>) =>
      narrowMandate({ member, mandateId, terms: { ...seeAll, ...change }, signature })
    expect(await narrow({ vendors: [pair.vendor.id] })).toMatchObject({ allowed: true, version: 2 })
    expect(await sees()).toBe(true)
    expect(await narrow({ vendors: [pair.vendor.id], measures: ['STOP_TRAINING_FUTURE'] })).toMatchObject({
      allowed: true,
    })
    expect(await sees()).toBe(false)
  })
})
