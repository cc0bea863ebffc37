import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askToClose } from '#app/accounts/ask-to-close.server.ts'
import { cancelClosing } from '#app/accounts/cancel-closing.server.ts'
import { createPerson } from '#app/accounts/create-person.server.ts'
import { findClosing, findMailedClosing } from '#app/accounts/find-closing.server.ts'
import { readClosingToken } from '#app/accounts/closing-token.server.ts'
import { runClosings } from '#app/accounts/run-closings.server.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { findNotice } from '#app/notices/find-notice.server.ts'
import { noticeMailHandlers } from '#app/notices/notice-mail-handlers.server.ts'
import { readNoticeQuery } from '#app/notices/notice-query.ts'
import { recallFiling } from '#app/notices/recall-filing.server.ts'
import { verifyLedger } from '#app/notices/verify-ledger.server.ts'
import { closeAuth } from '#app/platform/auth.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { newId } from '#app/platform/id.ts'
import { keepObject, readObject } from '#app/platform/objects.server.ts'
import { runOneJob } from '#app/platform/run-jobs.server.ts'
import { smtpTransport } from '#app/platform/smtp.server.ts'
import { aCatalogue, aVendor, anOrganisation, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aFiling, aReadyDraft, fileDraft } from '#test/filings.ts'
import { columnsHolding } from '#test/find-words.ts'
import { aMandate, fillInvitations } from '#test/mandates.ts'
import { accountDuties, memberOf, tokenIn } from '#test/members.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { smtpSink } from '#test/smtp-sink.ts'
import { aWorld } from '#test/world.ts'
import { eraseOrganisation } from './erase-organisation.server.ts'

const db = await testDatabase()
const sink = await smtpSink()
const admin = new pg.Client({ connectionString: db.url })
beforeAll(() => admin.connect())
afterAll(async () => {
  await admin.end()
  await sink.stop()
  await closeAuth()
})

const password = 'a long enough passphrase 7'
const headers = new Headers()
const aDay = 86_400_000
const later = (days: number) => setClock(new Date(now().getTime() + days * aDay))
const jobs = { 'erase-organisation': ({ subjectId }: { subjectId: string }) => eraseOrganisation(subjectId) }

let number = 0
type Organisation = { id: string; name: string; slug: string }
type Kind = 'rights_holder' | 'vendor' | 'association'

/** An owner who can prove who they are. */
async function anOwner(organisation: Organisation, kind: Kind): Promise<Member> {
  number += 1
  const [email, name] = [`owner-${number}@closing.test`, `Owner ${number}`]
  const made = await createPerson({ email, name, locale: 'en', timeZone: 'UTC', password })
  if (!made.created) throw new Error(made.because)
  const id = made.personId
  const row = { id: newId(), person_id: id, organisation_id: organisation.id, role: 'owner', created_at: now() }
  await insert(db.owner, 'membership', row)
  return memberOf({ id, name, email }, organisation, { kind })
}

const ask = (member: Member) => askToClose({ member, headers, password, code: undefined })

async function runMails(): Promise<void> {
  const transport = smtpTransport(sink.url)
  while ((await openOutbox({ transport, handlers: noticeMailHandlers }).pass()) > 0);
  await transport.close()
}

/** What an organisation says of itself, wherever it wrote that. */
const said = {
  name: 'Quillfeather Pictures',
  name_other: '羽毛映画',
  address_lines: '7-7-7 Yonagado',
  telephone: '+81 3 7777 4242',
}
const words = Object.values(said)

async function rename(organisation: Organisation): Promise<Organisation> {
  const columns = Object.keys(said).map((column, index) => `${column} = $${index + 2}`)
  await db.owner.query(`update organisation set ${columns.join(', ')} where id = $1`, [organisation.id, ...words])
  return { ...organisation, name: said.name }
}

/** Writes the organisation's name into everything that is its own alone. */
async function plant(id: string): Promise<void> {
  const set = async (table: string, column: string, where = 'organisation_id = $2', value: string = said.name) => {
    const { rowCount } = await db.owner.query(`update ${table} set ${column} = $1 where ${where}`, [value, id])
    expect(rowCount, `${table}.${column}`).toBeGreaterThan(0)
  }
  const json = JSON.stringify({ of: said.name })
  await set('filing_draft', 'content', undefined, json)
  await set('notice_note', 'text')
  await set('notice_tag', 'tag')
  await set('saved_view', 'name')
  await set('bulk_row', 'reference', 'act_id in (select id from bulk_act where organisation_id = $2)')
  await set('catalogue_import', 'file_name')
  await set('catalogue_version', 'source_name', 'catalogue_id in (select id from catalogue where organisation_id = $2)')
  await set('evidence_upload', 'name')
  await set('vendor_correction', 'note')
  await set('idempotency', 'response', undefined, json)
  await set('job', 'last_error', "organisation_id = $2 and kind <> 'erase-organisation'")
  await set('filing', 'returned_note', 'filed_by_organisation_id = $2')
  await insert(db.owner, 'evidence', {
    id: newId(),
    organisation_id: id,
    sha256: 'e'.repeat(64),
    bytes: 1,
    media_type: 'image/png',
    name: said.name,
    search_text: said.name,
    made_by: (await db.owner.query('select person_id from membership where organisation_id = $1 limit 1', [id])).rows[0]
      .person_id,
    made_at: now(),
  })
}

const state = async (id: string) =>
  (
    await db.owner.query(
      `select o.name, o.name_other, o.slug, o.telephone, o.erased_at is not null as erased, (select count(*)::int from membership m where m.organisation_id = o.id) as members,
        (select count(*)::int from invitation i where i.organisation_id = o.id) as invitations,
        (select count(*)::int from mandate_grant g where o.id in (g.member_id, g.association_id)) as grants,
        (select count(*)::int from filing_draft d where d.organisation_id = o.id) as drafts,
        (select count(*)::int from evidence e where e.organisation_id = o.id and not evidence_went(e.id)) as pieces,
        (select count(*)::int from catalogue c where c.organisation_id = o.id) as catalogues from organisation o where o.id = $1`,
      [id],
    )
  ).rows[0]

// What docs/decisions/068 names: the notices as they were served, their ledger, and what others wrote.
const record = new Set([
  'event_person.facts',
  'filing.statements',
  'mail_raw.bytes',
  'notice_letter.blocks',
  'notice_letter.facts',
  'notice_letter.text',
])

describe('a rights holder', () => {
  let member: Member
  let second: Member
  let vendor: Member
  let reference: string
  let memberIds: string[]
  let brokenBefore = 0

  test('is not closed while something waits to be sent, nor by a wrong password or another than an owner', async () => {
    const world = await aWorld(db.owner)
    // Its mails are owed by no line of a ledger.
    await db.owner.query("update outgoing_mail set status = 'accepted'")
    await db.owner.query('update mail_duty set resolved_at = created_at where resolved_at is null')
    brokenBefore = (await verifyLedger()).broken.length
    const organisation = await rename(world.holder.organisation)
    member = await anOwner(organisation, 'rights_holder')
    second = await anOwner(organisation, 'rights_holder')
    await plant(organisation.id)
    vendor = memberOf(world.vendor.person, world.vendor.organisation, { kind: 'vendor' })
    const catalogue = await aCatalogue(db.owner, organisation.id, { titles: ['A film of Quillfeather Pictures'] })
    const cited = await aCatalogue(db.owner, organisation.id, { titles: ['A served film'] })
    const served = await aFiling(member, { vendorIds: [world.vendor.id], catalogue: cited })
    setClock(new Date(now().getTime() + 3_600_000))
    await runMails()
    const other = await aVendor(db.owner)
    const waiting = await aFiling(member, { vendorIds: [other.id], catalogue })
    const { rows } = await db.owner.query(
      'select n.reference from notice n join filing f on f.id = n.filing_id where f.reference = $1',
      [served],
    )
    reference = rows[0].reference

    expect(await askToClose({ member, headers, password: 'wrong', code: undefined })).toMatchObject({
      because: 'wrong-password',
    })
    expect(await ask(member)).toEqual({ allowed: false, because: 'unsent' })
    expect(await findClosing(member)).toBeNull()
    await recallFiling({ member, reference: waiting })
    const editor = await anOwner(organisation, 'rights_holder')
    await db.owner.query("update membership set role = 'editor' where person_id = $1", [editor.personId])
    expect(await ask(editor)).toEqual({ allowed: false, because: 'not-an-owner' })
    expect(
      await cancelClosing({ personId: editor.personId, closingId: newId() }),
      'there is nothing to cancel either',
    ).toEqual({ allowed: false, because: 'not-an-owner' })
  })

  test('closes once, whoever asks twice or at once, and files nothing meanwhile', async () => {
    const draft = await aReadyDraft(member, {
      vendorIds: [(await aVendor(db.owner)).id],
      catalogue: await aCatalogue(db.owner, member.organisation.id, {}),
    })
    const asked = await Promise.all([ask(member), ask(second), ask(member)])
    expect(asked).toEqual([{ allowed: true }, { allowed: true }, { allowed: true }])
    const { rows } = await db.owner.query('select count(*)::int from organisation_closing where cancelled_at is null')
    expect(rows).toEqual([{ count: 1 }])
    const mails = (await accountDuties(db.owner)).filter(({ kind }) => kind === 'organisation-closing')
    expect(mails.map(({ address }) => address)).toEqual(expect.arrayContaining([member.email, second.email]))
    expect(new Set(mails.map(({ address }) => address)).size).toBe(mails.length)
    expect(await fileDraft(member, draft)).toEqual({ filed: false, because: 'closing' })
    await expect(
      db.owner.query(
        `insert into filing select (jsonb_populate_record(f, jsonb_build_object('id', $2::uuid, 'reference', 'FIL-X', 'idempotency_key', 'x'))).*
        from filing f where f.filed_by_organisation_id = $1 limit 1`,
        [member.organisation.id, newId()],
      ),
      'nor past the page',
    ).rejects.toThrow('files nothing')
  })

  test('is kept by a mail of which only its owner’s POST does something', async () => {
    const mail = (await accountDuties(db.owner)).find(
      ({ kind, address }) => kind === 'organisation-closing' && address === second.email,
    )
    const token = readClosingToken(tokenIn(mail))
    if (token === null) throw new Error('no token')
    expect(await findMailedClosing(token)).toMatchObject({ state: 'open' })
    expect(readClosingToken(`${tokenIn(mail).slice(0, -2)}xx`)).toBeNull()
    const cancel = () => cancelClosing({ personId: token.person, closingId: token.closing })
    expect(await Promise.all([cancel(), cancel()])).toEqual([{ allowed: true }, { allowed: true }])
    expect(await findMailedClosing(token)).toMatchObject({ state: 'over' })
    expect(await findClosing(member)).toBeNull()
    later(31)
    expect(await runClosings()).toMatchObject({ queued: 0 })
    const { rows } = await db.owner.query("select kind from audit_entry where kind like 'closing-%' order by at, kind")
    expect(rows.map(({ kind }) => kind)).toEqual(['closing-asked', 'closing-cancelled'])
  })

  test('is erased after the days of grace but for what was served, and its owners hear it three times', async () => {
    expect(await ask(member)).toEqual({ allowed: true })
    expect(await runClosings()).toMatchObject({ reminded: 0, queued: 0 })
    later(24)
    expect(await runClosings()).toMatchObject({ reminded: 1, queued: 0 })
    expect(await runClosings()).toMatchObject({ reminded: 0 })
    later(6.1)
    memberIds = (
      await db.owner.query('select person_id as id from membership where organisation_id = $1', [
        member.organisation.id,
      ])
    ).rows.map(({ id }) => id)
    const [first, again] = await Promise.all([runClosings(), runClosings()])
    expect(first.queued + again.queued).toBe(1)
    const before = await columnsHolding(admin, words)
    expect(before.length).toBeGreaterThan(15)
    while (await runOneJob(jobs));
    expect((await db.owner.query("select last_error from job where kind = 'erase-organisation'")).rows).toEqual([
      { last_error: null },
    ])
    expect(await state(member.organisation.id)).toMatchObject({
      name: 'Erased organisation',
      name_other: '消去済みの組織',
      telephone: null,
      erased: true,
      members: 0,
      invitations: 0,
      grants: 0,
      drafts: 0,
      pieces: 0,
    })
    await runMails()
    const done = sink.mails.filter(({ to }) => to.includes(member.email)).map(({ raw }) => raw.toString())
    expect(done.filter((raw) => /^Subject: .*(closes|is erased)/m.test(raw))).toHaveLength(4)
    await runClosings()
    const left = await columnsHolding(admin, words)
    expect(left.filter((column) => !record.has(column))).toEqual([])
    expect(left).toContain('notice_letter.text')
  })

  test('leaves a ledger that verifies, and a notice that the vendor reads and answers', async () => {
    // The world's own answers stand without lines.
    expect((await verifyLedger()).broken).toHaveLength(brokenBefore)
    expect((await verifyLedger({ reference })).broken).toEqual([])
    const view = await findNotice({
      member: vendor,
      reference,
      query: readNoticeQuery(`https://caveat.example/notices/${reference}`),
    })
    expect(view?.notice.holder).toMatchObject({ name: 'Erased organisation' })
    const { rows } = await db.owner.query('select count(*)::int from person where id = any($1) and erased_at is null', [
      memberIds,
    ])
    expect(rows[0].count, 'people keep their accounts').toBe(memberIds.length)
  })
})

/** Erases an organisation as soon as its days are over. */
async function erase(member: Member): Promise<void> {
  expect(await ask(member)).toEqual({ allowed: true })
  later(31)
  await runClosings()
  while (await runOneJob(jobs));
  await runMails()
  await runClosings()
}

test('a vendor is erased: its entry and contacts stay in the directory, and nobody holds them', async () => {
  const vendor = await aVendor(db.owner)
  const holder = await aPair(db.owner)
  const notice = await aSentNotice(db.owner, { ...holder, vendor: { ...vendor, member: holder.vendor.member } })
  await db.owner.query('update mail_duty set resolved_at = created_at where resolved_at is null')
  const organisation = await rename(vendor.organisation)
  const member = await anOwner(organisation, 'vendor')
  const file = await keepObject(Readable.from([Buffer.from(`answers of ${said.name}`)]), 1_000)
  const shared = await keepObject(Readable.from([Buffer.from('the same bytes')]), 1_000)
  for (const { sha256, bytes } of [file, shared])
    await insert(db.owner, 'answer_sheet', {
      id: newId(),
      notice_id: notice.id,
      organisation_id: organisation.id,
      requested_by: member.personId,
      locale: 'en',
      status: 'read',
      encoding: 'utf-8',
      separator: ',',
      file_sha256: sha256,
      file_name: `${said.name}.csv`,
      file_bytes: bytes,
      created_at: now(),
    })
  await insert(db.owner, 'evidence', {
    id: newId(),
    organisation_id: holder.holder.organisation.id,
    sha256: shared.sha256,
    bytes: shared.bytes,
    media_type: 'text/csv',
    name: 'x',
    search_text: 'x',
    made_by: holder.holder.person.id,
    made_at: now(),
  })
  await erase(member)
  const { rows } = await db.owner.query(
    'select v.organisation_id, v.name, (select count(*)::int from vendor_contact c where c.vendor_id = v.id) as contacts from vendor v where v.id = $1',
    [vendor.id],
  )
  expect(rows[0]).toMatchObject({ organisation_id: null, contacts: 1 })
  expect(await state(organisation.id)).toMatchObject({ name: 'Erased organisation', members: 0, erased: true })
  expect((await columnsHolding(admin, words)).filter((column) => !record.has(column))).toEqual([])
  await expect(buffer(readObject(file.sha256)), 'its file is gone').rejects.toThrow('ENOENT')
  expect((await buffer(readObject(shared.sha256))).toString(), 'what another carries stays').toBe('the same bytes')
})

test('an association is erased: its mandates end by their own act, and its members hear it', async () => {
  const organisation = await rename(await anOrganisation(db.owner, 'association'))
  const member = await anOwner(organisation, 'association')
  const { holder, vendor } = await aPair(db.owner)
  const mandate = await aMandate(db.owner, {
    associationId: organisation.id,
    memberId: holder.organisation.id,
    acceptedBy: holder.person.id,
  })
  await fillInvitations(db.owner, { organisation, person: { id: member.personId } })
  await erase(member)
  const { rows } = await db.owner.query('select revoked_by, ended_at from mandate_version where mandate_id = $1', [
    mandate.id,
  ])
  expect(rows[0]).toMatchObject({ revoked_by: member.personId, ended_at: expect.any(Date) })
  const told = sink.mails.filter(({ to }) => to.includes(holder.person.email)).map(({ raw }) => raw.toString())
  expect(
    told.some((raw) => raw.includes(said.name)),
    'while it was under way, the mail said who',
  ).toBe(true)
  expect(await state(organisation.id)).toMatchObject({ name: 'Erased organisation', members: 0, grants: 0 })
  expect((await columnsHolding(admin, words)).filter((column) => !record.has(column))).toEqual([])
  expect(vendor.id).not.toBe(organisation.id)
})

test('of a cancel and the erasure one is first, and the other finds it', async () => {
  for (let round = 0; round < 6; round += 1) {
    const organisation = await anOrganisation(db.owner, 'rights_holder')
    const member = await anOwner(organisation, 'rights_holder')
    await ask(member)
    const closing = await findClosing(member)
    later(31)
    await runClosings()
    const cancel = () => cancelClosing({ personId: member.personId, closingId: closing?.id ?? '' })
    const [cancelled] = await Promise.all([cancel(), runOneJob(jobs)])
    while (await runOneJob(jobs));
    const { erased, members } = await state(organisation.id)
    expect({ erased, members }).toEqual(
      cancelled.allowed ? { erased: false, members: 1 } : { erased: true, members: 0 },
    )
    // Who was too late is told that it has begun, or is no owner of anything any more.
    if (!cancelled.allowed) expect(['begun', 'not-an-owner']).toContain(cancelled.because)
  }
})

test('an erasure that is killed between two pieces goes on where it was', async () => {
  const organisation = await rename(await anOrganisation(db.owner, 'rights_holder'))
  const member = await anOwner(organisation, 'rights_holder')
  await aCatalogue(db.owner, organisation.id, { titles: [said.name] })
  await ask(member)
  const closing = await findClosing(member)
  later(31)
  const id = closing?.id ?? ''
  await db.owner.query('select begin_erasing($1, now() + interval $$2 years$$)', [id])
  await db.owner.query('select end_memberships($1, now())', [id])
  await db.owner.query("select erase_own($1, 'works', 1, now())", [id])
  expect(await cancelClosing({ personId: member.personId, closingId: id })).toEqual({
    allowed: false,
    because: 'not-an-owner',
  })
  await eraseOrganisation(id)
  await eraseOrganisation(id)
  expect(await state(organisation.id)).toMatchObject({ erased: true, catalogues: 0 })
})

test('while something of it still runs, an organisation waits to be erased', async () => {
  const organisation = await anOrganisation(db.owner, 'rights_holder')
  const member = await anOwner(organisation, 'rights_holder')
  const jobId = newId()
  await insert(db.owner, 'job', {
    id: jobId,
    kind: 'import',
    subject_id: newId(),
    organisation_id: organisation.id,
    status: 'running',
    run_at: now(),
    created_at: now(),
  })
  await ask(member)
  later(31)
  await runClosings()
  while (await runOneJob(jobs));
  expect(await state(organisation.id)).toMatchObject({ erased: false, members: 1 })
  await db.owner.query("update job set status = 'done' where id = $1", [jobId])
  expect((await runClosings()).queued).toBe(1)
  while (await runOneJob(jobs));
  expect(await state(organisation.id)).toMatchObject({ erased: true, members: 0 })
})
