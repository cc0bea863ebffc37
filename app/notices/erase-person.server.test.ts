import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askForErasure, findErasureTerms } from '#app/accounts/ask-for-erasure.server.ts'
import { createPerson } from '#app/accounts/create-person.server.ts'
import { erasePerson } from '#app/accounts/erase-person.server.ts'
import { mailResetLink } from '#app/accounts/forgot-password.server.ts'
import { invitePerson } from '#app/accounts/invite-person.server.ts'
import { signInPerson } from '#app/accounts/sign-in.server.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { authPool, closeAuth, findSessions } from '#app/platform/auth.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { newId } from '#app/platform/id.ts'
import { withOriginOfAct } from '#app/platform/origin-of-act.server.ts'
import { runOneJob } from '#app/platform/run-jobs.server.ts'
import { smtpTransport } from '#app/platform/smtp.server.ts'
import { aCatalogue, anOrganisation, aPerson, aVendor, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { aFiling, aReadyDraft } from '#test/filings.ts'
import { columnsHolding } from '#test/find-words.ts'
import { aCollectiveMail, leaveInvitations } from '#test/left-traces.ts'
import { memberOf, viewerOf } from '#test/members.ts'
import { smtpSink } from '#test/smtp-sink.ts'
import { noticeMailHandlers } from './notice-mail-handlers.server.ts'
import { verifyLedger } from './verify-ledger.server.ts'

const db = await testDatabase()
const sink = await smtpSink()
const admin = new pg.Client({ connectionString: db.url })
beforeAll(() => admin.connect())
afterAll(async () => {
  await admin.end()
  await sink.stop()
  await closeAuth()
})

const name = 'Zenobia Quillfeather'
const nameOther = '羽毛ゼノビア'
const email = 'zenobia.q+law@studio.test'
const password = 'a long enough passphrase 7'
const headers = new Headers({ 'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/140' })
const client = { headers, clientAddress: '192.0.2.77', locale: 'en' } as const

async function aSomebody(): Promise<{ id: string; name: string; email: string }> {
  const made = await createPerson({ email, name, nameOther, locale: 'en', timeZone: 'Asia/Tokyo', password })
  if (!made.created) throw new Error(made.because)
  return { id: made.personId, name, email }
}

function join(organisationId: string, personId: string, role: string): Promise<void> {
  return insert(db.owner, 'membership', {
    id: newId(),
    person_id: personId,
    organisation_id: organisationId,
    role,
    created_at: now(),
  })
}

/** A person who has left something everywhere: a filing that was served, a draft, mails, sign-ins, an invitation. */
async function aBusyPerson() {
  const person = await aSomebody()
  const organisation = await anOrganisation(db.owner, 'rights_holder')
  await join(organisation.id, person.id, 'owner')
  const member = memberOf(person, organisation)
  const [vendor, other] = [await aVendor(db.owner), await aVendor(db.owner)]
  const catalogue = await aCatalogue(db.owner, organisation.id, { titles: ['A film'] })
  await withOriginOfAct({ networkAddress: '192.0.2.77', userAgent: headers.get('user-agent') }, async () => {
    await signInPerson({ email, password, ...client })
    await aFiling(member, { vendorIds: [vendor.id], catalogue })
    await aReadyDraft(member, { vendorIds: [other.id], catalogue })
    await invitePerson({ member, email: 'friend@studio.test', role: 'viewer' })
  })
  await mailResetLink(email, '192.0.2.77')
  await leaveTraces(member, other.id)
  setClock(new Date(now().getTime() + 3_600_000))
  const transport = smtpTransport(sink.url)
  await openOutbox({ transport, handlers: noticeMailHandlers }).pass()
  await transport.close()
  return { person, organisation, member, vendor }
}

async function leaveTraces(member: Member, vendorId: string): Promise<void> {
  const { rows: notices } = await db.owner.query('select id from notice')
  const { rows: drafts } = await db.owner.query('select id from filing_draft where filing_id is null')
  const organisation = await anOrganisation(db.owner, 'association')
  const inviter = await aPerson(db.owner, { organisationId: organisation.id })
  await invitePerson({ member: memberOf(inviter, organisation), email, role: 'viewer' })
  await insert(db.owner, 'notice_message', {
    id: newId(),
    notice_id: notices[0].id,
    side: 'holder',
    channel: 'portal',
    author_name: name,
    author_address: email,
    subject: 'A word',
    fresh: 'We wait.',
    quoted: '',
    at: now(),
  })
  await insert(db.owner, 'inbound_raw', { sha256: 'a'.repeat(64), bytes: Buffer.from('x'), received_at: now() })
  await insert(db.owner, 'inbound_mail', {
    id: newId(),
    sha256: 'a'.repeat(64),
    size_bytes: 1,
    received_at: now(),
    envelope_from: email,
    envelope_to: 'n-x@reply.test',
    secure: false,
    route: 'reply',
    next_attempt_at: now(),
    from_address: email,
    from_name: name,
    authentication: { headerFrom: email.toUpperCase() },
  })
  await insert(db.owner, 'kept_choices', {
    draft_id: drafts[0].id,
    step: 'basis',
    kept_by: member.personId,
    choices: { signatory: name },
    kept_at: now(),
  })
  await leaveInvitations(db.owner, { associationId: organisation.id, inviter: inviter.id, email })
  await insert(db.owner, 'saved_view', {
    id: newId(),
    organisation_id: member.organisation.id,
    name: `Those of ${name}`,
    query: 'q=film',
    shared: false,
    saved_by: member.personId,
    saved_at: now(),
  })
  await insert(db.owner, 'mail_refusal', { address: email, topic: 'vendor-week', refused_at: now() })
  await insert(db.owner, 'job', {
    id: newId(),
    kind: 'import',
    subject_id: vendorId,
    status: 'failed',
    last_error: `could not mail ${email}`,
    run_at: now(),
    created_at: now(),
  })
}

// What docs/decisions/061 names: the notice as it was served, and the mails that carried it.
const record = new Set([
  'filing.signatory_name',
  'mail_raw.bytes',
  'notice_letter.blocks',
  'notice_letter.facts',
  'notice_letter.text',
])

test('after an erasure a person stands nowhere but in the record of what was served', async () => {
  const { person, organisation, member, vendor } = await aBusyPerson()
  const words = [name, nameOther, email]
  const collective = await aCollectiveMail(db.owner, { personId: person.id, vendorId: vendor.id, email })
  expect((await columnsHolding(admin, words)).length).toBeGreaterThan(20)
  const asked = { viewer: member, headers, password, code: undefined }

  expect(await askForErasure({ ...asked, viewer: { ...member, memberships: [member.organisation] } })).toEqual({
    allowed: false,
    because: 'last-owner',
    organisations: [organisation.name],
  })
  const heir = await aPerson(db.owner, { organisationId: organisation.id })
  expect((await findErasureTerms(member)).soleOwnerOf).toEqual([])
  expect(await askForErasure({ ...asked, password: 'wrong' })).toEqual({ allowed: false, because: 'wrong-password' })
  expect(await findSessions(person.id)).toHaveLength(1)
  expect(await askForErasure(asked)).toEqual({ allowed: true })

  // At once: no sign-in, no session, no membership.
  expect(await findSessions(person.id)).toEqual([])
  expect(await signInPerson({ email, password, ...client })).toMatchObject({ allowed: false, because: 'wrong' })
  while (await runOneJob({ 'erase-person': ({ subjectId }) => erasePerson(subjectId) }));
  const left = await columnsHolding(admin, words)
  expect(left.filter((column) => !record.has(column))).toEqual([])
  expect(left).toContain('notice_letter.text')

  const { rows: raws } = await db.owner.query(
    'select m.notice_id from mail_raw r join outgoing_mail m on m.id = r.mail_id where m.id <> $1',
    [collective],
  )
  const served = await db.owner.query('select from mail_raw where mail_id = $1', [collective])
  expect(served.rowCount, 'what served notices is their record').toBe(1)
  const { rows: batches } = await db.owner.query("select results -> 1 ->> 'email' as other from mandate_batch")
  expect(batches).toEqual([{ other: 'somebody@else.test' }])
  expect(raws.length).toBeGreaterThan(0)
  expect(raws.filter((row) => row.notice_id === null).length, 'only mails of others about their accounts').toBeLessThan(
    3,
  )
  expect(await verifyLedger()).toMatchObject({ notices: 1, broken: [], erased: 1 })
  const { rows: lines } = await db.owner.query('select kind, person_id from audit_entry where organisation_id = $1', [
    organisation.id,
  ])
  expect(lines).toContainEqual({ kind: 'member-left', person_id: person.id })
  expect(heir.id).not.toBe(person.id)
})

test('erasing twice does nothing more, and the address may sign up again as somebody new', async () => {
  const { rows } = await db.owner.query("select id, erased_at from person where email like 'erased-%'")
  await erasePerson(rows[0].id)
  const again = await db.owner.query('select erased_at from person where id = $1', [rows[0].id])
  expect(again.rows[0].erased_at).toEqual(rows[0].erased_at)
  const anew = await createPerson({ email, name: 'Another', locale: 'en', timeZone: 'UTC', password })
  expect(anew).toMatchObject({ created: true })
})

test('nothing is mailed to whoever was erased', async () => {
  const { rows } = await db.owner.query<{ email: string }>("select email from person where email like 'erased-%'")
  await insert(db.owner, 'mail_duty', {
    id: newId(),
    kind: 'confirm-address',
    audience: 'address',
    address: rows[0]?.email,
    locale: 'en',
    facts: { name: 'x', url: 'https://caveat.example/x', hours: 1 },
    not_before: now(),
    created_at: now(),
  })
  const transport = smtpTransport(sink.url)
  await openOutbox({ transport, handlers: noticeMailHandlers }).pass()
  await transport.close()
  expect(sink.mails.flatMap(({ to }) => to).filter((to) => to.endsWith('.invalid'))).toEqual([])
  const { rowCount } = await db.owner.query(
    "select from mail_duty where address like '%.invalid' and resolved_at is null and cancelled_at is null",
  )
  expect(rowCount).toBe(0)
})

test('somebody who still belongs to an organisation is not erased, whoever asks', async () => {
  const organisation = await anOrganisation(db.owner, 'rights_holder')
  const person = await aPerson(db.owner, { organisationId: organisation.id })
  await expect(erasePerson(person.id)).rejects.toThrow('still belongs')
  await expect(db.owner.query('select owe_own_erasure($1, now())', [newId()])).resolves.toMatchObject({
    rows: [{ owe_own_erasure: false }],
  })
})

test('of two last owners who leave at once one stays', async () => {
  const organisation = await anOrganisation(db.owner, 'rights_holder')
  const two = []
  for (const number of [1, 2]) {
    const made = await createPerson({
      email: `twin-${number}@studio.test`,
      name: `Twin ${number}`,
      locale: 'en',
      timeZone: 'UTC',
      password,
    })
    if (!made.created) throw new Error(made.because)
    await join(organisation.id, made.personId, 'owner')
    const person = { id: made.personId, name: `Twin ${number}`, email: `twin-${number}@studio.test` }
    const { memberships } = memberOf(person, organisation)
    two.push({ ...viewerOf(person), memberships })
  }
  const came = await Promise.all(two.map((viewer) => askForErasure({ viewer, headers, password, code: undefined })))
  expect(came.filter(({ allowed }) => allowed)).toHaveLength(1)
  const { rowCount } = await authPool().query('select from "user" where email like \'twin-%\'')
  expect(rowCount).toBe(1)
})
