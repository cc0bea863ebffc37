import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import * as format from './format.ts'

const en = { locale: 'en' } as const
const ja = { locale: 'ja' } as const

describe('a day', () => {
  test.each([
    [format.formatDay('2026-11-17', en), '17 Nov 2026'],
    [format.formatDay('2026-11-17', ja), '2026年11月17日'],
    [format.formatDay('2026-11-17', { weekday: true, ...en }), 'Tue 17 Nov 2026'],
    [format.formatDay('2026-11-17', { weekday: true, ...ja }), '2026年11月17日（火）'],
    [format.formatDay('2026-11-17', { year: false, ...en }), '17 Nov'],
    [format.formatDay('2026-11-17', { year: false, ...ja }), '11月17日'],
    [format.formatDay(new Date('2026-11-17T00:00:00Z'), en), '17 Nov 2026'],
    [format.formatDayInFull('2026-11-22', 'en'), 'Sunday 22 November 2026'],
    [format.formatDayInFull('2026-11-22', 'ja'), '2026年11月22日（日）'],
    [format.formatDays('2026-11-18', '2026-11-20', en), '18–20 Nov'],
    [format.formatDays('2026-11-18', '2026-11-20', ja), '11月18〜20日'],
    [format.formatDays('2026-11-30', '2026-12-02', en), '30 Nov – 2 Dec'],
    [format.formatDays('2026-12-30', '2027-01-02', ja), '2026年12月30日〜2027年1月2日'],
    [format.formatDays('2026-11-18', '2026-11-18', en), '18 Nov'],
  ])('%s', (written, expected) => expect(written).toBe(expected))

  test('a `date` column never slips to another day', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString().slice(0, 10)
          expect(format.formatDay(new Date(`${day}T00:00:00Z`), en)).toBe(format.formatDay(day, en))
        },
      ),
    )
  })
})

describe('an instant', () => {
  const at = '2026-11-20T05:10:00Z'
  test.each([
    [format.formatTime(at, 'Asia/Tokyo'), '14:10'],
    [format.formatTimeAndCity(at, 'Asia/Tokyo', 'en'), '14:10, Tokyo'],
    [format.formatTimeAndCity(at, 'Asia/Tokyo', 'ja'), '14:10（東京）'],
    [format.formatTimeAndCity(at, 'America/Los_Angeles', 'ja'), '21:10（ロサンゼルス）'],
    [format.formatDate(at, 'America/Los_Angeles', en), '19 Nov 2026'],
    [format.formatDateTime(at, 'Asia/Tokyo', { year: false, ...en }), '20 Nov 14:10'],
    [format.formatDateTime(at, 'Asia/Tokyo', { year: false, ...ja }), '11月20日 14:10'],
    [
      format.formatDateTime('2026-12-12T07:59:59Z', 'Asia/Tokyo', { year: false, weekday: true, ...en }),
      'Sat 12 Dec, 16:59',
    ],
    [
      format.formatDateTime('2026-12-12T07:59:59Z', 'Asia/Tokyo', { year: false, weekday: true, ...ja }),
      '12月12日（土）16:59',
    ],
    [format.formatDateTime(at, 'Asia/Tokyo', en), '20 Nov 2026, 14:10'],
    [format.dayOf('2026-03-29T00:30:00Z', 'Europe/Berlin'), '2026-03-29'],
  ])('%s', (written, expected) => expect(written).toBe(expected))

  test('agrees with another calendar in every zone, over summer time', () => {
    const zones = Intl.supportedValuesOf('timeZone')
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        fc.constantFrom(...zones),
        (date, timeZone) => {
          const parts = new Intl.DateTimeFormat('en-CA', {
            timeZone,
            dateStyle: 'short',
            timeStyle: 'short',
            hourCycle: 'h23',
          })
          expect(`${format.dayOf(date, timeZone)}, ${format.formatTime(date, timeZone)}`).toBe(parts.format(date))
        },
      ),
    )
  })
})

describe('a number', () => {
  test.each([
    [format.formatNumber(0), '0'],
    [format.formatNumber(999), '999'],
    [format.formatNumber(1240), '1,240'],
    [format.formatNumber(-1_234_567), '-1,234,567'],
    [format.formatNumber(12_000_000n), '12,000,000'],
    [format.formatNumber(1234.5), '1,234.5'],
    [format.formatShare(0.71, 'en'), '71 %'],
    [format.formatShare(0.29, 'ja'), '29%'],
    [format.formatShare(0.999, 'en'), '99 %'],
    [format.formatLarge(12_000_000, 'en'), '12.0 million'],
    [format.formatLarge(12_000_000, 'ja'), '1,200万'],
    [format.formatLarge(1_999_999, 'en'), '1.9 million'],
    [format.formatLarge(999_999, 'ja'), '999,999'],
    [format.formatBytes(88, 'en'), '88 bytes'],
    [format.formatBytes(12_400, 'en'), '12 kB'],
    [format.formatBytes(1_400_000, 'ja'), '1.4 MB'],
    [format.formatHash('9f1c0000000000e04b'), '9f1c…e04b'],
  ])('%s', (written, expected) => expect(written).toBe(expected))

  test('grouping loses no digit', () => {
    fc.assert(
      fc.property(fc.integer(), (n) => {
        expect(Number(format.formatNumber(n).replaceAll(',', ''))).toBe(n)
      }),
    )
  })
})
