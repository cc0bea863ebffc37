import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { afterAll, expect, test } from 'vitest'
import { closeDatabase } from '#app/platform/db.server.ts'
import { forgetEnvironment } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { testDatabase } from '#test/database.ts'
import { inboundRows, talkSmtp } from '#test/inbound.ts'
import { maxMailBytes } from './keep-inbound.server.ts'
import { receiveMail } from './receive-mail.server.ts'
import { sealedAddress } from './sealed-address.server.ts'

const db = await testDatabase()
process.env['MAIL_IN_DOMAIN'] = 'reply.caveat.test'
forgetEnvironment()
const mailIn = await receiveMail({ host: '127.0.0.1', port: 0 })
afterAll(async () => {
  await mailIn.close()
  delete process.env['MAIL_IN_DOMAIN']
  forgetEnvironment()
})

const address = (kind: 'reply' | 'bounce' = 'reply') => sealedAddress(kind, newId()) ?? ''
const raw = (text: string) => Buffer.from(text, 'latin1')
const mail = 'From: <a@vendor.test>\r\nMessage-ID: <1@vendor.test>\r\nSubject: Hello\r\n\r\nText\r\n'
const session = (to: readonly string[], data: string | Buffer = mail, from = 'a@vendor.test') => [
  'EHLO mx.vendor.test',
  `MAIL FROM:<${from}>`,
  ...to.map((each) => `RCPT TO:<${each}>`),
  'DATA',
  Buffer.concat([typeof data === 'string' ? raw(data) : data, raw('.\r\n')]),
]
const codes = (answers: string[]) => answers.map((line) => line.slice(0, 3))

async function workerTalksTo(url: string | undefined): Promise<void> {
  if (url === undefined) delete process.env['DATABASE_WORKER_URL']
  else process.env['DATABASE_WORKER_URL'] = url
  forgetEnvironment()
  await closeDatabase()
}

async function kept(to: string) {
  const { rows } = await db.owner.query(
    `select i.envelope_from, i.route, i.route_mail_id, i.sha256, i.size_bytes, i.helo, r.bytes
     from inbound_mail i join inbound_raw r using (sha256) where i.envelope_to = $1`,
    [to.toLowerCase()],
  )
  return rows
}

test('a mail to a sealed address is kept byte for byte before it is answered', async () => {
  const to = address()
  const answers = await talkSmtp(mailIn.port, session([to.toUpperCase()]))
  expect(codes(answers)).toEqual(['220', '250', '250', '250', '354', '250'])
  const [row, ...others] = await kept(to)
  expect(others).toEqual([])
  expect(row.bytes.toString('latin1')).toBe(mail)
  expect(row).toMatchObject({
    envelope_from: 'a@vendor.test',
    route: 'reply',
    helo: 'mx.vendor.test',
    size_bytes: mail.length,
    sha256: createHash('sha256').update(mail).digest('hex'),
  })
})

test('a bounce has no sender, and comes to the sealed envelope sender', async () => {
  const to = address('bounce')
  expect(codes(await talkSmtp(mailIn.port, session([to], mail, ''))).at(-1)).toBe('250')
  expect(await kept(to)).toMatchObject([{ envelope_from: '', route: 'bounce' }])
})

const sealed = address()
test.each([
  ['somebody@elsewhere.test', 'another domain: no relay'],
  ['studio@reply.caveat.test', 'an address that nobody has'],
  [sealed.replace(/.@/, sealed.includes('0@') ? '1@' : '0@'), 'a forged seal'],
  [sealed.replace(/^n-/, 'b-'), 'the seal of another kind'],
  [sealed.replace('reply.', 'evil.'), 'our seal at another domain'],
])('%s is refused: %s', async (to) => {
  const before = await inboundRows(db.owner)
  const answers = await talkSmtp(mailIn.port, ['EHLO mx', 'MAIL FROM:<a@vendor.test>', `RCPT TO:<${to}>`, 'DATA'])
  expect(codes(answers)).toEqual(['220', '250', '250', '550', '503'])
  expect(await inboundRows(db.owner)).toEqual(before)
})

test('the postmaster and the address that our mails come from lead to a person', async () => {
  for (const to of ['postmaster@reply.caveat.test', 'Notices@reply.caveat.test', 'notices@caveat.example']) {
    expect(codes(await talkSmtp(mailIn.port, session([to], `X: ${to}\r\n${mail}`))).at(-1)).toBe('250')
    expect(await kept(to)).toMatchObject([{ route: 'mailbox', route_mail_id: null }])
  }
})

test('two recipients are two lines on the same bytes; the same mail sent again is one', async () => {
  const to = [address(), address()]
  for (let times = 0; times < 2; times += 1) await talkSmtp(mailIn.port, session(to, `${mail}Twice\r\n`))
  expect((await inboundRows(db.owner)).filter((row) => to.includes(row.to))).toHaveLength(2)
})

test('of a good and a bad recipient the good one gets it', async () => {
  const to = address()
  const answers = await talkSmtp(mailIn.port, session(['nobody@reply.caveat.test', to], `${mail}Half\r\n`))
  expect(codes(answers)).toEqual(['220', '250', '250', '550', '250', '354', '250'])
  expect(await kept(to)).toHaveLength(1)
})

test('the size is announced, and what is larger is refused at both ends of it', async () => {
  const to = address()
  const early = await talkSmtp(mailIn.port, ['EHLO mx', `MAIL FROM:<a@vendor.test> SIZE=${maxMailBytes + 1}`])
  expect(early.at(-1)).toMatch(/^552/)
  const huge = Buffer.concat([raw(mail), Buffer.alloc(maxMailBytes, raw('0123456789abcdef\r\n'))])
  expect((await talkSmtp(mailIn.port, session([to], Buffer.concat([huge, raw('\r\n')])))).at(-1)).toMatch(/^552 /)
  expect(await kept(to)).toEqual([])
})

test('a client that hangs up within the text has sent nothing', async () => {
  const to = address()
  const lines = ['EHLO mx', 'MAIL FROM:<a@vendor.test>', `RCPT TO:<${to}>`, 'DATA']
  expect(codes(await talkSmtp(mailIn.port, lines, raw(mail))).at(-1)).toBe('354')
  // The next mail is answered: nothing of the first stands in its way.
  const next = address()
  expect(codes(await talkSmtp(mailIn.port, session([next]))).at(-1)).toBe('250')
  expect(await kept(to)).toEqual([])
})

test.each([
  ['\n.\r\n', 'a bare LF before the dot'],
  ['\n.\n', 'bare LFs around the dot'],
  ['\r.\r', 'bare CRs'],
  ['\0\0', 'NULs'],
])('%j ends no mail: %s', async (trick) => {
  const to = address()
  const other = address()
  const text = `${mail}Before${trick}MAIL FROM:<evil@vendor.test>\r\nRCPT TO:<${other}>\r\nDATA\r\nSmuggled\r\n`
  expect(codes(await talkSmtp(mailIn.port, session([to], text))).at(-1)).toBe('250')
  const [row] = await kept(to)
  expect(row.bytes.toString('latin1')).toContain('Smuggled')
  expect(await kept(other)).toEqual([])
})

test('another program’s client delivers too', async () => {
  const to = address()
  const client = createTransport({ host: '127.0.0.1', port: mailIn.port, ignoreTLS: true })
  const info = await client.sendMail({ from: 'dana@vendor.test', to, subject: '件名', text: 'はい' })
  expect(info.response).toMatch(/^250 /)
  client.close()
  expect(await kept(to)).toHaveLength(1)
})

test('more than anybody writes to one address is put off', async () => {
  const to = address()
  const [first] = await db.owner
    .query(`select $1::text as address`, [to])
    .then(({ rows }) => rows.map(({ address: one }) => String(one)))
  await talkSmtp(mailIn.port, session([to], `${mail}First\r\n`))
  await db.owner.query(
    `insert into inbound_mail (id, sha256, size_bytes, received_at, envelope_from, envelope_to, secure, route, route_mail_id, next_attempt_at)
     select gen_random_uuid(), sha256, 1, received_at, '', envelope_to || g, false, route, route_mail_id, received_at
     from inbound_mail, generate_series(1, 200) g where envelope_to = $1`,
    [first],
  )
  expect((await talkSmtp(mailIn.port, session([to], `${mail}Second\r\n`))).at(-1)).toMatch(/^452 /)
})

test('while the database is away the sender is asked to try again, and the mail is taken when it is back', async () => {
  const to = address()
  await workerTalksTo('postgres://caveat_worker:x@127.0.0.1:1/none')
  const answer = (await talkSmtp(mailIn.port, session([to]))).at(-1)
  await workerTalksTo(undefined)
  expect(answer).toMatch(/^451 /)
  expect(await kept(to)).toEqual([])
  expect(codes(await talkSmtp(mailIn.port, session([to]))).at(-1)).toBe('250')
})

test('without a domain every recipient is refused', async () => {
  delete process.env['MAIL_IN_DOMAIN']
  forgetEnvironment()
  const answers = await talkSmtp(mailIn.port, ['EHLO mx', 'MAIL FROM:<a@vendor.test>', `RCPT TO:<${sealed}>`])
  process.env['MAIL_IN_DOMAIN'] = 'reply.caveat.test'
  forgetEnvironment()
  expect(answers.at(-1)).toMatch(/^550 /)
})
