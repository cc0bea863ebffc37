import { afterEach, expect, test } from 'vitest'
import { now, setClock } from '#app/platform/clock.server.ts'
import { dayFromNow, filedBy, inForce, mandateMails, seeAll, seesNotice } from '#test/associations.ts'
import { testDatabase } from '#test/database.ts'
import { aNotice, aSentNotice } from '#test/notices.ts'
import { endMandates } from './end-mandates.server.ts'

const db = await testDatabase()
afterEach(() => setClock(null))
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)

test('both sides are told 30 days before, once; after the last day nothing is seen and nothing unsent is sent', async () => {
  const { association, pair, mandateId } = await inForce(db.owner, {
    ...seeAll,
    scopes: ['view', 'file'],
    endsOn: dayFromNow(40),
  })
  const [queued, sent] = [await aNotice(db.owner, pair), await aSentNotice(db.owner, pair)]
  await filedBy(db.owner, association.organisation.id, queued.id)
  expect(await endMandates()).toEqual({ told: 0, ended: 0 })

  setClock(inDays(15))
  expect(await endMandates()).toEqual({ told: 1, ended: 0 })
  expect(await endMandates()).toEqual({ told: 0, ended: 0 })
  for (const { person } of [association, pair.holder])
    expect(await mandateMails(db.owner, 'mandate-ends-soon', person.id)).toHaveLength(1)
  expect(await seesNotice(association.person.id, sent.id)).toBe(true)

  setClock(inDays(42))
  expect(await endMandates()).toEqual({ told: 0, ended: 1 })
  expect(await endMandates()).toEqual({ told: 0, ended: 0 })
  expect(await seesNotice(association.person.id, sent.id)).toBe(false)
  expect(await mandateMails(db.owner, 'mandate-ended', association.person.id)).toMatchObject([{ stopped: 1 }])
  const { rows } = await db.owner.query(
    `select n.stage, (select payload ->> 'because' from notice_event e where e.notice_id = n.id order by sequence desc limit 1) as because
     from notice n where id = any ($1) order by n.id`,
    [[queued.id, sent.id]],
  )
  expect(rows).toMatchObject([{ stage: 'withdrawn', because: 'expired' }, { stage: 'sent' }])
  const { rows: versions } = await db.owner.query(
    'select ended_at, revoked_at from mandate_version where mandate_id = $1',
    [mandateId],
  )
  expect(versions).toMatchObject([{ ended_at: expect.any(Date), revoked_at: null }])
  expect(now().getTime()).toBeGreaterThan(Date.now())
})
