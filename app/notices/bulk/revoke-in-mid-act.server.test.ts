import { expect, test } from 'vitest'
import { testDatabase } from '#test/database.ts'
import { anAssociationWithMember, queued, resultOf, run } from '#test/bulk-acts.ts'
import { aMandate } from '#test/mandates.ts'
import { copyNotices } from '#test/many-notices.ts'
import { aPair, aSentNotice } from '#test/notices.ts'

const db = await testDatabase()

test(
  'what a mandate covers no more is refused and reported, in the middle of ten thousand',
  { timeout: 240_000 },
  async () => {
    const { member, pair, mandate, association } = await anAssociationWithMember(db.owner)
    const other = await aPair(db.owner)
    await aMandate(db.owner, {
      associationId: association.organisation.id,
      memberId: other.holder.organisation.id,
      acceptedBy: other.holder.person.id,
    })
    const [mine, theirs] = [await aSentNotice(db.owner, pair), await aSentNotice(db.owner, other)]
    await copyNotices(db.owner, mine.id, 8_999)
    await copyNotices(db.owner, theirs.id, 999)
    const actId = await queued(member, { act: 'tag', tag: 'autumn' })
    const running = run(actId)
    const done = async () =>
      (
        await db.owner.query<{ n: number }>(
          `select count(*)::int as n from bulk_row where act_id = $1 and status <> 'waiting'`,
          [actId],
        )
      ).rows[0]?.n ?? 0
    while ((await done()) < 3_000);
    await db.owner.query('delete from mandate_grant where mandate_id = $1', [mandate.id])
    const tagged = async () =>
      (
        await db.owner.query<{ n: number }>(
          'select count(*)::int as n from notice_tag t join notice n on n.id = t.notice_id where n.holder_organisation_id = $1',
          [pair.holder.organisation.id],
        )
      ).rows[0]?.n
    const atRevocation = await tagged()
    await running
    const result = await resultOf(member, actId)
    expect(result.done + result.missing).toBe(10_000)
    expect(result.missing).toBeGreaterThan(1_000)
    expect(new Set(result.because)).toEqual(new Set(['missing']))
    // The revocation waited for the rows under way; after it there was none.
    expect(await tagged()).toBe(atRevocation)
    const { rows } = await db.owner.query(
      `select r.status, n.holder_organisation_id = $2 as "ofOther", count(t.tag)::int = count(*)::int as "asSaid" from bulk_row r join notice n on n.id = r.notice_id
     left join notice_tag t on t.notice_id = n.id where r.act_id = $1 group by 1, 2 order by 1, 2`,
      [actId, other.holder.organisation.id],
    )
    expect(rows.filter(({ ofOther }) => ofOther)).toEqual([{ status: 'done', ofOther: true, asSaid: true }])
    expect(rows.find(({ status, ofOther }) => status === 'done' && !ofOther)?.asSaid).toBe(true)
  },
)
