import { describe, expect, test } from 'vitest'
import { withPerson } from '#app/platform/db.server.ts'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { endEscalation, escalateNotice, type ToEscalate } from './escalate-notice.server.ts'
import { findEscalation } from './find-escalation.server.ts'
import { takeSteps } from './take-steps.server.ts'
import { asMember } from './taker.server.ts'
import { verifyLedger } from './verify-ledger.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { holder, vendor } = pair

const toCourt: ToEscalate = {
  kind: 'litigation',
  where: 'Tokyo District Court',
  reference: '2026 (Wa) 12345',
  since: '2026-11-01',
  told: false,
}

function escalate(noticeId: string, more: Partial<ToEscalate> = {}, member = holder.member) {
  return asMember(member, (tx, taker) => escalateNotice(tx, { taker, noticeId, escalation: { ...toCourt, ...more } }))
}

function end(noticeId: string) {
  return asMember(holder.member, (tx, taker) => endEscalation(tx, { taker, noticeId }))
}

const seenBy = (personId: string, noticeId: string) => withPerson(personId, (tx) => findEscalation(tx, noticeId))

async function rowsOf(noticeId: string) {
  const { rows: notices } = await db.owner.query(
    'select stage, escalation, last_sequence, reference from notice n left join notice_private p on p.notice_id = n.id where n.id = $1',
    [noticeId],
  )
  const { rows: mails } = await db.owner.query(
    `select kind from mail_duty where notice_id = $1 and kind like '%escalat%' order by created_at`,
    [noticeId],
  )
  return { notice: notices[0], mails: mails.map(({ kind }) => kind) }
}

describe('an escalation', () => {
  test('lies over the stage, for the holder alone', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await expect(escalate(notice.id)).resolves.toMatchObject({ succeeded: [{ stage: 'sent' }] })
    const { notice: row, mails } = await rowsOf(notice.id)
    expect(row).toMatchObject({ stage: 'sent', escalation: 'litigation' })
    expect(mails).toEqual([])
    expect(await seenBy(holder.person.id, notice.id)).toEqual({ ...toCourt, vendorKnows: false })
    expect(await seenBy(vendor.person.id, notice.id)).toBeNull()
    const { rows } = await db.owner.query(
      'select payload, shared from notice_event where notice_id = $1 and type = $2',
      [notice.id, 'notice.escalated'],
    )
    expect(rows[0].shared).toBe(false)
    expect(JSON.stringify(rows[0].payload)).not.toContain('Tokyo')
    expect((await verifyLedger({ reference: notice.reference })).broken).toEqual([])
  })

  test('stays as it is when the vendor answers, who does not see it', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await escalate(notice.id)
    await asMember(vendor.member, (tx, taker) =>
      takeSteps(tx, { step: 'notice.acknowledged', noticeIds: [notice.id], taker }),
    )
    expect((await rowsOf(notice.id)).notice).toMatchObject({ stage: 'acknowledged', escalation: 'litigation' })
    expect((await verifyLedger({ reference: notice.reference })).broken).toEqual([])
  })

  test('is told to the vendor if that is ticked, its end too', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await escalate(notice.id, { told: true })
    expect(await seenBy(vendor.person.id, notice.id)).toMatchObject({ where: 'Tokyo District Court' })
    await end(notice.id)
    const { notice: row, mails } = await rowsOf(notice.id)
    expect(row).toMatchObject({ escalation: 'none' })
    expect(mails).toEqual(['notice-escalated', 'escalation-ended'])
    expect(await seenBy(vendor.person.id, notice.id)).toBeNull()
  })

  test('that the vendor knew of ends with a word to it, though a later change was not told', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await escalate(notice.id, { kind: 'regulator', told: true })
    await escalate(notice.id)
    expect(await seenBy(vendor.person.id, notice.id)).toMatchObject({ kind: 'regulator' })
    expect(await seenBy(holder.person.id, notice.id)).toEqual({ ...toCourt, vendorKnows: true })
    await end(notice.id)
    expect((await rowsOf(notice.id)).mails).toEqual(['notice-escalated', 'escalation-ended'])
    expect(await seenBy(vendor.person.id, notice.id)).toBeNull()
  })

  test('ends without a word to a vendor that knew nothing of it', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await escalate(notice.id)
    await end(notice.id)
    expect((await rowsOf(notice.id)).mails).toEqual([])
    await expect(end(notice.id)).resolves.toMatchObject({ failed: [{ because: 'not-escalated' }] })
  })

  test('recorded twice is one line; a change is another', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await escalate(notice.id)
    const { notice: before } = await rowsOf(notice.id)
    await expect(escalate(notice.id)).resolves.toMatchObject({ succeeded: [{ sequence: null }] })
    expect((await rowsOf(notice.id)).notice).toEqual(before)
    await escalate(notice.id, { kind: 'regulator' })
    expect((await rowsOf(notice.id)).notice).toMatchObject({ escalation: 'regulator' })
  })

  test('is not the vendor’s to record', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await expect(escalate(notice.id, {}, vendor.member)).resolves.toMatchObject({ failed: [{ because: 'not-yours' }] })
  })
})
