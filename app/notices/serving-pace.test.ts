import { array, assert, integer, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { paceMails, paceWindow, type PacedMail } from './serving-pace.ts'

const hour = paceWindow

function most(instants: readonly number[]): number {
  const sorted = instants.toSorted((one, other) => one - other)
  return Math.max(0, ...sorted.map((from) => sorted.filter((each) => each >= from && each < from + hour).length))
}

test('the first mails leave at once, the next when an hour is over', () => {
  const mails = ['a', 'b', 'c', 'd', 'e'].map((id): PacedMail => ({ id, limits: ['contact'] }))
  const slots = paceMails(mails, new Map([['contact', { perHour: 2, begun: [] }]]), 1000)
  expect([...slots.values()]).toEqual([1000, 1000, 1000 + hour, 1000 + hour, 1000 + 2 * hour])
})

test('what began within the hour counts, also what is to begin', () => {
  const limit = { perHour: 2, begun: [hour + 500, 200, 800] }
  const slots = paceMails([{ id: 'a', limits: ['contact'] }], new Map([['contact', limit]]), 1000)
  expect(slots.get('a')).toBe(800 + hour)
})

test('a mail under two limits keeps both', () => {
  const limits = new Map([
    ['operator', { perHour: 3, begun: [0] }],
    ['own', { perHour: 1, begun: [100] }],
  ])
  const slots = paceMails([{ id: 'a', limits: ['operator', 'own'] }], limits, 200)
  expect(slots.get('a')).toBe(100 + hour)
})

test('a limit of nothing is no limit anybody can have meant', () => {
  const limits = new Map([['contact', { perHour: 0, begun: [] }]])
  expect(() => paceMails([{ id: 'a', limits: ['contact'] }], limits, 0)).toThrow(RangeError)
})

const arrivals = array(record({ gap: integer({ min: 0, max: hour }), count: integer({ min: 1, max: 8 }) }), {
  maxLength: 12,
})

test('whatever comes when, and however late the worker is, no hour holds more, and all leave in the end', () => {
  assert(
    property(arrivals, integer({ min: 1, max: 5 }), integer({ min: 0, max: hour }), (rounds, perHour, lag) => {
      const limits = (begun: readonly number[]) => new Map([['contact', { perHour, begun }]])
      const begun: { id: string; at: number }[] = []
      let waiting: { id: string; due: number }[] = []
      let at = 0
      let number = 0
      const pass = (): void => {
        const due = waiting.filter((mail) => mail.due <= at)
        const slots = paceMails(
          due.map(({ id }) => ({ id, limits: ['contact'] })),
          limits(begun.map((mail) => mail.at)),
          at,
        )
        for (const { id } of due) if (slots.get(id) === at) begun.push({ id, at })
        const gone = new Set(begun.map(({ id }) => id))
        waiting = waiting
          .filter(({ id }) => !gone.has(id))
          .map(({ id, due: before }) => ({ id, due: slots.get(id) ?? before }))
      }
      for (const { gap, count } of rounds) {
        at += gap
        for (let each = 0; each < count; each += 1)
          waiting.push({ id: String((number += 1)).padStart(4, '0'), due: at })
        pass()
      }
      for (let round = 0; waiting.length > 0 && round < 500; round += 1) {
        at = Math.max(at, Math.min(...waiting.map(({ due }) => due))) + lag
        pass()
      }
      expect(waiting).toEqual([])
      expect(most(begun.map((mail) => mail.at))).toBeLessThanOrEqual(perHour)
      expect(new Set(begun.map(({ id }) => id)).size).toBe(number)
    }),
  )
})
