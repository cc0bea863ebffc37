import { expect, test } from 'vitest'
import { recallFiling } from '#app/notices/recall-filing.server.ts'
import { testDatabase } from './database.ts'
import { aFiler } from './filer.ts'
import { aReadyDraft, fileDraft, linkDuplicates } from './filings.ts'
import { postOffice } from './inbound.ts'

// npm run test:faults asks for more.
const races = Number(process.env['CAVEAT_RACES'] ?? 6)

const db = await testDatabase()
const { member, colleague, wanted } = await aFiler(db.owner)

test('a filing that is ordered, taken back and begun to be sent at once is filed once and goes one way', async () => {
  await db.owner.query('update organisation set undo_minutes = 0 where id = $1', [member.organisation.id])
  for (let round = 0; round < races; round += 1) {
    const draftId = await aReadyDraft(member, wanted)
    await linkDuplicates(member, draftId)
    const post = postOffice()
    const orders = await Promise.all([member, colleague, member, colleague].map((who) => fileDraft(who, draftId)))
    const filed = orders.flatMap((order) => (order.filed ? [order] : []))
    expect(new Set(filed.map(({ reference }) => reference)).size).toBe(1)
    expect(filed.filter(({ repeated }) => !repeated)).toHaveLength(1)
    const reference = filed[0]?.reference ?? ''
    const recalling = [member, colleague].map((who) => recallFiling({ member: who, reference }))
    const [recalls] = await Promise.all([
      Promise.all(round % 2 === 0 ? recalling : recalling.toReversed()),
      post.send(),
    ])
    await post.send()
    const taken = recalls.filter(({ recalled }) => recalled)
    const { rows } = await db.owner.query<{ stage: string; mailed: string[] | null; types: string[] }>(
      `select n.stage, (select array_agg(m.to_address order by m.id) from outgoing_mail m where m.notice_id = n.id and m.kind = 'notice-served') as mailed,
         (select array_agg(e.type order by e.sequence) from notice_event e where e.notice_id = n.id) as types
       from notice n join filing f on f.id = n.filing_id where f.reference = $1`,
      [reference],
    )
    expect(rows).toHaveLength(3)
    // Either everything went back and nothing was sent, or everything was sent and nothing went back.
    expect(taken.length).toBeLessThan(2)
    for (const { stage, mailed, types } of rows) {
      const addresses = mailed ?? []
      expect(new Set(addresses).size).toBe(addresses.length)
      expect(addresses.length > 0).toBe(taken.length === 0)
      const accepted = addresses.map(() => 'message.accepted')
      const back = { stage: 'draft', types: ['notice.submitted', 'notice.recalled'] }
      const sent = { stage: 'sent', types: ['notice.submitted', ...accepted] }
      expect({ stage, types }).toEqual(taken.length === 1 ? back : sent)
    }
  }
}, 600_000)
