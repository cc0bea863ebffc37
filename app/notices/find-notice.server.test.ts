import { describe, expect, test } from 'vitest'
import { setClock } from '#app/platform/clock.server.ts'
import { testDatabase } from '#test/database.ts'
import { aMember, aNotice, aPair, aSentNotice, codeOf } from '#test/notices.ts'
import { acknowledgeNotice } from './acknowledge-notice.server.ts'
import { actOnNotice } from './act-on-notice.server.ts'
import { findNotice } from './find-notice.server.ts'
import { readNoticeQuery } from './notice-query.ts'
import { openSteps } from './notice-view.ts'
import { recordOutcomes } from './record-outcomes.server.ts'
import { asMember } from './taker.server.ts'
import { verifyNotice } from './verify-notice.server.ts'

const db = await testDatabase()
const pair = await aPair(db.owner)
const stranger = await aPair(db.owner)
const { holder, vendor } = pair

type Viewer = Parameters<typeof findNotice>[0]['member']

function open(member: Viewer, reference: string, search = '') {
  return findNotice({ member, reference, query: readNoticeQuery(`https://caveat.example/notices/x${search}`) })
}

async function typed(client: string, reference: string, code: string) {
  const verified = await verifyNotice({ reference, code }, client)
  return verified.allowed ? verified.notice : verified.because
}
const look = (client: string) => typed(client, 'CAV-0000-0000', '4F7K-92Q5')

describe('a notice', () => {
  test('is nobody’s but its holder’s before it is sent', async () => {
    const notice = await aNotice(db.owner, pair)
    await expect(open(holder.member, notice.reference)).resolves.toMatchObject({ side: 'holder' })
    await expect(open(vendor.member, notice.reference)).resolves.toBeNull()
    await expect(open(stranger.holder.member, notice.reference)).resolves.toBeNull()
  })

  test('once sent is both sides’, and still no stranger’s', async () => {
    const notice = await aSentNotice(db.owner, pair)
    await expect(open(vendor.member, notice.reference)).resolves.toMatchObject({ side: 'vendor', notice: { works: 3 } })
    await expect(open(stranger.vendor.member, notice.reference)).resolves.toBeNull()
    await expect(open(stranger.holder.member, notice.reference)).resolves.toBeNull()
  })

  test('shows the mails to its holder alone', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const sides = [
      ['decision-challenged', 'vendor'],
      ['clock-extended', 'vendor'],
      ['clock-extended', 'holder'],
      ['notice-acknowledged', 'holder'],
    ] as const
    for (const [kind, audience] of sides)
      await db.owner.query(
        `insert into mail_duty (id, notice_id, event_sequence, kind, audience, not_before, created_at) values (gen_random_uuid(), $1, 1, $2, $3, now(), now())`,
        [notice.id, kind, audience],
      )
    await db.owner.query(
      `insert into outgoing_mail (id, duty_id, notice_id, kind, to_address, locale, message_id, status, next_attempt_at, created_at)
       select gen_random_uuid(), id, notice_id, kind, audience || '@one.test', 'en', id::text, 'accepted', now(), now() from mail_duty where notice_id = $1`,
      [notice.id],
    )
    const mails = (await open(holder.member, notice.reference))?.record.mails ?? []
    expect(mails.map(({ kind, to }) => `${kind} ${to}`).toSorted()).toEqual(
      ['clock-extended', 'decision-challenged', 'notice-served'].map((kind) => `${kind} vendor@one.test`),
    )
    expect((await open(vendor.member, notice.reference))?.record.mails).toEqual([])
  })

  test('tells who did what, the newest first', async () => {
    setClock(new Date('2026-11-10T01:00:00Z'))
    const notice = await aSentNotice(db.owner, pair)
    await asMember(vendor.member, (tx, taker) =>
      acknowledgeNotice(tx, { taker, noticeIds: [notice.id], reference: 'NL-1' }),
    )
    setClock(null)
    const { record, notice: facts } = (await open(holder.member, notice.reference)) ?? {
      record: undefined,
      notice: undefined,
    }
    expect(record?.lines.map(({ sequence, type, actor }) => [sequence, type, actor])).toEqual([
      [4, 'reference.given', 'vendor'],
      [3, 'notice.acknowledged', 'vendor'],
      [2, 'message.accepted', 'system'],
      [1, 'notice.submitted', 'holder'],
    ])
    expect(record?.lines[0]?.person).toMatchObject({ name: vendor.person.name, reference: 'NL-1' })
    expect(facts).toMatchObject({ stage: 'acknowledged', vendorReference: 'NL-1', clocks: expect.arrayContaining([]) })
    expect(facts?.clocks.map(({ kind }) => kind).toSorted()).toEqual(['acknowledge', 'decide'])
  })
})

describe('works by measures', async () => {
  const notice = await aSentNotice(db.owner, pair, { works: 60 })
  const { workIds } = notice.catalogue
  const answered = await asMember(vendor.member, (tx, taker) =>
    recordOutcomes(tx, {
      taker,
      noticeIds: [notice.id],
      settings: [
        {
          measures: ['STOP_TRAINING_FUTURE'],
          works: { kind: 'all', clear: false },
          answer: { outcome: 'accepted_excluded' },
        },
        {
          measures: ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'],
          works: { kind: 'chosen', workIds: workIds.slice(0, 4) },
          answer: { outcome: 'refused', code: 'other', text: 'Not ours.' },
        },
        {
          measures: ['REMOVE_FROM_DATASETS'],
          works: { kind: 'chosen', workIds: workIds.slice(10, 40) },
          answer: { outcome: 'not_used' },
        },
      ],
    }),
  )

  test('counts every view, defaults included', async () => {
    expect(answered).toMatchObject({ accepted: true })
    const answers = (await open(holder.member, notice.reference))?.answers
    expect(answers?.counts).toEqual({ all: 60, differ: 34, pending: 26, refused: 4 })
    expect(answers?.tally).toMatchObject({ accepted_excluded: 56, refused: 8, not_used: 30, pending: 26 })
  })

  test.each([
    ['', workIds.slice(0, 4).concat(workIds.slice(10, 31)), true],
    ['?show=all', workIds.slice(0, 25), true],
    ['?show=pending', workIds.slice(4, 10).concat(workIds.slice(40, 59)), true],
    ['?show=refused', workIds.slice(0, 4), false],
    [`?show=differ&after=${workIds[30]}`, workIds.slice(31, 40), false],
    [`?show=differ&before=${workIds[31]}`, workIds.slice(0, 4).concat(workIds.slice(10, 31)), true],
  ])('the view %s holds its works in the order of the catalogue', async (search, expected, more) => {
    const answers = (await open(vendor.member, notice.reference, search))?.answers
    expect(answers?.rows.map(({ workId }) => workId)).toEqual(expected)
    expect(answers?.next !== null).toBe(more)
  })
})

describe('the acts on the page', () => {
  test('are those that the table allows to this side and role', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const page = await open(vendor.member, notice.reference)
    if (!page) throw new Error('the vendor must see what was sent')
    expect(openSteps(page, { party: 'vendor', role: 'editor' })).toEqual(
      expect.arrayContaining(['notice.acknowledged', 'outcomes.recorded']),
    )
    expect(openSteps(page, { party: 'vendor', role: 'viewer' })).not.toContain('notice.acknowledged')
    expect(openSteps(page, { party: 'holder', role: 'owner', submitter: true })).toContain('notice.withdrawn')
  })

  test('leave to the holder what the association that filed it has no page for', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const page = await open(holder.member, notice.reference)
    if (!page) throw new Error('the holder must see its notice')
    const asker = { party: 'holder', role: 'owner', submitter: true } as const
    const alone = ['notice.escalated', 'notice.superseded', 'clock.extended']
    expect(openSteps(page, asker)).toEqual(expect.arrayContaining(alone))
    const filed = openSteps({ ...page, byOwner: false }, asker)
    expect(filed.filter((step) => alone.includes(step))).toEqual([])
    expect(filed).toContain('works.withdrawn')
  })

  test('change the notice once; the second reads who came first', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const act = { act: 'notice.acknowledged', reference: undefined } as const
    await expect(actOnNotice({ member: vendor.member, reference: notice.reference, act })).resolves.toEqual({
      done: true,
    })
    await expect(actOnNotice({ member: vendor.member, reference: notice.reference, act })).resolves.toMatchObject({
      done: false,
      untaken: { because: 'already-taken', last: { name: vendor.person.name } },
    })
    const review = { member: vendor.member, reference: notice.reference, act: { act: 'review.started' } } as const
    await expect(actOnNotice(review)).resolves.toEqual({ done: true })
  })

  test('are refused to a viewer, and say nothing to a stranger', async () => {
    const notice = await aSentNotice(db.owner, pair)
    const viewer = await aMember(db.owner, vendor.organisation, 'vendor', 'viewer')
    const act = { act: 'notice.acknowledged', reference: undefined } as const
    await expect(actOnNotice({ member: viewer, reference: notice.reference, act })).resolves.toMatchObject({
      untaken: { because: 'role-too-low' },
    })
    await expect(actOnNotice({ member: stranger.vendor.member, reference: notice.reference, act })).resolves.toBeNull()
  })
})

describe('a notice that is checked by hand', () => {
  test('is genuine by its reference and its code together, and only once its sending has begun', async () => {
    const [queued, sent] = [await aNotice(db.owner, pair), await aSentNotice(db.owner, pair)]
    const code = codeOf(sent.reference)
    expect(await typed('192.0.2.1', sent.reference.toLowerCase(), code.replace('-', ' '))).toMatchObject({
      reference: sent.reference,
      domain: vendor.contact.address.split('@')[1],
      withdrawn: false,
    })
    expect(await typed('192.0.2.1', queued.reference, codeOf(queued.reference))).toBeNull()
    expect(await typed('192.0.2.1', sent.reference, codeOf(queued.reference))).toBeNull()
    expect(await typed('192.0.2.1', queued.reference, code)).toBeNull()
  })

  test('is looked for thirty times by one address, and no oftener; another address still is answered', async () => {
    const looks = await Promise.all(Array.from({ length: 40 }, () => look('192.0.2.9')))
    expect(looks.filter((answer) => answer === null)).toHaveLength(30)
    expect(looks.filter((answer) => answer === 'too-many')).toHaveLength(10)
    expect(await look('192.0.2.10')).toBeNull()
    // An IPv6 household changes its address as it likes.
    await Promise.all(Array.from({ length: 30 }, (_, at) => look(`2001:db8::${at + 1}`)))
    expect(await look('2001:db8::ffff')).toBe('too-many')
  })
})
