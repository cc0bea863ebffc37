import { describe, expect, test } from 'vitest'
import { setClock } from '#app/platform/clock.server.ts'
import { newId } from '#app/platform/id.ts'
import { runOneJob } from '#app/platform/run-jobs.server.ts'
import { aPerson, insert } from '#test/builders.ts'
import { anAssociationWithMember, queued, resultOf, run, tagsOf } from '#test/bulk-acts.ts'
import { testDatabase } from '#test/database.ts'
import { copyNotices } from '#test/many-notices.ts'
import { memberOf } from '#test/members.ts'
import { aNotice, aPair, aSentNotice } from '#test/notices.ts'
import { chooseNotices } from './choose-notices.server.ts'
import { findAct } from './find-act.server.ts'
import { queueAct, stopAct } from './queue-act.server.ts'

const db = await testDatabase()
setClock(new Date('2026-11-02T18:00:00Z'))

test('an act is done row by row, once, however often it is sent and run', async () => {
  const { member, pair } = await anAssociationWithMember(db.owner)
  const notice = await aSentNotice(db.owner, pair)
  await copyNotices(db.owner, notice.id, 6)
  const actId = newId()
  const choice = { kind: 'all', filter: {} } as const
  await Promise.all([chooseNotices(member, { actId, choice }), chooseNotices(member, { actId, choice })])
  const asked = { act: 'note', text: 'Ask Sato' } as const
  expect(await Promise.all([queueAct(member, { actId, asked }), queueAct(member, { actId, asked })])).toEqual([
    { queued: true },
    { queued: true },
  ])
  const jobs = { 'bulk-act': ({ subjectId }: { subjectId: string }) => run(subjectId) }
  await expect(runOneJob(jobs)).resolves.toBe(true)
  await expect(runOneJob(jobs)).resolves.toBe(false)
  await Promise.all([run(actId), run(actId)])
  expect(await resultOf(member, actId)).toMatchObject({ status: 'done', done: 7, waiting: 0, refused: 0 })
  const { rows } = await db.owner.query('select count(*)::int as notes from notice_note')
  expect(rows).toEqual([{ notes: 7 }])
})

test('two processes that do the same act do no row twice', async () => {
  const { member, pair } = await anAssociationWithMember(db.owner)
  const notice = await aSentNotice(db.owner, pair)
  await copyNotices(db.owner, notice.id, 30)
  const actId = await queued(member, { act: 'note', text: 'Once' })
  await Promise.all([run(actId), run(actId), run(actId)])
  const { rows } = await db.owner.query(`select count(*)::int as notes from notice_note where text = 'Once'`)
  expect(rows).toEqual([{ notes: 31 }])
})

describe('a right is asked for at the moment of acting', () => {
  test('of a mandate that was narrowed after the choice', async () => {
    const { member, pair, mandate } = await anAssociationWithMember(db.owner)
    const notice = await aSentNotice(db.owner, pair)
    const actId = await queued(member, { act: 'tag', tag: 'x' })
    await db.owner.query('update mandate_grant set vendors = $2 where mandate_id = $1', [mandate.id, [newId()]])
    await run(actId)
    expect(await resultOf(member, actId)).toMatchObject({ status: 'done', missing: 1, done: 0 })
    expect(await tagsOf(db.owner, notice.id)).toEqual([])
  })

  test('of an editor who became a viewer, and of one who left', async () => {
    const { member, pair, association } = await anAssociationWithMember(db.owner)
    const notice = await aSentNotice(db.owner, pair)
    const [first, second] = [
      await queued(member, { act: 'tag', tag: 'x' }),
      await queued(member, { act: 'tag', tag: 'y' }),
    ]
    const colleague = memberOf(
      await aPerson(db.owner, { organisationId: association.organisation.id }),
      association.organisation,
      { kind: 'association' },
    )
    await db.owner.query(`update membership set role = 'viewer' where person_id = $1`, [association.person.id])
    await run(first)
    expect(await resultOf(member, first)).toMatchObject({ refused: 1, because: ['role-too-low'] })
    await db.owner.query('delete from membership where person_id = $1', [association.person.id])
    await run(second)
    expect(await resultOf(colleague, second)).toMatchObject({ status: 'done', refused: 1, because: ['no-member'] })
    expect(await tagsOf(db.owner, notice.id)).toEqual([])
  })

  test('withdrawing and chasing need a mandate to file', async () => {
    const { member, pair } = await anAssociationWithMember(db.owner, { scopes: ['view'] })
    const notice = await aSentNotice(db.owner, pair)
    for (const asked of [{ act: 'withdraw', reason: 'Licensed elsewhere' }, { act: 'chase' }] as const) {
      const actId = await queued(member, asked)
      await run(actId)
      expect(await resultOf(member, actId)).toMatchObject({ refused: 1, because: ['needs-file'] })
    }
    const { rows } = await db.owner.query('select stage from notice where id = $1', [notice.id])
    expect(rows).toEqual([{ stage: 'sent' }])
  })
})

test('a mandate to file lets an association chase and withdraw what its member filed', async () => {
  const { member, pair } = await anAssociationWithMember(db.owner, { scopes: ['view', 'file'] })
  setClock(new Date('2026-11-02T18:00:00Z'))
  const notice = await aSentNotice(db.owner, pair)
  setClock(new Date('2026-11-12T18:00:00Z'))
  for (const asked of [{ act: 'chase' }, { act: 'withdraw', reason: 'Licensed elsewhere' }] as const) {
    const actId = await queued(member, asked)
    await run(actId)
    expect(await resultOf(member, actId)).toMatchObject({ done: 1, because: [] })
  }
  setClock(new Date('2026-11-02T18:00:00Z'))
  const { rows } = await db.owner.query(
    `select e.type, p.facts->>'organisation' as by from notice_event e join event_person p on p.notice_id = e.notice_id and p.sequence = e.sequence
     where e.notice_id = $1 and e.type in ('reminder.due', 'notice.withdrawn') order by e.sequence`,
    [notice.id],
  )
  // The ledger says who acted for the member.
  const by = member.organisation.name
  expect(rows).toEqual([
    { type: 'reminder.due', by },
    { type: 'notice.withdrawn', by },
  ])
})

describe('who may begin', () => {
  test('a viewer takes files and does nothing else', async () => {
    const { member, pair } = await anAssociationWithMember(db.owner, { role: 'viewer' })
    await aSentNotice(db.owner, pair)
    const actId = newId()
    await chooseNotices(member, { actId, choice: { kind: 'all', filter: {} } })
    expect(await queueAct(member, { actId, asked: { act: 'tag', tag: 'x' } })).toEqual({
      queued: false,
      because: 'role-too-low',
    })
    expect(await queueAct(member, { actId, asked: { act: 'export', format: 'csv' } })).toEqual({ queued: true })
  })

  test('nobody sees, begins or stops the act of another organisation', async () => {
    const [{ member, pair }, { member: stranger }] = [
      await anAssociationWithMember(db.owner),
      await anAssociationWithMember(db.owner),
    ]
    const notice = await aSentNotice(db.owner, pair)
    const actId = newId()
    await chooseNotices(member, { actId, choice: { kind: 'all', filter: {} } })
    expect(await findAct(stranger, { actId, cursor: null })).toBeNull()
    expect(await queueAct(stranger, { actId, asked: { act: 'tag', tag: 'x' } })).toEqual({
      queued: false,
      because: 'not-now',
    })
    expect(await stopAct(stranger, actId)).toBe(false)
    // What cannot be seen is not chosen by naming it.
    const named = newId()
    await chooseNotices(stranger, { actId: named, choice: { kind: 'ticked', noticeIds: [notice.id] } })
    expect(await queueAct(stranger, { actId: named, asked: { act: 'tag', tag: 'x' } })).toEqual({
      queued: false,
      because: 'nothing',
    })
  })
})

test('a stopped act keeps what was done and leaves the rest', async () => {
  const { member, pair } = await anAssociationWithMember(db.owner)
  const notice = await aSentNotice(db.owner, pair)
  await copyNotices(db.owner, notice.id, 3)
  const actId = await queued(member, { act: 'tag', tag: 'x' })
  expect(await stopAct(member, actId)).toBe(true)
  await run(actId)
  expect(await resultOf(member, actId)).toMatchObject({ status: 'stopped', waiting: 4, done: 0 })
})

test('an act that was killed goes on with the rows that wait', async () => {
  const { member, pair } = await anAssociationWithMember(db.owner)
  const notice = await aSentNotice(db.owner, pair)
  await copyNotices(db.owner, notice.id, 9)
  const actId = await queued(member, { act: 'note', text: 'Killed' })
  // As a killed process leaves it: some rows done, the act still running.
  await db.owner.query(`update bulk_act set status = 'running' where id = $1`, [actId])
  await db.owner.query(`update bulk_row set status = 'done' where act_id = $1 and position <= 4`, [actId])
  await run(actId)
  const { rows } = await db.owner.query(`select count(*)::int as notes from notice_note where text = 'Killed'`)
  expect(rows).toEqual([{ notes: 6 }])
  expect(await resultOf(member, actId)).toMatchObject({ status: 'done', done: 10 })
})

test('a row that stumbles waits, and those behind it are done', async () => {
  const { member, pair } = await anAssociationWithMember(db.owner)
  const notice = await aSentNotice(db.owner, pair)
  await copyNotices(db.owner, notice.id, 9)
  const actId = await queued(member, { act: 'note', text: 'Stumbles' })
  await db.owner.query(`
    create function stumble() returns trigger language plpgsql as $$ begin
      if new.notice_id in (select notice_id from bulk_row where act_id = '${actId}' order by position limit 1) then
        raise exception 'stumbled';
      end if;
      return new;
    end $$;
    create trigger stumble before insert on notice_note for each row execute function stumble()`)
  try {
    await expect(run(actId)).rejects.toThrow('interrupted')
    expect(await resultOf(member, actId)).toMatchObject({ status: 'running', done: 9, waiting: 1 })
  } finally {
    await db.owner.query('drop trigger stumble on notice_note; drop function stumble')
  }
  await run(actId)
  expect(await resultOf(member, actId)).toMatchObject({ status: 'done', done: 10, waiting: 0 })
})

describe('a holder acts on its own notices', () => {
  test('withdraws some, and each that may not be withdrawn says why', async () => {
    const pair = await aPair(db.owner)
    const [open, ended] = [await aSentNotice(db.owner, pair), await aNotice(db.owner, pair)]
    const first = await queued(
      pair.holder.member,
      { act: 'withdraw', reason: 'Licensed' },
      { kind: 'ticked', noticeIds: [ended.id] },
    )
    await run(first)
    const actId = await queued(pair.holder.member, { act: 'withdraw', reason: 'Licensed' })
    await run(actId)
    expect(await resultOf(pair.holder.member, actId)).toMatchObject({ done: 1, refused: 1 })
    const { rows } = await db.owner.query('select stage from notice where id = any($1)', [[open.id, ended.id]])
    expect(rows).toEqual([{ stage: 'withdrawn' }, { stage: 'withdrawn' }])
  })

  test('chases what is late once a day, and within the caps', async () => {
    const pair = await aPair(db.owner)
    setClock(new Date('2026-11-02T18:00:00Z'))
    const notice = await aSentNotice(db.owner, pair)
    const chase = async () => {
      const actId = await queued(pair.holder.member, { act: 'chase' })
      await run(actId)
      const { done, because } = await resultOf(pair.holder.member, actId)
      return done === 1 ? 'chased' : because[0]
    }
    const came: unknown[] = [await chase()]
    for (let day = 11; day <= 19; day += 1) {
      setClock(new Date(`2026-11-${day}T18:00:00Z`))
      came.push(await chase(), await chase())
    }
    setClock(new Date('2026-11-02T18:00:00Z'))
    expect(came[0]).toBe('nothing-late')
    expect(came.filter((each) => each === 'chased')).toHaveLength(5)
    expect(came.slice(1, 3)).toEqual(['chased', 'chased-today'])
    expect(came.at(-1)).toBe('chased-enough')
    const { rows } = await db.owner.query(
      `select actor, payload->>'reminder' as reminder from notice_event where notice_id = $1 and type = 'reminder.due'`,
      [notice.id],
    )
    expect(rows).toHaveLength(5)
    expect(rows[0]?.reminder).toBe('acknowledge_overdue')
    const lines = await db.owner.query(
      `select d.kind, count(*)::int as lines from mail_line l join mail_duty d on d.id = l.duty_id where l.notice_id = $1 group by 1 order by 1`,
      [notice.id],
    )
    expect(lines.rows).toEqual([
      { kind: 'dates-passed', lines: 1 },
      { kind: 'vendor-reminder', lines: 5 },
    ])
  })
})

test('nobody is given notices who does not belong to the organisation', async () => {
  const { member, pair } = await anAssociationWithMember(db.owner)
  const notice = await aSentNotice(db.owner, pair)
  const actId = newId()
  await chooseNotices(member, { actId, choice: { kind: 'all', filter: {} } })
  expect(await queueAct(member, { actId, asked: { act: 'assign', person: pair.holder.person.id } })).toEqual({
    queued: false,
    because: 'nobody-there',
  })
  const assigned = await queued(member, { act: 'assign', person: member.personId })
  await run(assigned)
  const { rows } = await db.owner.query('select person_id from notice_assignment where notice_id = $1', [notice.id])
  expect(rows).toEqual([{ person_id: member.personId }])
  await insert(db.owner, 'notice_tag', {
    organisation_id: pair.holder.organisation.id,
    notice_id: notice.id,
    tag: 'own',
    tagged_by: pair.holder.person.id,
    tagged_at: new Date(),
  })
  await run(await queued(member, { act: 'untag', tag: 'own' }))
  // Another organisation's tag of the same name stays.
  expect(await tagsOf(db.owner, notice.id)).toEqual(['own'])
})
