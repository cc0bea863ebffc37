import { afterEach, expect, test } from 'vitest'
import { setClock } from '#app/platform/clock.server.ts'
import { linkToken } from '#app/platform/db.server.ts'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice, type Pair } from '#test/notices.ts'
import type { WorksChoice } from './answers.ts'
import { answerByLink } from './answer-by-link.server.ts'
import { findLinkPage, type LinkVisit } from './find-link-notice.server.ts'
import type { LinkAnswer } from './link-answers.ts'
import { isLinkCode, linkCode } from './link-code.server.ts'
import { supersedeNotices } from './supersede-notice.server.ts'
import { asMember } from './taker.server.ts'
import { withdrawWorks } from './withdraw-works.server.ts'

const db = await testDatabase()
const visit: LinkVisit = { method: 'POST', what: 'answer', networkAddress: '192.0.2.7', userAgent: 'test' }
const reading: LinkVisit = { ...visit, method: 'GET', what: 'page' }
const dana = { name: 'Dana Whitfield', role: 'rights operations' }

afterEach(() => setClock(null))

async function opened(pair?: Pair) {
  const between = pair ?? (await aPair(db.owner))
  const notice = await aSentNotice(db.owner, between)
  const token = linkToken(notice.linkId)
  return { ...notice, pair: between, token, answer: (answer: LinkAnswer) => answerByLink({ token, answer, visit }) }
}
const stageOf = async (id: string) =>
  (await db.owner.query('select stage, outcome, vendor_reference from notice where id = $1', [id])).rows[0]
const dutiesOf = async (kind: string) =>
  (await db.owner.query('select * from mail_duty where kind = $1 order by id', [kind])).rows

test('reading writes one line of the access log each time and changes nothing else', async () => {
  const notice = await opened()
  const before = await db.owner.query(
    'select n.*, (select count(*) from notice_event e where e.notice_id = n.id) as events, (select count(*) from mail_duty d where d.notice_id = n.id) as duties from notice n where id = $1',
    [notice.id],
  )
  for (const method of ['GET', 'HEAD', 'GET']) await findLinkPage(notice.token, { ...reading, method })
  const after = await db.owner.query(
    'select n.*, (select count(*) from notice_event e where e.notice_id = n.id) as events, (select count(*) from mail_duty d where d.notice_id = n.id) as duties from notice n where id = $1',
    [notice.id],
  )
  expect(after.rows).toEqual(before.rows)
  const { rows } = await db.owner.query(
    'select method, what, network_address, user_agent from link_access where link_id = $1 order by id',
    [notice.linkId],
  )
  expect(rows.map(({ method }) => method)).toEqual(['GET', 'HEAD', 'GET'])
  expect(rows[0]).toEqual({ method: 'GET', what: 'page', network_address: '192.0.2.7', user_agent: 'test' })
})

test('the page holds what its two sides know, and no mail address but the bearer’s own', async () => {
  const notice = await opened()
  const page = await findLinkPage(notice.token, reading)
  if (!page.open) throw new Error(page.because)
  expect(page.value.notice).toMatchObject({
    reference: notice.reference,
    works: 3,
    stage: 'sent',
    acknowledged: null,
    late: { acknowledge: false, decide: false },
    timeZone: 'America/Los_Angeles',
  })
  expect(page.value.works.map(({ title }) => title)).toEqual(['Work 1', 'Work 2', 'Work 3'])
  expect(JSON.stringify(page.value)).not.toContain(notice.pair.holder.person.email)
  setClock(new Date(Date.now() + 14 * 86_400_000))
  expect(await findLinkPage(notice.token, reading)).toMatchObject({
    value: { notice: { late: { acknowledge: true, decide: false } } },
  })
})

test('the page leaves out what was withdrawn, and names the notice that took the place of this one', async () => {
  const notice = await opened()
  const { member } = notice.pair.holder
  const [first = ''] = notice.catalogue.workIds
  const works: WorksChoice = { kind: 'chosen', workIds: [first] }
  await asMember(member, (tx, taker) =>
    withdrawWorks(tx, { taker, noticeIds: [notice.id], works, reason: 'Licensed.' }),
  )
  const shown = await findLinkPage(notice.token, reading)
  expect(shown).toMatchObject({ value: { notice: { works: 3, left: 2, successor: null } } })
  expect(shown.open && shown.value.works.map(({ title }) => title)).toEqual(['Work 2', 'Work 3'])

  const successor = await aSentNotice(db.owner, notice.pair)
  await asMember(member, (tx, taker) =>
    supersedeNotices(tx, { taker, noticeIds: [notice.id], successorId: successor.id }),
  )
  expect(await findLinkPage(notice.token, reading)).toMatchObject({
    value: { notice: { stage: 'superseded', successor: successor.reference } },
  })
})

test('received: name, role, address and the link are recorded, and the next reader sees who answered', async () => {
  const notice = await opened()
  expect(await notice.answer({ intent: 'acknowledge', ...dana, reference: 'NL-7' })).toEqual({
    open: true,
    value: { came: 'done', done: 'acknowledged' },
  })
  expect(await stageOf(notice.id)).toMatchObject({ stage: 'acknowledged', vendor_reference: 'NL-7' })
  const { rows } = await db.owner.query(
    `select e.channel, p.facts from notice_event e join event_person p using (notice_id, sequence) where notice_id = $1 and type = 'notice.acknowledged'`,
    [notice.id],
  )
  expect(rows[0]).toMatchObject({
    channel: 'link',
    facts: {
      name: 'Dana Whitfield',
      role: 'rights operations',
      networkAddress: '192.0.2.7',
      address: notice.pair.vendor.contact.address,
    },
  })
  const page = await findLinkPage(notice.token, reading)
  expect(page).toMatchObject({ value: { notice: { acknowledged: { name: 'Dana Whitfield', channel: 'link' } } } })
  expect(await notice.answer({ intent: 'acknowledge', name: 'Second', role: 'x' })).toMatchObject({
    value: { came: 'refused', refusal: { last: { name: 'Dana Whitfield' } }, timeZone: 'America/Los_Angeles' },
  })
})

test('answered elsewhere: the reference is kept, and it acknowledges; later another reference replaces it', async () => {
  const notice = await opened()
  await notice.answer({ intent: 'answered', ...dana, reference: 'OLD-1' })
  expect(await stageOf(notice.id)).toMatchObject({ stage: 'acknowledged', vendor_reference: 'OLD-1' })
  await notice.answer({ intent: 'answered', ...dana, reference: 'NEW-2' })
  expect(await stageOf(notice.id)).toMatchObject({ vendor_reference: 'NEW-2' })
})

test('forward within the own domain: it goes there at once, and the old link only shows', async () => {
  const notice = await opened()
  const domain = notice.pair.vendor.contact.address.split('@')[1]
  expect(await notice.answer({ intent: 'forward', name: 'Dana', address: `legal@${domain}` })).toEqual({
    open: true,
    value: { came: 'done', done: 'forwarded' },
  })
  expect((await dutiesOf('notice-served')).at(-1)).toMatchObject({
    notice_id: notice.id,
    audience: 'address',
    address: `legal@${domain}`,
  })
  expect(await findLinkPage(notice.token, reading)).toMatchObject({ open: true, value: { link: { readOnly: true } } })
  expect(await notice.answer({ intent: 'acknowledge', ...dana })).toEqual({ open: false, because: 'read-only' })
})

test('forward elsewhere: nothing is sent there, the holder is asked; the directory stays as it is', async () => {
  const notice = await opened()
  expect(await notice.answer({ intent: 'forward', name: 'Dana', address: 'someone@elsewhere.test' })).toEqual({
    open: true,
    value: { came: 'done', done: 'asked-holder' },
  })
  expect((await dutiesOf('notice-served')).some(({ address }) => address === 'someone@elsewhere.test')).toBe(false)
  expect((await dutiesOf('notice-forwarded')).at(-1)).toMatchObject({
    notice_id: notice.id,
    audience: 'holder',
    facts: { to: 'someone@elsewhere.test', name: 'Dana' },
  })
  expect(await notice.answer({ intent: 'forward', name: 'Dana', address: notice.pair.vendor.contact.address })).toEqual(
    { open: true, value: { came: 'fault', because: 'same-address' } },
  )
})

test('a forward that is sent twice asks the holder, or the new contact, once', async () => {
  const [abroad, within] = [await opened(), await opened()]
  const twice = async ({ answer }: typeof abroad, address: string) => {
    const forward = () => answer({ intent: 'forward', name: 'Dana', address })
    return [...(await Promise.all([forward(), forward()])), await forward()]
  }
  const asked = { open: true, value: { came: 'done', done: 'asked-holder' } }
  expect(await twice(abroad, 'someone@elsewhere.test')).toEqual([asked, asked, asked])
  expect(await abroad.answer({ intent: 'forward', name: 'Dana', address: 'another@elsewhere.test' })).toEqual(asked)
  const questions = (await dutiesOf('notice-forwarded')).filter(({ notice_id: id }) => id === abroad.id)
  expect(questions.map(({ facts }) => facts.to)).toEqual(['someone@elsewhere.test', 'another@elsewhere.test'])
  setClock(new Date(Date.now() + 25 * 3_600_000))
  expect(await abroad.answer({ intent: 'forward', name: 'Dana', address: 'someone@elsewhere.test' })).toEqual(asked)
  expect((await dutiesOf('notice-forwarded')).filter(({ notice_id: id }) => id === abroad.id)).toHaveLength(3)
  setClock(null)

  const legal = `legal@${within.pair.vendor.contact.address.split('@')[1]}`
  expect((await twice(within, legal)).at(-1)).toEqual({ open: false, because: 'read-only' })
  const served = (await dutiesOf('notice-served')).filter(
    ({ notice_id: id, address }) => id === within.id && address === legal,
  )
  expect(served).toHaveLength(1)
})

test('forwarding is counted: the sixth try in an hour is refused before anything is looked at', async () => {
  const notice = await opened()
  const tries = []
  for (let count = 0; count < 7; count += 1)
    tries.push(await notice.answer({ intent: 'forward', name: 'Dana', address: `a${count}@elsewhere.test` }))
  expect(tries.map((each) => (each.open && each.value.came === 'fault' ? each.value.because : 'went'))).toEqual([
    'went',
    'went',
    'went',
    'went',
    'went',
    'too-often',
    'too-often',
  ])
})

test('not our service: the link alone decides nothing; the mailed code refuses every measure for all works in one act', async () => {
  const notice = await opened()
  expect(await notice.answer({ intent: 'not-ours', ...dana })).toEqual({ open: true, value: { came: 'code-sent' } })
  expect(await stageOf(notice.id)).toMatchObject({ stage: 'sent', outcome: 'pending' })
  const duty = (await dutiesOf('answer-code')).at(-1)
  // It belongs to no notice: the holder reads the mails of a notice, and must not read this one.
  expect(duty).toMatchObject({
    notice_id: null,
    address: notice.pair.vendor.contact.address,
    facts: { about: { reference: notice.reference } },
  })
  expect(await notice.answer({ intent: 'not-ours', ...dana, code: '0000-0000' })).toEqual({
    open: true,
    value: { came: 'fault', because: 'code-wrong' },
  })
  expect(
    await notice.answer({ intent: 'not-ours', ...dana, code: duty.facts.code.toLowerCase().replace('-', ' ') }),
  ).toEqual({ open: true, value: { came: 'done', done: 'declined' } })
  expect(await stageOf(notice.id)).toMatchObject({ stage: 'decided', outcome: 'none' })
  const { rows } = await db.owner.query(
    'select default_outcome, default_code, default_text from notice_measure where notice_id = $1',
    [notice.id],
  )
  expect(rows).toHaveLength(2)
  for (const row of rows)
    expect(row).toMatchObject({
      default_outcome: 'refused',
      default_code: 'not_our_service',
      default_text: expect.stringContaining('not concern'),
    })
})

test('codes: only for their link, only for twelve hours, and guessing is counted', async () => {
  const at = new Date('2026-11-20T10:30:00Z')
  const hours = (count: number) => new Date(at.getTime() + count * 3_600_000)
  const code = linkCode('a', at)
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/u)
  expect([0, 11, 12, 13, -1].map((count) => isLinkCode('a', code, hours(count)))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
  expect(isLinkCode('b', code, at)).toBe(false)
  const notice = await opened()
  const tries = []
  for (let count = 0; count < 12; count += 1)
    tries.push(await notice.answer({ intent: 'not-ours', ...dana, code: `GUES-000${count % 10}` }))
  expect(
    tries.filter((each) => each.open && each.value.came === 'fault' && each.value.because === 'code-wrong'),
  ).toHaveLength(10)
})

test('a forged, a revoked and an expired link open nothing and answer nothing', async () => {
  const notice = await opened()
  const forged = `${notice.token.slice(0, -1)}${notice.token.endsWith('A') ? 'B' : 'A'}`
  expect(await findLinkPage(forged, reading)).toEqual({ open: false, because: 'unknown' })
  expect(await answerByLink({ token: forged, answer: { intent: 'acknowledge', ...dana }, visit })).toEqual({
    open: false,
    because: 'unknown',
  })
  await db.owner.query(`update notice_link set expires_at = now() - interval '1 minute' where id = $1`, [notice.linkId])
  expect(await findLinkPage(notice.token, reading)).toEqual({ open: false, because: 'expired' })
  expect(await notice.answer({ intent: 'acknowledge', ...dana })).toEqual({ open: false, because: 'expired' })
  await db.owner.query('update notice_link set revoked_at = now() where id = $1', [notice.linkId])
  expect(await findLinkPage(notice.token, reading)).toEqual({ open: false, because: 'revoked' })
  expect(await stageOf(notice.id)).toMatchObject({ stage: 'sent' })
})

test('the bearer of one notice sees no other', async () => {
  const notice = await opened()
  const other = await opened(notice.pair)
  await other.answer({ intent: 'acknowledge', ...dana, reference: 'OTHER' })
  const page = await findLinkPage(notice.token, reading)
  expect(JSON.stringify(page)).not.toContain(other.reference)
  expect(await stageOf(notice.id)).toMatchObject({ stage: 'sent', vendor_reference: null })
})
