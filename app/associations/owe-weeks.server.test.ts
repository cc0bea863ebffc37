import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { findTable } from '#app/notices/bulk/find-table.server.ts'
import { readTableQuery } from '#app/notices/bulk/table-query.ts'
import { findMailChoices, setUnsubscribed } from '#app/notices/save-mail-choices.server.ts'
import { noticeMailHandlers } from '#app/notices/notice-mail-handlers.server.ts'
import { now, setClock } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { unsubscribeToken } from '#app/mail/unsubscribe-token.server.ts'
import { subject } from '#emails/association-week.tsx'
import { aHolder } from '#test/builders.ts'
import { anAssociation } from '#test/coverage.ts'
import { testDatabase } from '#test/database.ts'
import { aMandate } from '#test/mandates.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { oweWeeks } from './owe-weeks.server.ts'
import { withWeeks } from './week-mail-handlers.server.ts'

const db = await testDatabase()
const handlers = withWeeks(noticeMailHandlers)
afterEach(() => setClock(null))

const duties = async () =>
  (
    await db.owner.query<{ id: string; day: string; organisation: string }>(
      `select id, gathers_on::text as day, organisation_id as organisation from mail_duty where kind = 'association-week' order by gathers_on`,
    )
  ).rows
const dutyOf = (id: string) => ({
  id,
  kind: 'association-week',
  noticeId: null,
  eventSequence: null,
  audience: 'association',
  organisationId: null,
  personId: null,
  address: null,
  locale: null,
  facts: null,
  vendorId: null,
  gathersOn: '2026-01-01',
  filingId: null,
})

/** Eight days after Monday morning has come to Tokyo for the next time. */
function mondayMorning(weeks: number): Date {
  const at = now()
  const day = new Date(
    Date.UTC(
      at.getUTCFullYear(),
      at.getUTCMonth(),
      at.getUTCDate() + ((8 - at.getUTCDay()) % 7 || 7) + 7 * weeks - 1,
      23,
      30,
    ),
  )
  return day
}

test('an association hears on Monday whom its members wait on: once, also after downtime, and never of others', async () => {
  const member = await anAssociation(db.owner)
  const pair = await aPair(db.owner)
  const second = { ...(await aHolder(db.owner)) }
  await aMandate(db.owner, {
    associationId: member.organisation.id,
    memberId: pair.holder.organisation.id,
    acceptedBy: pair.holder.person.id,
  })
  await aMandate(db.owner, {
    associationId: member.organisation.id,
    memberId: second.organisation.id,
    acceptedBy: second.person.id,
    vendors: [pair.holder.organisation.id],
  })
  await db.owner.query(`update mandate_grant set ends_at = null`)
  await aSentNotice(db.owner, pair)
  await aSentNotice(db.owner, pair)
  const idle = await anAssociation(db.owner)

  setClock(mondayMorning(4))
  await oweWeeks()
  await oweWeeks()
  const [duty, ...others] = await duties()
  expect(others).toEqual([])
  expect(duty?.organisation).toBe(member.organisation.id)
  expect(duty?.organisation).not.toBe(idle.organisation.id)

  const mail = {
    ...dutyOf(duty?.id ?? ''),
    dutyId: duty?.id ?? '',
    id: 'mail',
    toAddress: member.email,
    personId: member.personId,
    contactId: null,
    linkId: null,
    locale: 'en' as const,
  }
  const [recipients, wording, stale] = await withWorker(
    async (tx) =>
      [
        await handlers.recipients(tx, [dutyOf(duty?.id ?? '')]),
        (await handlers.wordings(tx, [mail])).get('mail'),
        await handlers.stale(tx, [mail]),
      ] as const,
  )
  expect(recipients.map(({ personId }) => personId)).toEqual([member.personId])
  if (wording === undefined || 'unwritable' in wording) throw new Error('The week has nothing to say.')
  expect(wording.facts).toMatchObject({ total: 1, lines: [{ members: 1, notices: 2 }] })
  // What a number says, its link lists.
  const { lines } = z.object({ lines: z.array(z.object({ url: z.url() })) }).parse(wording.facts)
  const listed = await findTable({ member, query: readTableQuery(lines[0]?.url ?? '') })
  expect(listed?.matching).toBe(2)
  expect(wording.unsubscribeUrl).toContain('/unsubscribe/')
  expect(stale.size).toBe(0)

  // A week of downtime owes one mail, the last.
  setClock(mondayMorning(6))
  await oweWeeks()
  expect(await duties()).toHaveLength(2)

  // One click ends it; what nobody waits for any more is not sent.
  await setUnsubscribed(unsubscribeToken({ who: { person: member.personId }, topic: 'association-week' }), true)
  expect((await findMailChoices(member))['association-week']).toBe('never')
  expect(await withWorker((tx) => handlers.recipients(tx, [dutyOf(duty?.id ?? '')]))).toEqual([])
  await db.owner.query('delete from mandate_grant')
  expect([...(await withWorker((tx) => handlers.stale(tx, [mail])))]).toEqual(['mail'])
  setClock(mondayMorning(7))
  expect(await oweWeeks()).toBe(0)
})

test('the mail says who waits for whom and for how long, in so many words', () => {
  const line = { vendor: 'Vendor X', members: 14, notices: 22, days: 31, url: 'https://x.test/' }
  const said = (given: Partial<typeof line>) =>
    subject({ lines: [{ ...line, ...given }], total: 1, url: line.url, unsubscribeUrl: line.url })
  expect(said({})).toBe('14 members wait on Vendor X, oldest 31 days')
  expect(said({ members: 1, days: 1 })).toBe('1 member waits on Vendor X, oldest 1 day')
})
