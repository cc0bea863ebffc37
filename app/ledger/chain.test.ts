import { array, assert, constantFrom, integer, property, record, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  eventText,
  firstPrevious,
  sealEvent,
  tombstoneOf,
  verifyChain,
  type LedgerEvent,
  type StoredEvent,
} from './chain.ts'
import { newSalt, sha256 } from './hash.server.ts'

const first: LedgerEvent = {
  notice: '0199c9a0-0000-7000-8000-000000000001',
  sequence: 1,
  type: 'notice.submitted',
  actor: 'holder',
  channel: 'portal',
  at: '2026-11-22T01:02:03.004Z',
  payload: { stage: 'queued', works: 176 },
  previous: firstPrevious,
}
const person = { salt: '00'.repeat(16), facts: { name: '鈴木 一郎', role: 'owner' } }

test('the bytes of a line and its hash, recomputed with sha256sum', () => {
  expect(eventText(first)).toBe(
    '{"actor":"holder","at":"2026-11-22T01:02:03.004Z","channel":"portal","notice":"0199c9a0-0000-7000-8000-000000000001",' +
      '"payload":{"stage":"queued","works":176},"previous":"0000000000000000000000000000000000000000000000000000000000000000",' +
      '"sequence":1,"type":"notice.submitted","v":1}',
  )
  expect(sealEvent(first, undefined, sha256).hash).toBe(
    '839ebf115c58e596fed4e5ad534c7785e79335121a0d6a6ab64ef3258424df68',
  )
  const named = sealEvent(first, person, sha256)
  expect(named.payload['person']).toBe('99665887fee95ec217be2e27fd821ae21a2fe1ae72269af3b14c907f0419b3e0')
  expect(JSON.stringify(named.payload)).not.toContain('鈴木')
})

test.each(['2026-11-22T01:02:03Z', '2026-11-22T01:02:03.004+00:00', '2026-11-22'])(
  '%s is no instant of the ledger',
  (at) => {
    expect(() => eventText({ ...first, at })).toThrow(RangeError)
  },
)

test('a payload cannot claim a person of its own', () => {
  expect(() => sealEvent({ ...first, payload: { person: 'x' } }, undefined, sha256)).toThrow(TypeError)
})

function chainOf(
  lines: readonly { readonly type: string; readonly note: string; readonly named: boolean }[],
): readonly StoredEvent[] {
  const chain: StoredEvent[] = []
  for (const { type, note, named } of lines) {
    const line = {
      ...first,
      type,
      sequence: chain.length + 1,
      payload: { note },
      previous: chain.at(-1)?.hash ?? firstPrevious,
    }
    chain.push(sealEvent(line, named ? { salt: newSalt(), facts: { note } } : undefined, sha256))
  }
  return chain
}

const lines = array(
  record({ type: constantFrom('a.b', 'c.d'), note: string({ unit: 'grapheme' }), named: constantFrom(true, false) }),
  { minLength: 1, maxLength: 12 },
)

describe('verifying', () => {
  test('an empty chain and every chain that was sealed hold', () => {
    expect(verifyChain([], sha256)).toMatchObject({ sound: true, lines: 0 })
    assert(
      property(lines, (given) => {
        const chain = chainOf(given)
        expect(verifyChain(chain, sha256)).toEqual({
          sound: true,
          lines: chain.length,
          lastHash: chain.at(-1)?.hash,
          erased: 0,
        })
      }),
    )
  })

  test('erasing the facts about persons leaves the chain sound', () => {
    assert(
      property(lines, (given) => {
        const chain = chainOf(given).map((event) =>
          event.person ? { ...event, person: tombstoneOf(event.person) } : event,
        )
        expect(verifyChain(chain, sha256)).toMatchObject({
          sound: true,
          erased: given.filter(({ named }) => named).length,
        })
      }),
    )
  })

  test('any change of any field of any line is found, at that line', () => {
    const change = constantFrom<(event: StoredEvent) => StoredEvent>(
      (event) => ({ ...event, type: `${event.type}x` }),
      (event) => ({ ...event, actor: 'vendor' }),
      (event) => ({ ...event, channel: 'api' }),
      (event) => ({ ...event, at: '2026-11-22T01:02:03.005Z' }),
      (event) => ({ ...event, at: 'yesterday' }),
      (event) => ({ ...event, notice: '0199c9a0-0000-7000-8000-000000000002' }),
      (event) => ({ ...event, payload: { ...event.payload, more: 1 } }),
      (event) => ({ ...event, payload: { ...event.payload, more: 0.5 } }),
      (event) => ({ ...event, hash: sha256(event.hash) }),
      (event) => ({ ...event, previous: sha256(event.previous) }),
      (event) => ({ ...event, sequence: event.sequence + 1 }),
      (event) => ({ ...event, person: { salt: newSalt(), facts: { note: 'someone else' } } }),
    )
    assert(
      property(lines, integer({ min: 0, max: 11 }), change, (given, pick, alter) => {
        const chain = chainOf(given)
        const at = pick % chain.length
        const broken = chain.map((event, index) => (index === at ? alter(event) : event))
        expect(verifyChain(broken, sha256)).toMatchObject({ sound: false, sequence: at + 1 })
      }),
      { numRuns: 1000 },
    )
  })

  test('a line that was left out or put elsewhere is found', () => {
    const chain = chainOf(Array.from({ length: 4 }, (_, at) => ({ type: 'a.b', note: String(at), named: false })))
    expect(verifyChain(chain.toSpliced(1, 1), sha256)).toEqual({ sound: false, sequence: 2, because: 'sequence' })
    const renumbered = chain.toSpliced(1, 1).map((event, index) => ({ ...event, sequence: index + 1 }))
    expect(verifyChain(renumbered, sha256)).toEqual({ sound: false, sequence: 2, because: 'previous' })
  })

  test('a line whose person was taken away instead of erased is found', () => {
    const { person: _gone, ...rest } = sealEvent(first, person, sha256)
    expect(verifyChain([rest], sha256)).toEqual({ sound: false, sequence: 1, because: 'person' })
  })
})
