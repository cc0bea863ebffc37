import { describe, expect, test } from 'vitest'
import { setClock } from '#app/platform/clock.server.ts'
import { testDatabase } from '#test/database.ts'
import { aPair, aSentNotice } from '#test/notices.ts'
import { anOrganisation } from '#test/builders.ts'
import { acknowledgeNotice } from './acknowledge-notice.server.ts'
import { findInbox, linesAmongOthers } from './find-inbox.server.ts'
import { inboxAddress, inboxParts, readInboxQuery, type Inbox } from './inbox.ts'
import type { Measure } from './measures.ts'
import { recordOutcomes } from './record-outcomes.server.ts'
import { asMember } from './taker.server.ts'

const db = await testDatabase()
const all = { part: null, after: null } as const

const bothMeasures: readonly Measure[] = ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS']

const idsOf = (inbox: Inbox | null) => inboxParts.map((name) => inbox?.parts[name].lines.map(({ id }) => id))

describe('the inbox', () => {
  test('sorts what is open by what presses, and leaves out what is decided', async () => {
    const pair = await aPair(db.owner)
    const { vendor } = pair
    setClock(new Date('2026-11-02T18:00:00Z'))
    const [late, decided] = [await aSentNotice(db.owner, pair), await aSentNotice(db.owner, pair)]
    setClock(new Date('2026-11-20T18:00:00Z'))
    const [waiting, handled] = [await aSentNotice(db.owner, pair), await aSentNotice(db.owner, pair)]
    await asMember(vendor.member, async (tx, taker) => {
      await acknowledgeNotice(tx, { taker, noticeIds: [late.id, handled.id] })
      const answer = { outcome: 'not_used' } as const
      const setting = { measures: bothMeasures, works: { kind: 'all', clear: false } as const, answer }
      await recordOutcomes(tx, { taker, noticeIds: [decided.id], settings: [setting] })
    })
    const inbox = await findInbox(vendor.member, all)
    // Twenty working days from 2 November in California end on 3 December: not within a week of 20 November.
    expect(idsOf(inbox)).toEqual([[waiting.id], [], [late.id, handled.id]])
    setClock(new Date('2026-11-28T18:00:00Z'))
    expect(idsOf(await findInbox(vendor.member, all))).toEqual([[waiting.id], [late.id], [handled.id]])
    expect((await findInbox(vendor.member, all))?.parts.waiting.lines[0]).toMatchObject({
      reference: waiting.reference,
      holder: pair.holder.organisation.name,
      kind: 'exclusion',
      works: 3,
      stage: 'sent',
    })
    setClock(null)
  })

  test('pages a part by its due date, each line once', async () => {
    const pair = await aPair(db.owner)
    const made = []
    for (let each = 0; each < linesAmongOthers + 2; each += 1)
      made.push((await aSentNotice(db.owner, pair, { works: 1 })).id)
    const first = await findInbox(pair.vendor.member, all)
    expect(first?.parts.waiting.count).toBe(linesAmongOthers + 2)
    expect(first?.parts.waiting.lines).toHaveLength(linesAmongOthers)
    const rest = await findInbox(pair.vendor.member, { part: 'waiting', after: first?.parts.waiting.next ?? null })
    const ids = [...(first?.parts.waiting.lines ?? []), ...(rest?.parts.waiting.lines ?? [])].map(({ id }) => id)
    expect(ids.toSorted()).toEqual(made.toSorted())
    expect(rest?.parts.rest.lines).toEqual([])
  })

  test('is nobody else’s', async () => {
    const pair = await aPair(db.owner)
    await aSentNotice(db.owner, pair)
    const other = await aPair(db.owner)
    expect(idsOf(await findInbox(other.vendor.member, all))).toEqual([[], [], []])
    expect(await findInbox(pair.holder.member, all)).toBeNull()
    const unlinked = await anOrganisation(db.owner, 'vendor')
    const stranger = { ...pair.vendor.member, organisation: { ...pair.vendor.member.organisation, id: unlinked.id } }
    expect(await findInbox(stranger, all)).toBeNull()
  })
})

test.each([
  ['/inbox', { part: null, after: null }],
  ['/inbox?show=week', { part: 'week', after: null }],
  ['/inbox?show=everything&after=1', { part: null, after: null }],
  ['/inbox?after=0190aaaa-0000-7000-8000-000000000000', { part: null, after: null }],
])('the address %s asks for %j', (address, query) => {
  expect(readInboxQuery(`http://localhost${address}`)).toEqual(query)
})

test('an address of a page reads back', () => {
  const after = '0190aaaa-0000-7000-8000-000000000000'
  expect(readInboxQuery(`http://localhost${inboxAddress('rest', after)}`)).toEqual({ part: 'rest', after })
})
