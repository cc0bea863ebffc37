import { afterAll, expect, test } from 'vitest'
import { getParties } from '#app/notices/filing-facts.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { forgetEnvironment } from '#app/platform/env.server.ts'
import { newId } from '#app/platform/id.ts'
import { anOrganisation, aPerson, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { plainMail } from '#test/mail-texts.ts'
import { memberOf } from '#test/members.ts'
import { arrive, messagesOf, servedNotice, stateOf } from '#test/served-notice.ts'
import { decideSuggestion, type SuggestionDecision } from './decide-suggestion.server.ts'
import { findReplies } from './find-replies.server.ts'
import { findSuggestions } from './find-suggestions.server.ts'
import { assignReply, dismissReply } from './place-reply.server.ts'

const db = await testDatabase()
process.env['MAIL_IN_DOMAIN'] = 'reply.caveat.test'
forgetEnvironment()
afterAll(() => {
  delete process.env['MAIL_IN_DOMAIN']
  forgetEnvironment()
})
const portal = await anOrganisation(db.owner, 'operator')
const operator = memberOf(await aPerson(db.owner, { organisationId: portal.id }), portal, { kind: 'operator' })

/** A notice, and a mail from its vendor that went to the postmaster. */
async function stray() {
  const given = await servedNotice(db.owner)
  const { pair, notice, post } = given
  const fields = {
    From: `Dana <${pair.vendor.contact.address}>`,
    Subject: `About ${notice.reference}`,
    'Message-ID': `<${newId()}@v.test>`,
  }
  const [id = ''] = await arrive('postmaster@reply.caveat.test', plainMail(fields, 'Secret words.'))
  await post.takeIn()
  return { ...given, id }
}

const waiting = async (personId = operator.personId) =>
  withPerson(personId, (tx) => findReplies(tx, { before: null, most: 50 }))

test('an operator sees who wrote and the guesses, not the text; others see no queue', async () => {
  const { id, notice, pair } = await stray()
  const { replies } = await waiting()
  const reply = replies.find((each) => each.id === id)
  expect(reply).toMatchObject({
    subject: `About ${notice.reference}`,
    fromAddress: pair.vendor.contact.address,
    fromName: 'Dana',
    sender: 'not-checked',
    guesses: [{ reference: notice.reference, score: 99 }],
  })
  expect(JSON.stringify(replies)).not.toContain('Secret words')
  expect(await waiting(pair.holder.person.id)).toEqual({ replies: [], found: 0, next: null })
})

test('an assigned mail becomes a message of exactly that notice, and no stage moves', async () => {
  const { id, notice, post } = await stray()
  const other = await stray()
  const before = await stateOf(db.owner, notice.id)
  expect(await assignReply({ member: operator, replyId: id, reference: notice.reference })).toEqual({ allowed: true })
  expect(await assignReply({ member: operator, replyId: id, reference: notice.reference })).toEqual({
    allowed: false,
    because: 'not-waiting',
  })
  await post.takeIn()
  expect(await messagesOf(db.owner, notice.id)).toMatchObject([{ side: 'vendor', fresh: 'Secret words.', told: true }])
  expect(await messagesOf(db.owner, other.notice.id)).toEqual([])
  expect((await stateOf(db.owner, notice.id)).stage).toBe(before.stage)
  expect((await waiting()).replies.map((reply) => reply.id)).toContain(other.id)
})

test('a notice that was never sent takes no mail, a foreign member places none, a dismissed mail waits no more', async () => {
  const { id, notice, pair } = await stray()
  expect(await assignReply({ member: operator, replyId: id, reference: 'CAV-0000-0000' })).toMatchObject({
    because: 'no-notice',
  })
  const asked = { replyId: id, reference: notice.reference }
  expect(await assignReply({ member: pair.holder.member, ...asked })).toMatchObject({ because: 'not-operator' })
  const viewer = await aPerson(db.owner, { organisationId: portal.id, role: 'viewer' })
  const liar = { ...operator, personId: viewer.id }
  expect(await assignReply({ member: liar, ...asked })).toMatchObject({ allowed: false })
  expect(await dismissReply({ member: operator, replyId: id })).toEqual({ allowed: true })
  expect(await dismissReply({ member: operator, replyId: id })).toMatchObject({ because: 'not-waiting' })
  expect((await waiting()).replies.map((reply) => reply.id)).not.toContain(id)
})

test('an address that a holder gave becomes an unverified contact, once, or is declined', async () => {
  const { pair } = await servedNotice(db.owner)
  const row = (address: string) => ({
    id: newId(),
    vendor_id: pair.vendor.id,
    organisation_id: pair.holder.organisation.id,
    address,
    locale: 'en',
    source: 'Their imprint',
    given_by: pair.holder.person.id,
    given_at: new Date(),
  })
  const [good, bad] = [row('legal@v.test'), row('spam@v.test')]
  await insert(db.owner, 'contact_suggestion', good)
  await insert(db.owner, 'contact_suggestion', bad)
  expect(await withPerson(operator.personId, (tx) => findSuggestions(tx, 10))).toHaveLength(2)
  const decide = (suggestionId: string, decision: SuggestionDecision) =>
    decideSuggestion({ member: operator, suggestionId, decision })
  expect(await decide(good.id, 'take')).toEqual({ allowed: true })
  expect(await decide(good.id, 'take')).toMatchObject({ because: 'not-waiting' })
  expect(await decide(bad.id, 'decline')).toEqual({ allowed: true })
  const { rows } = await db.owner.query(
    'select address, verified_at from vendor_contact where vendor_id = $1 and id <> $2',
    [pair.vendor.id, pair.vendor.contact.id],
  )
  expect(rows).toEqual([{ address: 'legal@v.test', verified_at: null }])

  // Confirmed, it serves every holder's later filings, by the working days of the contact that failed.
  await db.owner.query('update vendor_contact set last_failed_at = now() where id = $1', [pair.vendor.contact.id])
  const sure = row('counsel@v.test')
  await insert(db.owner, 'contact_suggestion', sure)
  expect(await decide(sure.id, 'confirm')).toEqual({ allowed: true })
  const confirmed = await db.owner.query(
    'select address, country, region, time_zone from vendor_contact where vendor_id = $1 and verified_at is not null and last_failed_at is null',
    [pair.vendor.id],
  )
  expect(confirmed.rows).toEqual([
    { address: 'counsel@v.test', country: 'US', region: 'CA', time_zone: 'America/Los_Angeles' },
  ])
  const parties = await withPerson(pair.holder.person.id, (tx) =>
    getParties(tx, pair.holder.organisation.id, { vendorIds: [pair.vendor.id], kind: 'exclusion' }),
  )
  expect(parties.vendors[0]?.contact?.address).toBe('counsel@v.test')
})
