import { describe, expect, test } from 'vitest'
import { resolveDuties } from '#app/mail/resolve-duties.server.ts'
import { noticeMailHandlers } from '#app/notices/notice-mail-handlers.server.ts'
import { takeSteps } from '#app/notices/take-steps.server.ts'
import { asSystem } from '#app/notices/taker.server.ts'
import { verifyLedger } from '#app/notices/verify-ledger.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, withWorker } from '#app/platform/db.server.ts'
import {
  anAssociation,
  dayFromNow,
  filedBy,
  inForce,
  mandateMails,
  seeAll,
  seesNotice,
  signature,
} from '#test/associations.ts'
import { aHolder, aPerson } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { memberOf } from '#test/members.ts'
import { aNotice, aSentNotice } from '#test/notices.ts'
import { acceptMandate } from './accept-mandate.server.ts'
import { holdGrants } from './hold-grants.server.ts'
import type { Terms } from './mandate.ts'
import { narrowMandate } from './narrow-mandate.server.ts'
import { offerMandate } from './offer-mandate.server.ts'
import { revokeMandate } from './revoke-mandate.server.ts'

const db = await testDatabase()

const stageOf = async (id: string) =>
  (await db.owner.query<{ stage: string }>('select stage from notice where id = $1', [id])).rows[0]?.stage

describe('narrowing', () => {
  test('counts at once, adds nothing, and takes back the own wider offer', async () => {
    const { association, member, mandateId } = await inForce(db.owner, {
      ...seeAll,
      scopes: ['view', 'file'],
      endsOn: dayFromNow(20),
    })
    const wider = { ...seeAll, scopes: ['view', 'file', 'swear'] } as const
    expect(await narrowMandate({ member, mandateId, terms: wider, signature })).toMatchObject({ because: 'wider' })
    await offerMandate({ member, as: 'member', withId: association.organisation.id, terms: wider, signature })
    const terms = { ...seeAll, endsOn: dayFromNow(10) }
    expect(await narrowMandate({ member, mandateId, terms, signature })).toMatchObject({ allowed: true, version: 3 })
    expect(await mandateMails(db.owner, 'mandate-narrowed', association.person.id)).toHaveLength(1)
    expect(await acceptMandate({ member: association.member, mandateId, version: 2, signature: null })).toMatchObject({
      because: 'gone',
    })
    expect(
      await narrowMandate({
        member: association.member,
        mandateId,
        terms: { ...terms, endsOn: dayFromNow(9) },
        signature,
      }),
    ).toMatchObject({ because: 'not-an-owner' })
  })

  test('the database takes no wider version that says it is accepted', async () => {
    const { member, mandateId } = await inForce(db.owner, { ...seeAll, vendors: null, endsOn: dayFromNow(20) })
    const write = withPerson(member.personId, async (tx) => {
      await tx.$executeRaw`update mandate_version set ended_at = now() where mandate_id = ${mandateId}::uuid`
      await tx.$executeRaw`insert into mandate_version (mandate_id, version, scopes, starts_on, signatory_name, signatory_capacity,
        offered_by_organisation_id, offered_by, offered_at, accepted_by, accepted_at)
        values (${mandateId}::uuid, 2, '{view,swear}', ${dayFromNow(-3)}::date, 'x', 'y', ${member.organisation.id}::uuid,
        ${member.personId}::uuid, now(), ${member.personId}::uuid, now())`
    })
    await expect(write).rejects.toThrow('row-level security')
  })

  test('the database lets no side accept its own offer, nor change what a version says', async () => {
    const { association, pair, member } = await inForce(db.owner, seeAll)
    const wider = { ...seeAll, scopes: ['view', 'file'] } as const
    const own = { member: association.member, as: 'association', withId: member.organisation.id } as const
    const offered = await offerMandate({ ...own, terms: wider, signature: null })
    const mandateId = offered.allowed ? offered.mandateId : ''
    const write = (personId: string, change: string) =>
      withPerson(personId, (tx) =>
        tx.$executeRawUnsafe(`update mandate_version set ${change} where mandate_id = '${mandateId}' and version = 2`),
      )
    const { id } = association.person
    await expect(
      write(id, `accepted_at = now(), accepted_by = '${id}', signatory_name = 'x', signatory_capacity = 'y'`),
    ).rejects.toThrow('other side')
    await expect(write(pair.holder.person.id, `scopes = '{view}'`)).rejects.toThrow('stays what it was')
  })
})

describe('revoking', () => {
  test.for(['member', 'association'] as const)(
    'by the %s hides all rows, and withdraws what it filed and nobody was sent, with the letters unsent',
    async (side) => {
      const { association, pair, member, mandateId } = await inForce(db.owner, { ...seeAll, scopes: ['view', 'file'] })
      const [queued, sent, own] = [
        await aNotice(db.owner, pair),
        await aNotice(db.owner, pair),
        await aNotice(db.owner, pair),
      ]
      for (const { id } of [queued, sent]) await filedBy(db.owner, association.organisation.id, id)
      await db.owner.query('update notice set begun_at = $2 where id = $1', [sent.id, now()])
      await asSystem((tx, taker) => takeSteps(tx, { step: 'message.accepted', noticeIds: [sent.id], taker }))
      const by = side === 'member' ? member : association.member
      expect(await revokeMandate({ member: by, mandateId })).toEqual({ allowed: true, stopped: 1 })
      expect(await revokeMandate({ member: by, mandateId })).toEqual({ allowed: true, stopped: 0 })
      expect([await stageOf(queued.id), await stageOf(sent.id), await stageOf(own.id)]).toEqual([
        'withdrawn',
        'sent',
        'queued',
      ])
      const { rows } = await db.owner.query(
        `select notice_id as id from mail_duty where kind = 'notice-served' and cancelled_at is null and notice_id = any ($1)`,
        [[queued.id, own.id]],
      )
      expect(rows).toEqual([{ id: own.id }])
      for (const { id } of [queued, sent, own]) expect(await seesNotice(association.person.id, id)).toBe(false)
      const events = await db.owner.query(
        'select type, payload from notice_event where notice_id = $1 order by sequence desc limit 1',
        [queued.id],
      )
      expect(events.rows).toMatchObject([{ type: 'mandate.revoked', payload: { because: 'revoked' } }])
      const told = side === 'member' ? association.person.id : pair.holder.person.id
      expect(await mandateMails(db.owner, 'mandate-revoked', told)).toMatchObject([{ stopped: 1 }])
      expect(await verifyLedger({ reference: queued.reference })).toMatchObject({ notices: 1, broken: [] })
    },
  )

  test('a revocation meets the worker that is about to send: either the letter is stopped, or it was begun', async () => {
    const { association, pair, member, mandateId } = await inForce(db.owner, { ...seeAll, scopes: ['view', 'file'] })
    const notices = []
    for (let index = 0; index < 5; index += 1) notices.push(await aNotice(db.owner, pair))
    for (const { id } of notices) await filedBy(db.owner, association.organisation.id, id)
    const at = now()
    await Promise.all([
      withWorker((tx) => resolveDuties(tx, { handlers: noticeMailHandlers, at, most: 100 })),
      revokeMandate({ member, mandateId }),
    ])
    const { rows } = await db.owner.query<{ stage: string; begun: boolean; open: boolean; told: boolean }>(
      `select n.stage, n.begun_at is not null as begun,
        exists (select from mail_duty d where d.notice_id = n.id and d.kind = 'notice-served' and d.cancelled_at is null) as open,
        exists (select from mail_duty d where d.notice_id = n.id and d.kind = 'notice-withdrawn') as told
       from notice n where n.id = any ($1)`,
      [notices.map(({ id }) => id)],
    )
    expect(rows.map(({ stage, open }) => ({ stage, open }))).toEqual(
      notices.map(() => ({ stage: 'withdrawn', open: false })),
    )
    expect(rows.filter(({ begun, told }) => begun !== told)).toEqual([])
  })

  test('narrowing withdraws only what it takes away', async () => {
    const { association, pair, member, mandateId } = await inForce(db.owner, { ...seeAll, scopes: ['view', 'file'] })
    const [first, second] = [
      await aNotice(db.owner, pair),
      await aNotice(db.owner, pair, { measures: ['STOP_TRAINING_FUTURE'] }),
    ]
    for (const { id } of [first, second]) await filedBy(db.owner, association.organisation.id, id)
    const terms: Terms = { ...seeAll, scopes: ['view', 'file'], measures: ['STOP_TRAINING_FUTURE'] }
    expect(await narrowMandate({ member, mandateId, terms, signature })).toMatchObject({ stopped: 1 })
    expect([await stageOf(first.id), await stageOf(second.id)]).toEqual(['withdrawn', 'queued'])
  })

  test('an editor revokes nothing, nor does a stranger', async () => {
    const { pair, mandateId, association } = await inForce(db.owner, seeAll)
    const editor = await aPerson(db.owner, { organisationId: pair.holder.organisation.id, role: 'editor' })
    const stranger = await aHolder(db.owner)
    for (const member of [
      memberOf(editor, pair.holder.organisation),
      memberOf(stranger.person, stranger.organisation),
      memberOf(stranger.person, pair.holder.organisation),
    ])
      expect(await revokeMandate({ member, mandateId })).toEqual({ allowed: false, because: 'not-an-owner' })
    const notice = await aSentNotice(db.owner, pair)
    expect(await seesNotice(association.person.id, notice.id)).toBe(true)
  })
})

test('a grant that is held keeps a revocation waiting, and only its association holds it', async () => {
  const { association, member, mandateId } = await inForce(db.owner, {
    ...seeAll,
    scopes: ['view', 'file'],
    vendors: null,
  })
  const held = { associationId: association.organisation.id, memberIds: [member.organisation.id] }
  const order: string[] = []
  const revoking = await withPerson(association.person.id, async (tx) => {
    expect([...(await holdGrants(tx, held)).values()]).toMatchObject([{ mandateId, version: 1, vendors: null }])
    const revoked = revokeMandate({ member, mandateId }).then(() => order.push('revoked'))
    // The revocation has reached its lock once another session waits for one.
    while ((await waitingSessions()) === 0);
    order.push('filed')
    return { revoked }
  })
  await revoking.revoked
  expect(order).toEqual(['filed', 'revoked'])
  expect(await withPerson(association.person.id, (tx) => holdGrants(tx, held))).toEqual(new Map())
  const stranger = await anAssociation(db.owner)
  expect(await withPerson(stranger.person.id, (tx) => holdGrants(tx, held))).toEqual(new Map())
})

async function waitingSessions(): Promise<number> {
  const { rows } = await db.owner.query<{ waiting: number }>(
    `select count(*)::int as waiting from pg_locks l join pg_stat_activity a using (pid)
     where not l.granted and a.datname = current_database()`,
  )
  return rows[0]?.waiting ?? 0
}
