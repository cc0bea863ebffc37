import { describe, expect, test } from 'vitest'
import { linkToken } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aNotice, aPair, aSentNotice } from '#test/notices.ts'
import { readdressNotice } from './readdress-notice.server.ts'
import { asBearer, asMember } from './taker.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const { holder, vendor } = pair
const domain = vendor.contact.address.split('@')[1] ?? ''
const inside = { address: `ai-team@eu.${domain}`, locale: 'ja' } as const
const outside = { address: 'counsel@lawyers.example', locale: 'en' } as const

async function linksOf(noticeId: string) {
  const { rows } = await db.owner.query(
    'select id, read_only_at is not null as closed from notice_link where notice_id = $1',
    [noticeId],
  )
  return rows
}

async function dutiesOf(noticeId: string) {
  const { rows } = await db.owner.query(
    'select kind, audience, address, locale, cancelled_at is not null as cancelled from mail_duty where notice_id = $1 order by event_sequence desc, kind desc',
    [noticeId],
  )
  return rows
}

describe('the vendor', () => {
  test('passes a notice on within its own domain: a new mail there, the old link read-only, the holder told', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const forward = () =>
      asBearer(linkToken(notice.linkId), { confirmed: false }, (tx, taker, noticeId) =>
        readdressNotice(tx, { taker, noticeId, to: inside, reason: 'Not my field' }),
      )
    await expect(forward()).resolves.toMatchObject({ value: { sent: true, succeeded: [{ stage: 'sent' }] } })
    const duties = await dutiesOf(notice.id)
    expect(duties.slice(0, 2)).toEqual([
      { kind: 'notice-served', audience: 'address', address: inside.address, locale: 'ja', cancelled: false },
      { kind: 'notice-forwarded', audience: 'holder', address: null, locale: null, cancelled: false },
    ])
    await expect(linksOf(notice.id)).resolves.toEqual([{ id: notice.linkId, closed: true }])
    await expect(forward()).resolves.toEqual({ open: false, because: 'read-only' })
    const { rows } = await db.owner.query(
      "select payload, facts from notice_event join event_person using (notice_id, sequence) where notice_id = $1 and type = 'message.readdressed'",
      [notice.id],
    )
    expect(rows[0].facts).toMatchObject({ to: inside.address, text: 'Not my field', address: vendor.contact.address })
    expect(JSON.stringify(rows[0].payload)).not.toContain('@')
  })

  test('may do so signed in, too, and closes the links that it cannot see', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await asMember(vendor.member, (tx, taker) => readdressNotice(tx, { taker, noticeId: notice.id, to: inside }))
    await expect(linksOf(notice.id)).resolves.toEqual([{ id: notice.linkId, closed: true }])
  })

  test('does not send it elsewhere: the holder must confirm, and nothing changes', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const forward = asMember(vendor.member, (tx, taker) =>
      readdressNotice(tx, { taker, noticeId: notice.id, to: outside }),
    )
    await expect(forward).resolves.toEqual({ sent: false, because: 'holder-must-confirm' })
    await expect(linksOf(notice.id)).resolves.toEqual([{ id: notice.linkId, closed: false }])
    await expect(dutiesOf(notice.id)).resolves.toHaveLength(2)
  })

  test('passes it on at most three times a day', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const forward = (number: number) =>
      asMember(vendor.member, (tx, taker) =>
        readdressNotice(tx, { taker, noticeId: notice.id, to: { ...inside, address: `a${number}@${domain}` } }),
      )
    for (const number of [1, 2, 3]) await expect(forward(number)).resolves.toMatchObject({ sent: true })
    await expect(forward(4)).resolves.toEqual({ sent: false, because: 'too-often' })
  })

  test('another vendor learns nothing', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const stranger = await aPair(db.owner)
    await expect(
      asMember(stranger.vendor.member, (tx, taker) => readdressNotice(tx, { taker, noticeId: notice.id, to: inside })),
    ).resolves.toMatchObject({
      failed: [{ because: 'unknown' }],
    })
  })
})

describe('the holder', () => {
  test('sends it anywhere, and what was not composed for the old address stays unsent', async () => {
    const notice = await aNotice(db.owner, pair)
    await asMember(holder.member, (tx, taker) => readdressNotice(tx, { taker, noticeId: notice.id, to: outside }))
    await expect(dutiesOf(notice.id)).resolves.toMatchObject([
      { kind: 'notice-served', audience: 'address', address: outside.address, cancelled: false },
      { kind: 'notice-served', audience: 'vendor', cancelled: true },
    ])
  })

  test('names a contact of the directory only if it is one', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const to = { ...outside, contactId: newId() }
    await expect(
      asMember(holder.member, (tx, taker) => readdressNotice(tx, { taker, noticeId: notice.id, to })),
    ).resolves.toEqual({
      sent: false,
      because: 'no-such-contact',
    })
    const contact = { id: newId(), address: 'second@vendor.example' }
    await insert(db.owner, 'vendor_contact', {
      ...contact,
      vendor_id: vendor.id,
      purpose: 'legal_notices',
      channel: 'email',
      country: 'DE',
      time_zone: 'Europe/Berlin',
      verified_at: new Date(),
      created_at: new Date(),
    })
    const known = { address: contact.address, locale: 'en', contactId: contact.id } as const
    await expect(
      asMember(holder.member, (tx, taker) => readdressNotice(tx, { taker, noticeId: notice.id, to: known })),
    ).resolves.toMatchObject({ sent: true })
    const { rows } = await db.owner.query('select contact_id from notice where id = $1', [notice.id])
    expect(rows).toEqual([{ contact_id: contact.id }])
  })
})
