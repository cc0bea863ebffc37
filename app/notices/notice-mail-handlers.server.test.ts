import { createHash } from 'node:crypto'
import PostalMime, { type Email } from 'postal-mime'
import { afterAll, afterEach, expect, test } from 'vitest'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { withLink, withWorker } from '#app/platform/db.server.ts'
import { smtpTransport } from '#app/platform/smtp.server.ts'
import { aCatalogue, aPerson } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aFiling } from '#test/filings.ts'
import { aPair, type Pair } from '#test/notices.ts'
import { smtpSink } from '#test/smtp-sink.ts'
import { acceptDecision } from './accept-decision.server.ts'
import { answerByLink } from './answer-by-link.server.ts'
import { acknowledgeNotice } from './acknowledge-notice.server.ts'
import { declareDecision } from './declare-decision.server.ts'
import { endLinks } from './end-links.server.ts'
import { noticeMailHandlers } from './notice-mail-handlers.server.ts'
import { recallFiling } from './recall-filing.server.ts'
import { recordOutcomes } from './record-outcomes.server.ts'
import { startReview } from './start-review.server.ts'
import { asBearer, asMember } from './taker.server.ts'
import { withdrawNotice } from './withdraw-notice.server.ts'
import { withdrawWorks } from './withdraw-works.server.ts'

const db = await testDatabase()
const sink = await smtpSink()
const transport = smtpTransport(sink.url, { connections: 3 })
const outbox = openOutbox({ transport, handlers: noticeMailHandlers })
const afterUndo = () => setClock(new Date(now().getTime() + 3 * 3_600_000))

afterEach(() => {
  sink.always()
  sink.mails.length = 0
  setClock(null)
})
afterAll(async () => {
  await transport.close()
  await sink.stop()
})

const heardBy = (...pairs: [string, string][]) =>
  pairs.map(([who, what]) => `${who}: ${what}`).toSorted((a, b) => a.localeCompare(b))

async function filed(pair: Pair) {
  const { holder, vendor } = pair
  const catalogue = await aCatalogue(db.owner, holder.organisation.id, {
    titles: ['太陽の王子', 'Porco Rosso', '<b>42</b>', 'Totoro', 'Nausicaä'],
  })
  await aFiling(holder.member, { vendorIds: [vendor.id], catalogue })
  const { rows } = await db.owner.query(
    'select id, reference from notice where vendor_id = $1 order by id desc limit 1',
    [vendor.id],
  )
  const [notice] = rows
  return { id: String(notice.id), reference: String(notice.reference), catalogue }
}

/** Sends what is due, and reads it as another parser does. */
async function sent(): Promise<(Email & { rcpt: string })[]> {
  sink.mails.length = 0
  while ((await outbox.pass()) > 0);
  return Promise.all(sink.mails.map(async ({ raw, to }) => ({ ...(await PostalMime.parse(raw)), rcpt: to[0] ?? '' })))
}
const stageOf = async (id: string) =>
  (await db.owner.query('select stage from notice where id = $1', [id])).rows[0].stage
const linkIn = (mail: Email | undefined) => /\/n\/([\w-]+)/u.exec(mail?.text ?? '')?.[1] ?? ''

test('a filed notice waits for its planned time, then is served to the contact and the vendor’s members, and the filer hears of it', async () => {
  const pair = await aPair(db.owner)
  const { holder, vendor } = pair
  const notice = await filed(pair)
  expect(await sent()).toEqual([])
  afterUndo()
  const mails = await sent()
  expect(await stageOf(notice.id)).toBe('sent')
  expect(mails.map(({ rcpt, subject }) => [rcpt, subject])).toEqual(
    expect.arrayContaining([
      [vendor.contact.address, `${holder.organisation.name} asks you not to train on 5 works [${notice.reference}]`],
      [vendor.person.email, `${holder.organisation.name} asks you not to train on 5 works [${notice.reference}]`],
      [holder.person.email, expect.stringMatching(/^Sent to Vendor/u)],
    ]),
  )
  expect(mails).toHaveLength(3)

  const served = mails.find(({ rcpt }) => rcpt === vendor.contact.address)
  const { rows: letters } = await db.owner.query('select text, sha256 from notice_letter where notice_id = $1', [
    notice.id,
  ])
  const content = served?.attachments[0]?.content ?? ''
  expect(
    createHash('sha256')
      .update(typeof content === 'string' ? content : new Uint8Array(content))
      .digest('hex'),
  ).toBe(letters[0].sha256)
  expect(served?.text).toContain(letters[0].sha256)
  expect(served?.replyTo).toMatchObject([{ address: holder.person.email }])
  expect(served?.html).toContain('&lt;b&gt;42&lt;/b&gt;')
  const opened = await withLink(linkIn(served), async (_tx, link) => link)
  expect(opened).toMatchObject({ open: true, value: { noticeId: notice.id, address: vendor.contact.address } })

  const member = mails.find(({ rcpt }) => rcpt === vendor.person.email)
  expect(member?.text).toContain(`/notices/${notice.reference}`)
  expect(member?.text).not.toContain('/n/')
  const told = mails.find(({ rcpt }) => rcpt === holder.person.email)
  expect(told?.text).toContain(vendor.contact.address)
  expect(told?.text).toMatch(/250 /u)
})

test('each step sends its mails, to whom it concerns, each in its thread', async () => {
  const pair = await aPair(db.owner)
  const { holder, vendor } = pair
  const filer = holder.person.email
  const contact = vendor.contact.address
  const notice = await filed(pair)
  const noticeIds = [notice.id]
  afterUndo()
  const first = await sent()
  const token = linkIn(first.find(({ rcpt }) => rcpt === contact))
  const heard = async () =>
    (await sent())
      .map(({ rcpt, subject }) => `${rcpt}: ${subject?.replace(` [${notice.reference}]`, '')}`)
      .toSorted((a, b) => a.localeCompare(b))
  const [v, h] = [
    (await db.owner.query('select name from vendor where id = $1', [vendor.id])).rows[0].name,
    holder.organisation.name,
  ]

  await asBearer(token, { name: 'Dana Whitfield', role: 'rights', confirmed: false }, (tx, taker) =>
    acknowledgeNotice(tx, { taker, noticeIds, reference: 'NL-7' }),
  )
  sink.mails.length = 0
  while ((await outbox.pass()) > 0);
  const mails = await Promise.all(
    sink.mails.map(async ({ raw, to: rcpt }) => ({ rcpt: rcpt[0], mail: await PostalMime.parse(raw) })),
  )
  expect(new Set(mails.map(({ rcpt }) => rcpt))).toEqual(new Set([contact, filer, vendor.person.email]))
  const receipt = mails.find(({ rcpt }) => rcpt === contact)?.mail
  expect(receipt?.text).toMatch(/Dana Whitfield, rights[\s\S]*NL-7/u)
  expect(receipt?.inReplyTo).toBe(first.find(({ rcpt }) => rcpt === contact)?.messageId)

  await asMember(vendor.member, (tx, taker) => startReview(tx, { taker, noticeIds }))
  expect(await heard()).toEqual(heardBy([filer, `${v} is reviewing your notice`]))
  const excluded = { outcome: 'accepted_excluded' } as const
  await asMember(vendor.member, (tx, taker) =>
    recordOutcomes(tx, {
      taker,
      noticeIds,
      settings: [{ measures: ['STOP_TRAINING_FUTURE'], works: { kind: 'all', clear: false }, answer: excluded }],
    }),
  )
  expect(await heard()).toEqual(heardBy([filer, `${v} recorded answers: 5 of 10`]))
  await asMember(holder.member, (tx, taker) =>
    withdrawWorks(tx, {
      taker,
      noticeIds,
      works: { kind: 'chosen', workIds: notice.catalogue.workIds.slice(0, 2) },
      reason: 'Licensed.',
    }),
  )
  expect(await heard()).toEqual(
    heardBy(
      [contact, `${h} withdrew 2 works from a notice`],
      [vendor.person.email, `${h} withdrew 2 works from a notice`],
    ),
  )
  await asMember(vendor.member, (tx, taker) =>
    declareDecision(tx, { taker, noticeIds, rest: { REMOVE_FROM_DATASETS: excluded } }),
  )
  expect(await heard()).toEqual(heardBy([filer, `${v} decided on your notice`]))
  await asMember(holder.member, (tx, taker) => acceptDecision(tx, { taker, noticeIds }))
  expect(await heard()).toEqual(
    heardBy([contact, `${h} accepted your decision`], [vendor.person.email, `${h} accepted your decision`]),
  )
  await withWorker((tx) => endLinks(tx))
  await db.owner.query(`update notice_link set expires_at = now() - interval '1 second' where notice_id = $1`, [
    notice.id,
  ])
  expect(await withLink(token, async () => true)).toEqual({ open: false, because: 'expired' })
})

test('a contact forwards: within the own domain the new address is served, with a link of its own; elsewhere the holder is asked', async () => {
  const pair = await aPair(db.owner)
  const notice = await filed(pair)
  afterUndo()
  const token = linkIn((await sent()).find(({ rcpt }) => rcpt === pair.vendor.contact.address))
  const forward = (address: string) =>
    answerByLink({
      token,
      answer: { intent: 'forward', name: 'Dana', address },
      visit: { method: 'POST', what: 'answer', networkAddress: '192.0.2.7', userAgent: null },
    })

  await forward('someone@elsewhere.test')
  const [question, ...none] = await sent()
  expect(none).toEqual([])
  expect(question).toMatchObject({
    rcpt: pair.holder.person.email,
    subject: expect.stringContaining('names another contact: please confirm'),
  })
  expect(question?.text).toMatch(/someone@elsewhere\.test[\s\S]*Dana/u)

  const legal = `legal@${pair.vendor.contact.address.split('@')[1]}`
  await forward(legal)
  const mails = await sent()
  expect(mails.map(({ rcpt }) => rcpt).toSorted((a, b) => a.localeCompare(b))).toEqual(
    [legal, pair.holder.person.email].toSorted((a, b) => a.localeCompare(b)),
  )
  const fresh = linkIn(mails.find(({ rcpt }) => rcpt === legal))
  expect(fresh).not.toBe(token)
  await asBearer(fresh, { name: 'Lee', role: 'legal', confirmed: false }, (tx, taker) =>
    acknowledgeNotice(tx, { taker, noticeIds: [notice.id] }),
  )
  expect(
    (await sent()).map(({ rcpt }) => rcpt),
    'later mails go to the new address',
  ).toContain(legal)
})

test('a refused address: the notice is undeliverable, nothing is served, and the holder is told at once', async () => {
  const pair = await aPair(db.owner)
  await db.owner.query('delete from membership where organisation_id = $1', [pair.vendor.organisation.id])
  const notice = await filed(pair)
  afterUndo()
  sink.always({ at: 'rcpt', to: pair.vendor.contact.address, say: '550 5.1.1 No such user here' })
  const mails = await sent()
  expect(mails.map(({ rcpt }) => rcpt)).toEqual([pair.holder.person.email])
  expect(mails[0]?.text).toMatch(/is not served[\s\S]*550 5\.1\.1 No such user here/u)
  const { rows } = await db.owner.query('select stage, served_at, undeliverable_at from notice where id = $1', [
    notice.id,
  ])
  expect(rows[0]).toMatchObject({ stage: 'queued', served_at: null, undeliverable_at: expect.any(Date) })
})

test('recall and sending at once: exactly one of the two wins, twenty times', async () => {
  for (let round = 0; round < 20; round += 1) {
    const pair = await aPair(db.owner)
    const notice = await filed(pair)
    const { rows } = await db.owner.query(
      'select f.reference from filing f join notice n on n.filing_id = f.id where n.id = $1',
      [notice.id],
    )
    afterUndo()
    sink.mails.length = 0
    const [recalled] = await Promise.all([
      recallFiling({ member: pair.holder.member, reference: rows[0].reference }),
      outbox.pass(),
    ])
    while ((await outbox.pass()) > 0);
    const arrived = sink.mails.some(({ to }) => to[0] === pair.vendor.contact.address)
    expect(recalled.recalled).toBe(!arrived)
    expect(await stageOf(notice.id)).toBe(arrived ? 'sent' : 'draft')
    setClock(null)
  }
}, 60_000)

test('a withdrawn notice that was not begun is never sent', async () => {
  const pair = await aPair(db.owner)
  const notice = await filed(pair)
  await asMember(pair.holder.member, (tx, taker) =>
    withdrawNotice(tx, { taker, noticeIds: [notice.id], reason: 'Settled.' }),
  )
  afterUndo()
  expect(await sent()).toEqual([])
})

test('each in their own language: a Japanese contact, an English owner', async () => {
  const pair = await aPair(db.owner)
  await db.owner.query(`update vendor_contact set locale = 'ja' where id = $1`, [pair.vendor.contact.id])
  const other = await aPerson(db.owner, { organisationId: pair.holder.organisation.id, locale: 'ja' })
  await filed(pair)
  afterUndo()
  const mails = await sent()
  expect(mails.find(({ rcpt }) => rcpt === pair.vendor.contact.address)?.subject).toContain(
    '5作品をAIの学習に使用しないよう求める通知',
  )
  expect(mails.find(({ rcpt }) => rcpt === pair.vendor.person.email)?.subject).toContain(
    'asks you not to train on 5 works',
  )
  expect(
    mails.some(({ rcpt }) => rcpt === other.email),
    'only the filer is told of a sending',
  ).toBe(false)
})
