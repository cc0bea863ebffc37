import { afterEach, expect, test } from 'vitest'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { noticeMailHandlers } from '#app/notices/notice-mail-handlers.server.ts'
import { emptyContent } from '#app/notices/filing-draft.ts'
import { acknowledgeNotice } from '#app/notices/acknowledge-notice.server.ts'
import { asBearer } from '#app/notices/taker.server.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { linkToken, withWorker } from '#app/platform/db.server.ts'
import { runOneJob } from '#app/platform/run-jobs.server.ts'
import { aCollective, aCollectiveDraft, submit } from '#test/collective.ts'
import { collectingTransport, decodedMail } from '#test/collective-mails.ts'
import { testDatabase } from '#test/database.ts'
import { withCollectives } from './collective-mail-handlers.server.ts'
import { endAnnexReviews } from './end-annex-reviews.server.ts'
import { makeCollective } from './make-collective.server.ts'

const { owner } = await testDatabase()
const jobs = { 'make-collective': ({ subjectId }: { subjectId: string }) => makeCollective(subjectId) }
afterEach(() => setClock(null))

const { transport, sent, state } = collectingTransport()
const handlers = withCollectives(noticeMailHandlers)

async function released(members = 3) {
  const given = await aCollective(owner, members)
  const draft = await aCollectiveDraft(owner, given.association, { members: given.members, vendorIds: given.vendorIds })
  await submit(given.association, draft)
  await runOneJob(jobs)
  setClock(new Date(Date.now() + 4 * 86_400_000))
  await endAnnexReviews()
  return { ...given, draft }
}

async function sendAll() {
  sent.length = 0
  for (let pass = 0; pass < 4; pass += 1) {
    setClock(new Date(Date.now() + 4 * 86_400_000 + pass * 10_000))
    await openOutbox({ transport, handlers }).pass()
  }
}

const rowsOf = async (sql: string, values: unknown[]) => (await owner.query(sql, values)).rows

test('one mail a vendor and contact, with every notice in it, and each notice served', async () => {
  const { vendors, draft } = await released()
  await sendAll()
  for (const { contact } of vendors) {
    const mails = sent.filter(({ to }) => to === contact.address)
    expect(mails).toHaveLength(1)
    const text = decodedMail(mails[0]?.raw ?? '')
    const notices = await rowsOf(
      `select n.reference, l.id as link, t.sha256 from notice n join notice_link l on l.notice_id = n.id join notice_letter t on t.notice_id = n.id
       join filing f on f.id = n.filing_id where f.reference = $1 and l.address = $2`,
      [draft.reference, contact.address],
    )
    expect(notices).toHaveLength(3)
    for (const { reference, link, sha256 } of notices) {
      expect(text).toContain(reference)
      expect(text).toContain(linkToken(link))
      expect(text).toContain(sha256)
    }
    expect(text).toContain('without prejudice to the need for prior permission')
    expect(text).not.toContain('Auto-Submitted')
  }
  const stages = await rowsOf(
    `select n.stage, (select e.payload from notice_event e where e.notice_id = n.id and e.type = 'message.accepted' order by e.sequence limit 1) as payload, t.sha256
     from notice n join filing f on f.id = n.filing_id join notice_letter t on t.notice_id = n.id where f.reference = $1`,
    [draft.reference],
  )
  expect(stages).toHaveLength(6)
  for (const { stage, payload, sha256 } of stages) {
    expect(stage).toBe('sent')
    expect(payload.letter).toBe(sha256)
    expect(payload.cover).toMatch(/^[0-9a-f]{64}$/u)
  }
  const clocks = await rowsOf(
    'select c.kind from clock c join notice n on n.id = c.notice_id join filing f on f.id = n.filing_id where f.reference = $1',
    [draft.reference],
  )
  expect(clocks).toHaveLength(12)
})

test('the letter of a member names it, its works and the mandate, and is signed by the association', async () => {
  const { association, members, draft } = await released(1)
  await sendAll()
  const [letter] = await rowsOf(
    `select t.text from notice n join filing f on f.id = n.filing_id join notice_letter t on t.notice_id = n.id where f.reference = $1`,
    [draft.reference],
  )
  expect(letter.text).toContain(members[0]?.organisation.name)
  expect(letter.text).toContain('A film')
  expect(letter.text).toContain('version 1 of the mandate')
  expect(letter.text).toContain(`Secretary general, ${association.organisation.name}`)
  expect(letter.text).toContain('without prejudice to our position that use of the works requires prior permission')
})

test('a cease and desist for many: every letter says what was done, by which models, and until when to end it', async () => {
  const given = await aCollective(owner, 2)
  const { association, members, vendors, vendorIds } = given
  const deadlineOn = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
  const particulars = {
    ...emptyContent('en').particulars,
    acts: ['training' as const, 'output' as const],
    models: 'Sora 2',
    rights: 'The exclusive rights to reproduce and to adapt the works',
    capturedAt: '2026-01-15T09:30',
    evidence: 'Outputs that repeat characters of our members’ works, kept with their prompts.',
  }
  const draft = await aCollectiveDraft(owner, association, {
    members,
    vendorIds,
    filing: { kind: 'cease_and_desist', bases: ['CEASE_DESIST'], deadlineOn, particulars },
  })
  expect(await submit(association, draft)).toMatchObject({ submitted: true })
  await runOneJob(jobs)
  setClock(new Date(Date.now() + 4 * 86_400_000))
  await endAnnexReviews()
  await sendAll()
  const letters = await rowsOf(
    `select t.text, h.name, n.kind, n.stage, n.reference from notice n join filing f on f.id = n.filing_id
     join notice_letter t on t.notice_id = n.id join organisation h on h.id = n.holder_organisation_id where f.reference = $1`,
    [draft.reference],
  )
  expect(letters).toHaveLength(4)
  for (const { text, name, kind, stage, reference } of letters) {
    expect([kind, stage]).toEqual(['cease_and_desist', 'sent'])
    for (const said of [
      name,
      reference,
      'Sora 2',
      particulars.rights,
      particulars.evidence,
      'A film',
      'version 1 of the mandate',
    ])
      expect(text).toContain(said)
    expect(text).toContain(String(Number(deadlineOn.slice(8))))
  }
  const mail = sent.find(({ to }) => to === vendors[0]?.contact.address)
  const said = decodedMail(mail?.raw ?? '')
  expect(said).toContain('to cease and desist')
  for (const { text } of letters.filter(({ reference }) => said.includes(reference))) expect(said).toContain(text)
})

test('what is withdrawn before it is sent is not in the mail', async () => {
  const { vendors, members, draft } = await released(2)
  const [gone] = members
  const ids = await rowsOf(
    `select n.id, n.reference from notice n join filing f on f.id = n.filing_id where f.reference = $1 and n.holder_organisation_id = $2`,
    [draft.reference, gone?.organisation.id],
  )
  await owner.query(`update notice set stage = 'withdrawn' where id = any($1)`, [ids.map(({ id }) => id)])
  await sendAll()
  for (const { contact } of vendors) {
    const mail = sent.find(({ to }) => to === contact.address)
    for (const { reference } of ids) expect(decodedMail(mail?.raw ?? '')).not.toContain(reference)
  }
})

test('a mail that comes back makes all its notices undeliverable once no copy is left', async () => {
  const { vendors, draft } = await released(2)
  const [first] = vendors
  await owner.query('delete from membership where organisation_id = $1', [first?.organisation.id])
  state.refuses = first?.contact.address ?? ''
  await sendAll()
  state.refuses = ''
  const rows = await rowsOf(
    `select n.stage, n.vendor_id, n.undeliverable_at from notice n join filing f on f.id = n.filing_id where f.reference = $1`,
    [draft.reference],
  )
  for (const { vendor_id, undeliverable_at } of rows) expect(undeliverable_at !== null).toBe(vendor_id === first?.id)
})

test('each notice is acknowledged by its own link', async () => {
  const { draft } = await released(2)
  await sendAll()
  const [link] = await rowsOf(
    `select l.id from notice_link l join notice n on n.id = l.notice_id join filing f on f.id = n.filing_id where f.reference = $1 order by l.id limit 1`,
    [draft.reference],
  )
  await asBearer(linkToken(link.id), { confirmed: false }, (tx, taker, noticeId) =>
    acknowledgeNotice(tx, { taker, noticeIds: [noticeId], reference: '' }),
  )
  const rows = await rowsOf(
    `select n.stage from notice n join filing f on f.id = n.filing_id where f.reference = $1 and n.stage = 'acknowledged'`,
    [draft.reference],
  )
  expect(rows).toHaveLength(1)
})

test('a sweep serves what was marked accepted and not told', async () => {
  const { draft } = await released(1)
  setClock(new Date(Date.now() + 4 * 86_400_000))
  const deaf = { ...handlers, accepted: async () => {} }
  await openOutbox({ transport, handlers: deaf }).pass()
  setClock(new Date(Date.now() + 4 * 86_400_000 + 60_000))
  await openOutbox({ transport, handlers: deaf }).pass()
  await withWorker((tx) => handlers.mend(tx, new Date(Date.now() + 4 * 86_400_000 + 120_000)))
  const rows = await rowsOf(`select n.stage from notice n join filing f on f.id = n.filing_id where f.reference = $1`, [
    draft.reference,
  ])
  expect(rows.map(({ stage }) => stage)).toEqual(['sent', 'sent'])
})
