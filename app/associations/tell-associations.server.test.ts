import { afterEach, expect, test } from 'vitest'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { noticeMailHandlers } from '#app/notices/notice-mail-handlers.server.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { aCollective } from '#test/collective.ts'
import { collectingTransport, decodedMail } from '#test/collective-mails.ts'
import { collectiveReader } from '#test/collective-reader.ts'
import { testDatabase } from '#test/database.ts'
import { memberOf } from '#test/members.ts'
import { acknowledgeReceived } from './answer-received.server.ts'
import { withAnswers } from './answered-mail-handlers.server.ts'
import { withCollectives } from './collective-mail-handlers.server.ts'
import { endAnnexReviews } from './end-annex-reviews.server.ts'
import { revokeMandate } from './revoke-mandate.server.ts'
import { tellAssociations } from './tell-associations.server.ts'

const { owner } = await testDatabase()
const { made } = collectiveReader(owner)
const handlers = withAnswers(withCollectives(noticeMailHandlers))
afterEach(() => setClock(null))
const later = (seconds: number) => setClock(new Date(Date.now() + 4 * 86_400_000 + seconds * 1000))

async function answered() {
  setClock(null)
  const given = await aCollective(owner, 3)
  const [vendor] = given.vendors
  if (!vendor) throw new Error('no vendor')
  const draft = await made({ ...given, vendorIds: [vendor.id] })
  later(0)
  await endAnnexReviews()
  const { transport, sent } = collectingTransport()
  const send = async () => {
    await openOutbox({ transport, handlers }).pass()
    return sent.splice(0).filter(({ raw }) => /Subject:.*acknowledged [23] notices/u.test(raw))
  }
  await send()
  await acknowledgeReceived(memberOf(vendor.person, vendor.organisation, { kind: 'vendor' }), {
    reference: draft.reference,
    everything: true,
    noticeIds: [],
  })
  return { ...given, vendor, draft, send }
}

test('an association hears once of all that a vendor acknowledged at about the same time, its owner and whoever submitted it', async () => {
  const given = await answered()
  expect(await tellAssociations()).toBe(0)
  later(40)
  expect(await tellAssociations()).toBe(3)
  const mails = await given.send()
  const { association } = given
  expect(new Set(mails.map(({ to }) => to))).toEqual(new Set([association.owner.email, association.editor.email]))
  expect(mails).toHaveLength(2)
  const text = decodedMail(mails[0]?.raw ?? '')
  expect(text).toContain(given.draft.reference)
  for (const { organisation } of given.members) expect(text).toContain(organisation.name)
  later(100)
  expect(await tellAssociations()).toBe(0)
  expect(await given.send()).toEqual([])
})

const choose = (personId: string, choice: string) =>
  owner.query('insert into mail_choice (person_id, topic, choice, chosen_at) values ($1, $2, $3, now())', [
    personId,
    'collective-answered',
    choice,
  ])

test('who wants to hear never, or each morning, gets it never, or in the morning', async () => {
  const given = await answered()
  await choose(given.association.owner.personId, 'never')
  await choose(given.association.editor.personId, 'daily')
  later(40)
  expect(await tellAssociations()).toBe(3)
  expect(await given.send()).toEqual([])
  later(2 * 86_400)
  expect((await given.send()).map(({ to }) => to)).toEqual([given.association.editor.email])
})

test('what a mandate no longer shows is in no mail', async () => {
  const given = await answered()
  later(40)
  await tellAssociations()
  const [first] = given.members
  if (!first) throw new Error('no member')
  await revokeMandate({ member: first.member, mandateId: first.mandate.id })
  const mails = await given.send()
  expect(mails).toHaveLength(2)
  for (const { raw } of mails) expect(decodedMail(raw)).not.toContain(first.organisation.name)
})
