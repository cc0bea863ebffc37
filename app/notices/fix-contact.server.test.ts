import { parseWithZod } from '@conform-to/zod/v4'
import { afterAll, expect, test } from 'vitest'
import { linkToken, withLink } from '#app/platform/db.server.ts'
import { forgetEnvironment } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { aCatalogue, aHolder, aPerson, insert } from '#test/builders.ts'
import { filedBy } from '#test/associations.ts'
import { anAssociation } from '#test/coverage.ts'
import { testDatabase } from '#test/database.ts'
import { aFiling } from '#test/filings.ts'
import { deliveryReport } from '#test/mail-texts.ts'
import { aMandate } from '#test/mandates.ts'
import { memberOf } from '#test/members.ts'
import { arrive, servedNotice, stateOf } from '#test/served-notice.ts'
import { findBlocked } from './find-blocked.server.ts'
import { fixContactForm, type ContactFix } from './fix-contact-form.ts'
import { fixContact } from './fix-contact.server.ts'

const db = await testDatabase()
process.env['MAIL_IN_DOMAIN'] = 'reply.caveat.test'
forgetEnvironment()
afterAll(() => {
  delete process.env['MAIL_IN_DOMAIN']
  forgetEnvironment()
})

/** Two notices of one holder to one vendor, both come back for good. */
async function blockedTwice() {
  const given = await servedNotice(db.owner)
  const { pair, post } = given
  const { holder, vendor } = pair
  const catalogue = await aCatalogue(db.owner, holder.organisation.id)
  await aFiling(holder.member, { vendorIds: [vendor.id], catalogue })
  await post.send()
  for (const { from } of post.to(vendor.contact.address)) {
    const recipient = vendor.contact.address
    const report = { recipient, action: 'failed', status: '5.1.1', diagnostic: '550 5.1.1 No such user' } as const
    await arrive(from, deliveryReport(report), '')
  }
  await post.takeIn()
  await post.send()
  const { rows } = await db.owner.query('select slug from vendor where id = $1', [vendor.id])
  const slug = String(rows[0].slug)
  const blocked = await findBlocked(holder.member, slug)
  if (blocked === null) throw new Error('No such vendor')
  return { ...given, slug, blocked, references: blocked.notices.map(({ reference }) => reference) }
}

const elsewhere = (references: string[], address = 'legal@elsewhere.test'): ContactFix => ({
  kind: 'new',
  address,
  locale: 'ja',
  source: 'Their imprint',
  references,
})

test('every notice that came back is sent to the new address; the old links only read, the clocks start anew', async () => {
  const { pair, post, blocked, references, slug, notice } = await blockedTwice()
  expect(blocked).toMatchObject({ count: 2, contacts: [] })
  expect(blocked.notices[0]).toMatchObject({
    address: pair.vendor.contact.address,
    response: expect.stringContaining('No such user'),
  })
  const { rows: links } = await db.owner.query('select id from notice_link where notice_id = $1', [notice.id])
  const before = post.left.length
  const results = await fixContact({ member: pair.holder.member, blocked, fix: elsewhere(references) })
  expect(results).toEqual(references.map((reference) => ({ reference, sent: true })))
  await post.send()
  expect(post.left.slice(before).filter(({ to }) => to === 'legal@elsewhere.test')).toHaveLength(2)
  expect(await stateOf(db.owner, notice.id)).toMatchObject({ undeliverable: false, stage: 'sent' })
  const old = await withLink(linkToken(String(links[0].id)), async (_tx, link) => link.readOnly)
  expect(old).toEqual({ open: true, value: true })
  const after = await findBlocked(pair.holder.member, slug)
  expect(after).toMatchObject({ count: 0, notices: [] })
  expect(after?.resent.map(({ to, status }) => [to, status])).toEqual([
    ['legal@elsewhere.test', 'accepted'],
    ['legal@elsewhere.test', 'accepted'],
  ])
  const { rows } = await db.owner.query('select address, state, source from contact_suggestion where vendor_id = $1', [
    pair.vendor.id,
  ])
  expect(rows).toEqual([{ address: 'legal@elsewhere.test', state: 'open', source: 'Their imprint' }])
  const contact = await db.owner.query('select count(*)::int as n from vendor_contact where vendor_id = $1', [
    pair.vendor.id,
  ])
  expect(contact.rows).toEqual([{ n: 1 }])
})

test('the same form twice at once sends each notice once', async () => {
  const { pair, post, blocked, references } = await blockedTwice()
  const before = post.left.length
  const fix = elsewhere(references)
  const [one, two] = await Promise.all([
    fixContact({ member: pair.holder.member, blocked, fix }),
    fixContact({ member: pair.holder.member, blocked, fix }),
  ])
  const sent = [...one, ...two].filter((row) => row.sent)
  expect(sent).toHaveLength(2)
  await post.send()
  expect(post.left.slice(before).filter(({ to }) => to === fix.kind)).toEqual([])
  expect(post.left.slice(before).filter(({ to }) => to === 'legal@elsewhere.test')).toHaveLength(2)
})

test('a verified contact of the directory takes them over; its own bounces count for it', async () => {
  const { pair, post, references, slug } = await blockedTwice()
  const id = newId()
  await insert(db.owner, 'vendor_contact', {
    id,
    vendor_id: pair.vendor.id,
    purpose: 'legal_notices',
    channel: 'email',
    address: 'Notices@vendor.test',
    country: 'US',
    time_zone: 'America/New_York',
    verified_at: new Date(),
    verified_how: 'their website',
    created_at: new Date(),
  })
  const blocked = await findBlocked(pair.holder.member, slug)
  if (blocked === null) throw new Error('No such vendor')
  expect(blocked.contacts).toMatchObject([{ id }])
  const fix: ContactFix = { kind: 'contact', contactId: id, references }
  expect(await fixContact({ member: pair.holder.member, blocked, fix })).toMatchObject([{ sent: true }, { sent: true }])
  await post.send()
  const { rows } = await db.owner.query(
    `select m.contact_id, n.contact_id as notice_contact from outgoing_mail m join notice n on n.id = m.notice_id
     where m.to_address = 'notices@vendor.test' and m.kind = 'notice-served' and n.vendor_id = $1`,
    [pair.vendor.id],
  )
  expect(rows).toEqual([
    { contact_id: id, notice_contact: id },
    { contact_id: id, notice_contact: id },
  ])
})

test('what cannot be sent says why, row by row, and the rest goes', async () => {
  const { pair, blocked, references } = await blockedTwice()
  const [first = '', second = ''] = references
  const { member } = pair.holder
  expect(await fixContact({ member, blocked, fix: elsewhere([first]) })).toMatchObject([{ sent: true }])
  expect(await fixContact({ member, blocked, fix: elsewhere([first, 'CAV-0000-0000', second]) })).toEqual([
    { reference: first, sent: false, why: 'not-blocked' },
    { reference: 'CAV-0000-0000', sent: false, why: 'not-blocked' },
    { reference: second, sent: true },
  ])
})

test('mail is not sent back to where it came from', async () => {
  const { pair, blocked, references } = await blockedTwice()
  const fix = elsewhere(references, pair.vendor.contact.address)
  const results = await fixContact({ member: pair.holder.member, blocked, fix })
  expect(results.map((row) => (row.sent ? 'sent' : row.why))).toEqual(['same-address', 'same-address'])
})

test('an association mends the contact of what it filed for a member, and of nothing else', async () => {
  const { pair, slug, references, blocked: own } = await blockedTwice()
  const [first = ''] = references
  const idOf = (reference: string) => own.notices.find((each) => each.reference === reference)?.id ?? ''
  const association = await anAssociation(db.owner)
  await aMandate(db.owner, {
    associationId: association.organisation.id,
    memberId: pair.holder.organisation.id,
    acceptedBy: pair.holder.person.id,
    scopes: ['view', 'file'],
  })
  expect(await findBlocked(association, slug)).toMatchObject({ notices: [], count: 0 })
  // Who filed a notice stands in what was sent: only here is that written afterwards.
  await db.owner.query('alter table notice disable trigger user')
  await filedBy(db.owner, association.organisation.id, idOf(first))
  await db.owner.query('alter table notice enable trigger user')
  const blocked = await findBlocked(association, slug)
  if (blocked === null) throw new Error('No such vendor')
  expect(blocked.notices.map(({ reference }) => reference)).toEqual([first])
  expect(await fixContact({ member: association, blocked, fix: elsewhere(references) })).toEqual(
    references.map((reference) =>
      reference === first ? { reference, sent: true } : { reference, sent: false, why: 'not-blocked' },
    ),
  )
})

test('another holder sees none of them, a viewer sends none', async () => {
  const { pair, blocked, slug, references } = await blockedTwice()
  const stranger = await aHolder(db.owner)
  expect(await findBlocked(memberOf(stranger.person, stranger.organisation), slug)).toMatchObject({
    notices: [],
    count: 0,
    resent: [],
  })
  const person = await aPerson(db.owner, { organisationId: pair.holder.organisation.id, role: 'viewer' })
  const viewer = memberOf(person, pair.holder.organisation, { role: 'viewer' })
  await expect(fixContact({ member: viewer, blocked, fix: elsewhere(references) })).rejects.toThrow(
    'row-level security',
  )
})

const typed = { to: 'new', address: 'legal@x.test', source: 'web', locale: 'en', notice: 'A' }
test.each([
  [{}, []],
  [{ notice: ['A', 'B'] }, []],
  [{ address: 'x' }, ['address']],
  [{ address: '' }, ['address']],
  [{ source: '' }, ['source']],
  [{ source: 'x'.repeat(301) }, ['source']],
  [{ notice: [] }, ['notice']],
  [{ to: '' }, ['to']],
])('the form with %j has its faults at %j', (change, faults) => {
  const form = new FormData()
  for (const [name, value] of Object.entries({ ...typed, ...change }))
    for (const each of [value].flat()) form.append(name, each)
  const submission = parseWithZod(form, { schema: fixContactForm })
  expect(Object.keys(submission.status === 'success' ? {} : (submission.error ?? {}))).toEqual(faults)
  expect(JSON.stringify(submission)).not.toContain('Invalid input')
})
