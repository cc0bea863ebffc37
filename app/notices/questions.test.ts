import { assert, constantFrom, date, property } from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { askedWorks, askForm, remindersOf, sendBackForm } from './questions.ts'

const question = '01936d0e-0000-7000-8000-000000000001'
const work = '01936d0e-0000-7000-8000-000000000002'

describe('reminders of a question', () => {
  test.each([
    // Half past eight in the evening in Tokyo is the day before elsewhere.
    ['2026-11-19T11:30:00Z', 'Asia/Tokyo', '2026-11-22T00:00:00.000Z', '2026-11-26T00:00:00.000Z'],
    ['2026-11-19T15:30:00Z', 'Asia/Tokyo', '2026-11-23T00:00:00.000Z', '2026-11-27T00:00:00.000Z'],
    // The clocks change on 29 March and on 25 October 2026 in Berlin.
    ['2026-03-27T10:00:00Z', 'Europe/Berlin', '2026-03-30T07:00:00.000Z', '2026-04-03T07:00:00.000Z'],
    ['2026-10-23T10:00:00Z', 'Europe/Berlin', '2026-10-26T08:00:00.000Z', '2026-10-30T08:00:00.000Z'],
    // 2028 has a 29 February, 2027 has none.
    ['2028-02-26T10:00:00Z', 'UTC', '2028-02-29T09:00:00.000Z', '2028-03-04T09:00:00.000Z'],
    ['2027-02-26T10:00:00Z', 'UTC', '2027-03-01T09:00:00.000Z', '2027-03-05T09:00:00.000Z'],
  ])('asked %s, holder in %s: %s and %s', (askedAt, timeZone, first, last) => {
    const reminders = remindersOf(askedAt, timeZone)
    expect(reminders['question-reminder'].toISOString()).toBe(first)
    expect(reminders['question-last-reminder'].toISOString()).toBe(last)
  })

  test('come at nine, or at the first minute after it, three and seven days later in every zone', () => {
    const zones = constantFrom('Asia/Tokyo', 'Europe/Berlin', 'America/Los_Angeles', 'Africa/Cairo', 'Pacific/Apia')
    assert(
      property(
        date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        zones,
        (asked, timeZone) => {
          const reminders = remindersOf(asked.toISOString(), timeZone)
          const here = (at: Date) => Temporal.Instant.from(at.toISOString()).toZonedDateTimeISO(timeZone)
          for (const [kind, days] of [
            ['question-reminder', 3],
            ['question-last-reminder', 7],
          ] as const) {
            expect(here(asked).toPlainDate().until(here(reminders[kind]).toPlainDate()).days).toBe(days)
            expect(here(reminders[kind]).hour).toBe(9)
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('the form for asking', () => {
  const typed = { question, kind: 'works', about: 'all', text: 'Which films are meant?' }

  test('takes a question on all works, on some, and on those that words find', () => {
    expect(askedWorks(askForm.parse(typed))).toEqual({ kind: 'all' })
    expect(askedWorks(askForm.parse({ ...typed, about: 'chosen', work: [work] }))).toEqual({
      kind: 'chosen',
      workIds: [work],
    })
    expect(askedWorks(askForm.parse({ ...typed, about: 'found', q: ' digimon ' }))).toEqual({
      kind: 'found',
      text: 'digimon',
    })
    expect(askedWorks(askForm.parse({ ...typed, about: 'found' }))).toBeNull()
    expect(askedWorks(askForm.parse({ ...typed, about: 'chosen' }))).toBeNull()
  })

  test.each([
    ['text', '  '],
    ['text', 'x'.repeat(5001)],
    ['text', 'a lone surrogate \uD800'],
    ['text', 'a null \0 inside'],
    ['kind', 'incomplete'],
    ['question', 'not-an-id'],
    ['about', 'none'],
  ])('refuses %s %j', (field, value) => {
    expect(askForm.safeParse({ ...typed, [field]: value }).success).toBe(false)
  })

  test('a notice is sent back with a reason or not at all', () => {
    const back = { question, text: 'Please name the films.' }
    expect(sendBackForm.safeParse({ ...back, reason: [] }).success).toBe(false)
    expect(sendBackForm.safeParse({ ...back, reason: ['nonsense'] }).success).toBe(false)
    expect(sendBackForm.safeParse({ ...back, reason: ['works', 'rights'] }).success).toBe(true)
  })
})
