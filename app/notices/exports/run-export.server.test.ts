import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { findAudit } from '#app/accounts/find-audit.server.ts'
import { readAuditQuery } from '#app/accounts/audit.ts'
import { createPerson } from '#app/accounts/create-person.server.ts'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { noticeMailHandlers } from '#app/notices/notice-mail-handlers.server.ts'
import { closeAuth } from '#app/platform/auth.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { newId } from '#app/platform/id.ts'
import { hasNamed, keepObject, readNamed } from '#app/platform/objects.server.ts'
import { mostAttempts, runOneJob } from '#app/platform/run-jobs.server.ts'
import { smtpTransport } from '#app/platform/smtp.server.ts'
import { aCatalogue, aHolder, anOrganisation, aPerson, aVendor, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aFiling } from '#test/filings.ts'
import { memberOf } from '#test/members.ts'
import { accountDuties } from '#test/members.ts'
import { smtpSink } from '#test/smtp-sink.ts'
import { fileNameOf } from './export.ts'
import { findExports, takeExport } from './find-exports.server.ts'
import { orderOrganisationExport, orderOwnExport } from './order-export.server.ts'
import { exportFile, runExport } from './run-export.server.ts'
import { sweepExports } from './sweep-exports.server.ts'

const db = await testDatabase()
const sink = await smtpSink()
afterAll(async () => {
  setClock(null)
  await sink.stop()
  await closeAuth()
})

const work = async () => {
  while (await runOneJob({ export: (job) => runExport(job, job.attempts >= mostAttempts) }));
}

async function sendMails(): Promise<void> {
  const transport = smtpTransport(sink.url)
  await openOutbox({ transport, handlers: noticeMailHandlers }).pass()
  await transport.close()
}

/** The files of an archive by name. */
async function filesOf(exportId: string): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(await buffer(readNamed(exportFile(exportId))))
  const files = new Map<string, Buffer>()
  for await (const entry of zip.eachEntry())
    files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)))
  return files
}

async function aStudio() {
  const organisation = await anOrganisation(db.owner, 'rights_holder', { name: 'Hoshizora Animation' })
  const email = 'owner@studio.test'
  const made = await createPerson({
    email,
    name: 'Aya Kita',
    locale: 'en',
    timeZone: 'Asia/Tokyo',
    password: 'a long passphrase 42',
  })
  if (!made.created) throw new Error(made.because)
  const person = { id: made.personId, name: 'Aya Kita', email }
  await insert(db.owner, 'membership', {
    id: newId(),
    person_id: person.id,
    organisation_id: organisation.id,
    role: 'owner',
    created_at: now(),
  })
  const member = memberOf(person, organisation)
  const vendor = await aVendor(db.owner)
  const catalogue = await aCatalogue(db.owner, organisation.id, { titles: ['=HYPERLINK("x")', '星空'] })
  await aFiling(member, { vendorIds: [vendor.id], catalogue, content: { matterNumber: 'HA-2026-014' } })
  const piece = await keepObject(
    (async function* () {
      yield Buffer.from('a picture')
    })(),
    1000,
  )
  await insert(db.owner, 'evidence', {
    id: newId(),
    organisation_id: organisation.id,
    sha256: piece.sha256,
    bytes: piece.bytes,
    media_type: 'image/png',
    name: '../../画面:1.png',
    search_text: 'x',
    made_by: person.id,
    made_at: now(),
  })
  await leaveWords(organisation.id, person.id, vendor.organisation.id)
  return { organisation, person, member, vendor, piece }
}

/** What both sides keep of a notice for themselves, and what was said. */
async function leaveWords(organisationId: string, personId: string, vendorId: string): Promise<void> {
  const { rows } = await db.owner.query('select id from notice')
  const [noticeId, at] = [rows[0].id, now()]
  for (const [whose, text] of [
    [organisationId, 'Ask Kenji first.'],
    [vendorId, 'Of the vendor alone.'],
  ]) {
    const note = { organisation_id: whose, notice_id: noticeId, text, written_by: personId, written_at: at }
    await insert(db.owner, 'notice_note', { id: newId(), ...note })
  }
  for (const tag of ['urgent', 'Q4'])
    await insert(db.owner, 'notice_tag', {
      organisation_id: organisationId,
      notice_id: noticeId,
      tag,
      tagged_by: personId,
      tagged_at: at,
    })
  const said = { side: 'holder', channel: 'portal', author_name: 'Aya Kita', author_address: 'owner@studio.test' }
  await insert(db.owner, 'notice_message', {
    id: newId(),
    notice_id: noticeId,
    ...said,
    subject: 'A word',
    fresh: 'We wait for your answer.',
    quoted: '',
    at,
  })
}

let studio: Awaited<ReturnType<typeof aStudio>>
const foreign = await aHolder(db.owner, { name: 'Foreign Press' })
beforeAll(async () => {
  studio = await aStudio()
  const other = await aCatalogue(db.owner, foreign.organisation.id, { titles: ['A foreign secret'] })
  await aFiling(memberOf(foreign.person, foreign.organisation), { vendorIds: [studio.vendor.id], catalogue: other })
  setClock(new Date(now().getTime() + 3_600_000))
  await sendMails()
})

test('an organisation’s archive holds what is its own, and nothing of others', async () => {
  const { member, organisation, piece } = studio
  expect(await orderOrganisationExport(member)).toEqual({ allowed: true })
  // Ordered twice, it is one.
  expect(await orderOrganisationExport(member)).toEqual({ allowed: true })
  await work()
  const exports = await findExports(member, organisation.id)
  expect(exports).toMatchObject([{ status: 'done', gone: false }])
  const [made] = exports
  if (made === undefined) throw new Error('none')
  const zip = await buffer(readNamed(exportFile(made.id)))
  expect([createHash('sha256').update(zip).digest('hex'), zip.length]).toEqual([made.sha256, made.bytes])
  expect(zip.toString('latin1')).not.toContain('Foreign')

  const files = await filesOf(made.id)
  const names = [...files.keys()]
  const text = (start: string) => files.get(names.find((name) => name.startsWith(start)) ?? '')?.toString('utf8') ?? ''
  expect(text('catalogues/')).toContain(`"'=HYPERLINK(""x"")"`)
  expect(text('organisation.json')).toContain('owner@studio.test')
  const lines = text('notices.jsonl').trim().split('\n')
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '').ledger.length).toBeGreaterThan(1)
  expect(text('outcomes.csv').trim().split('\r\n').length).toBeGreaterThan(1)
  expect(names.filter((name) => name.endsWith('.eml')).length).toBeGreaterThan(1)
  const evidence = names.find((name) => name.startsWith('evidence/') && name.endsWith('.png')) ?? ''
  expect(evidence).not.toContain('..')
  expect(files.get(evidence)?.toString()).toBe('a picture')
  expect(text('evidence/manifest.csv')).toContain(piece.sha256)
  expect(text('drafts.jsonl')).toContain('HA-2026-014')
  expect(text('record.jsonl')).toContain('export-ordered')
  const [note, tags] = [text('notes.jsonl'), text('tags.jsonl')].map((line) => JSON.parse(line))
  expect([note.text, tags.tags]).toEqual(['Ask Kenji first.', ['Q4', 'urgent']])
  expect(text('conversations.jsonl')).toContain('We wait for your answer.')
  for (const file of files.values()) {
    expect(file.toString('utf8')).not.toContain('A foreign secret')
    expect(file.toString('utf8')).not.toContain('Of the vendor alone.')
  }
})

test('the holder’s archive tells its own numbers and escalations, the vendor’s does not', async () => {
  const { vendor, member } = studio
  await db.owner.query(`update notice_private set escalation = 'litigation'`)
  const said = async (reader: typeof member) => {
    expect(await orderOrganisationExport(reader)).toEqual({ allowed: true })
    await work()
    const [made] = await findExports(reader, reader.organisation.id)
    const files = await filesOf(made?.id ?? '')
    const lines = (files.get('notices.jsonl')?.toString('utf8') ?? '').trim().split('\n')
    return lines.map((line) => JSON.parse(line))
  }
  expect(await said(member)).toMatchObject([{ matter_number: 'HA-2026-014', escalation: 'litigation' }])
  const toVendor = await said(memberOf(vendor.person, vendor.organisation, { kind: 'vendor' }))
  expect(toVendor.length).toBe(2)
  for (const notice of toVendor)
    for (const key of ['escalation', 'matter_number']) expect(Object.keys(notice)).not.toContain(key)
})

test('its hash stands in the record, with who ordered and who took it, and a mail leads to it', async () => {
  const { member, organisation } = studio
  const [made] = await findExports(member, organisation.id)
  expect(await takeExport(member, made?.id ?? '')).toEqual({ sha256: made?.sha256, bytes: made?.bytes })
  const { lines } = await findAudit(member, readAuditQuery('http://x/'))
  expect(lines.slice(0, 3).map(({ kind, facts }) => [kind, facts['sha256'] ?? null])).toEqual([
    ['export-taken', made?.sha256],
    ['export-made', made?.sha256],
    ['export-ordered', null],
  ])
  const mail = (await accountDuties(db.owner)).find(({ kind }) => kind === 'export-ready')
  expect(mail).toMatchObject({ address: member.email, facts: { url: 'http://127.0.0.1:3000/settings/export' } })
})

test('only owners order, see and take it', async () => {
  const { organisation, member } = studio
  const [made] = await findExports(member, organisation.id)
  for (const role of ['editor', 'approver', 'viewer'] as const) {
    const person = await aPerson(db.owner, { organisationId: organisation.id, role })
    for (const claimed of [role, 'owner'] as const) {
      const other = memberOf(person, organisation, { role: claimed })
      expect(await orderOrganisationExport(other)).toEqual({ allowed: false, because: 'not-an-owner' })
      expect(await findExports(other, organisation.id)).toEqual([])
      expect(await takeExport(other, made?.id ?? '')).toBeNull()
    }
  }
  expect(await takeExport(memberOf(foreign.person, foreign.organisation), made?.id ?? '')).toBeNull()
})

test('who lost the right after ordering gets nothing', async () => {
  const { organisation, person } = await aHolder(db.owner)
  await aPerson(db.owner, { organisationId: organisation.id })
  await orderOrganisationExport(memberOf(person, organisation))
  await db.owner.query("update membership set role = 'editor' where person_id = $1", [person.id])
  await work()
  const { rows } = await db.owner.query(
    "select status, last_error from job where organisation_id = $1 and kind = 'export'",
    [organisation.id],
  )
  expect(rows).toMatchObject([{ status: 'queued', last_error: expect.stringContaining('no owner') }])
  for (let attempt = 1; attempt < mostAttempts; attempt += 1) {
    setClock(new Date(now().getTime() + 3_600_000))
    await work()
  }
  const after = await db.owner.query('select status from data_export where organisation_id = $1', [organisation.id])
  expect(after.rows).toEqual([{ status: 'failed' }])
})

test('a person’s archive holds their facts and their mails as they were', async () => {
  const { member, person } = studio
  await sendMails()
  await orderOwnExport(member)
  await work()
  const [made] = await findExports(member, null)
  const files = await filesOf(made?.id ?? '')
  const about = JSON.parse(files.get('about-you.json')?.toString('utf8') ?? '')
  expect(about).toMatchObject({
    person: { name: 'Aya Kita', email: person.email },
    memberships: [{ organisation: 'Hoshizora Animation', role: 'owner' }],
    filings: [{ signed_as: 'Aya Kita' }],
    sign_in: { code_app: false },
  })
  expect(about.lines_of_ledgers).toMatchObject([{ step: 'notice.submitted', facts: { address: person.email } }])
  expect(about.acts.map(({ kind }: { kind: string }) => kind)).toContain('export-ordered')
  const { rows } = await db.owner.query(
    'select raw_sha256 as sha256 from outgoing_mail where to_address = $1 and raw_sha256 is not null',
    [person.email],
  )
  const hashes = [...files].flatMap(([name, bytes]) =>
    name.endsWith('.eml') ? [createHash('sha256').update(bytes).digest('hex')] : [],
  )
  expect(rows.length).toBeGreaterThan(0)
  expect(hashes.toSorted((a, b) => a.localeCompare(b))).toEqual(
    rows.map(({ sha256 }) => sha256).toSorted((a: string, b: string) => a.localeCompare(b)),
  )
  expect(await takeExport(memberOf(foreign.person, foreign.organisation), made?.id ?? '')).toBeNull()
})

test('after its days the file is gone', async () => {
  const { member } = studio
  const [made] = await findExports(member, null)
  expect(await hasNamed(exportFile(made?.id ?? ''))).toBe(true)
  setClock(new Date(now().getTime() + 8 * 86_400_000))
  expect(await sweepExports()).toBeGreaterThan(0)
  expect(await hasNamed(exportFile(made?.id ?? ''))).toBe(false)
  expect(await takeExport(member, made?.id ?? '')).toBeNull()
})

test.each([
  ['../../etc/passwd', 'etc-passwd'],
  ['画面 1.png', '画面 1.png'],
  ['...', 'file'],
  ['a'.repeat(300), 'a'.repeat(80)],
])('a file called %s is written as %s', (given, written) => {
  expect(fileNameOf(given)).toBe(written)
})
