import { afterEach, describe, expect, test } from 'vitest'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { resolveDuties } from '#app/mail/resolve-duties.server.ts'
import { noticeMailHandlers } from '#app/notices/notice-mail-handlers.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { linkToken, withWorker } from '#app/platform/db.server.ts'
import { aCollective, anAnnexedMember, type Collective } from '#test/collective.ts'
import { collectingTransport, decodedMail } from '#test/collective-mails.ts'
import { collectiveReader } from '#test/collective-reader.ts'
import { testDatabase } from '#test/database.ts'
import { withCollectives } from './collective-mail-handlers.server.ts'
import { endAnnexReviews } from './end-annex-reviews.server.ts'
import { findServingMail } from './find-serving-mail.server.ts'
import { revokeMandate } from './revoke-mandate.server.ts'

const { owner } = await testDatabase()
const { noticesOf, made } = collectiveReader(owner)
const handlers = withCollectives(noticeMailHandlers)
afterEach(() => setClock(null))

const rowsOf = async (sql: string, values: unknown[]) => (await owner.query(sql, values)).rows
const later = (seconds = 0) => setClock(new Date(Date.now() + 4 * 86_400_000 + seconds * 1000))

/** Reviewed and queued, to one vendor. */
async function released(members: number, given?: Collective) {
  setClock(null)
  const world = given ?? (await aCollective(owner, members))
  const [vendor] = world.vendors
  if (!vendor) throw new Error('no vendor')
  const draft = await made({ ...world, vendorIds: [vendor.id] })
  later()
  await endAnnexReviews()
  const { transport, sent } = collectingTransport()
  const send = async (from = 0) => {
    for (let pass = 0; pass < 3; pass += 1) {
      later(from + pass * 10)
      await openOutbox({ transport, handlers }).pass()
    }
  }
  const toVendor = () => sent.filter(({ to }) => to === vendor.contact.address).map(({ raw }) => decodedMail(raw))
  return { ...world, vendor, draft, sent, send, toVendor }
}

const begin = () => withWorker((tx) => resolveDuties(tx, { handlers, at: now(), most: 100 }))

const revoke = ({ members }: Collective) => {
  const [first] = members
  if (!first) throw new Error('no member')
  return revokeMandate({ member: first.member, mandateId: first.mandate.id })
}

async function parted(given: Awaited<ReturnType<typeof released>>) {
  const rows = await rowsOf(
    `select n.reference, n.stage, h.id = $2 as gone, h.name from notice n join organisation h on h.id = n.holder_organisation_id
     join filing f on f.id = n.filing_id where f.reference = $1`,
    [given.draft.reference, given.members[0]?.organisation.id],
  )
  return { gone: rows.filter((row) => row.gone), left: rows.filter((row) => !row.gone) }
}

describe('a mandate that is revoked', () => {
  test('while its notice is queued leaves it out of the mail', async () => {
    const given = await released(3)
    expect(await revoke(given)).toMatchObject({ allowed: true, stopped: 1 })
    await given.send()
    const { gone, left } = await parted(given)
    const [mail, ...others] = given.toVendor()
    expect(others).toEqual([])
    for (const { reference, stage } of left) expect([stage, mail?.includes(reference)]).toEqual(['sent', true])
    for (const { reference, stage } of gone) expect([stage, mail?.includes(reference)]).toEqual(['withdrawn', false])
  })

  test('between the beginning of its mail and its words leaves it out of mail and letter, and the vendor hears nothing of it', async () => {
    const given = await released(3)
    await begin()
    const before = await rowsOf('select text from collective_letter where vendor_id = $1', [given.vendor.id])
    expect(await revoke(given)).toMatchObject({ allowed: true, stopped: 1 })
    await given.send()
    const { gone, left } = await parted(given)
    const mails = given.toVendor()
    expect(mails).toHaveLength(1)
    const [cover] = await rowsOf('select text, sha256 from collective_letter where vendor_id = $1', [given.vendor.id])
    for (const { reference, name, stage } of gone) {
      expect(stage).toBe('withdrawn')
      expect(before[0]?.text).toContain(reference)
      for (const text of [mails[0] ?? '', cover?.text]) {
        expect(text).not.toContain(reference)
        expect(text).not.toContain(name)
      }
    }
    for (const { reference, stage } of left) {
      expect(stage).toBe('sent')
      expect(cover?.text).toContain(reference)
    }
    const accepted = await rowsOf(
      `select distinct e.payload ->> 'cover' as cover from notice_event e join notice n on n.id = e.notice_id join filing f on f.id = n.filing_id
       where f.reference = $1 and e.type = 'message.accepted'`,
      [given.draft.reference],
    )
    expect(accepted).toEqual([{ cover: cover?.sha256 }])
  })

  test('of the only member of it, begun or not, lets no mail go', async () => {
    const given = await released(1)
    await begin()
    await revoke(given)
    await given.send()
    expect(given.toVendor()).toEqual([])
  })

  test('after its mail is written tells the vendor so', async () => {
    const given = await released(2)
    const { transport } = collectingTransport()
    const away = {
      ...transport,
      send: async () => ({ reached: 'envelope', code: 451, response: '451 4.2.1 later' }) as const,
    }
    await openOutbox({ transport: away, handlers }).pass()
    await revoke(given)
    await given.send(86_400)
    const { gone } = await parted(given)
    const mails = given.toVendor()
    expect(mails.some((mail) => mail.includes(gone[0]?.reference) && /withdrew its notice/u.test(mail))).toBe(true)
  })

  test('at the very moment of sending is in the mail and taken back in another, or in none, eight times', async () => {
    for (let round = 0; round < 8; round += 1) {
      const given = await released(2)
      await Promise.all([given.send(), revoke(given)])
      await given.send(60)
      const { gone, left } = await parted(given)
      const mails = given.toVendor()
      const reference = gone[0]?.reference
      const named = mails.filter((mail) => mail.includes(reference)).length
      expect(gone[0]?.stage === 'sent' ? [1] : [0, 2]).toContain(named)
      expect(left.map(({ stage }) => stage)).toEqual(['sent'])
    }
  })
})

test('an annex without the approval that its mandate wants is in no mail, whatever else goes', async () => {
  const world = await aCollective(owner, 1)
  const strict = await anAnnexedMember(owner, world.association, { approvalRequired: true })
  const given = await released(2, { ...world, members: [...world.members, strict] })
  await given.send()
  const notices = await noticesOf(given.draft.reference)
  const stageOf = new Map(notices.map(({ holder, stage }) => [holder, stage]))
  expect(stageOf.get(strict.organisation.id)).toBe('withdrawn')
  const [mail] = given.toVendor()
  expect(mail).toContain(world.members[0]?.organisation.name)
  expect(mail).not.toContain(strict.organisation.name)
})

test('many notices are listed in a file that the letter names with its hash; the association keeps the mail as it was sent', async () => {
  const given = await released(51)
  await given.send()
  const [mail] = given.toVendor()
  const [letter] = await rowsOf('select * from collective_letter where vendor_id = $1', [given.vendor.id])
  expect(letter.schedule.split('\r\n')).toHaveLength(53)
  expect(letter.text).toContain(letter.schedule_sha256)
  expect(letter.text).not.toContain('CAV-')
  const references = await rowsOf(
    'select n.reference from notice n join filing f on f.id = n.filing_id where f.reference = $1',
    [given.draft.reference],
  )
  for (const { reference } of references) expect(letter.schedule).toContain(reference)
  expect(mail).toContain(letter.schedule.slice(1, 2000))
  const [sent] = await rowsOf(`select m.id, m.raw_sha256 from outgoing_mail m where m.to_address = $1`, [
    given.vendor.contact.address,
  ])
  const kept = await findServingMail(given.association.editor.personId, sent.id)
  expect(kept).toMatchObject({ sha256: sent.raw_sha256, veiled: true })
  const [link] = await rowsOf('select id from collective_link where vendor_id = $1', [given.vendor.id])
  expect(decodedMail(Buffer.from(kept?.bytes ?? []).toString('latin1'))).not.toContain(linkToken(link.id))
  expect(await findServingMail(given.members[0]?.member.personId ?? '', sent.id)).toBeNull()
})
