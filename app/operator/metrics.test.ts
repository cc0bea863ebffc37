import { expect, test } from 'vitest'
import { hoursOf, metricsOf } from './metrics.ts'

const line = (name: string, value: number, label: string | null = null) => ({ name, label, value })

test('the page reads its numbers out of those of a monitoring system', () => {
  const read = metricsOf([
    line('caveat_mails_due', 3),
    line('caveat_mail_oldest_seconds', 61),
    line('caveat_jobs', 2, 'queued'),
    line('caveat_jobs', 1, 'failed'),
    line('caveat_clocks_due', 4),
    line('caveat_mails_held', 0),
    line('caveat_heartbeat_age_seconds', 10, 'worker'),
    line('caveat_heartbeat_age_seconds', 301, 'mail'),
    line('caveat_disk_free_bytes', 5),
    line('caveat_disk_bytes', 10),
  ])
  expect(read.queues).toEqual([
    { key: 'duties', due: 0, oldestSeconds: 0 },
    { key: 'mails', due: 3, oldestSeconds: 61 },
    { key: 'jobs', due: 2, oldestSeconds: 0 },
    { key: 'clocks', due: 4, oldestSeconds: 0 },
  ])
  expect(read).toMatchObject({ failedJobs: 1, held: false, ledgerSeconds: null, disk: { free: 5, total: 10 } })
  expect(read.processes.map(({ name, silent }) => [name, silent])).toEqual([
    ['worker', false],
    ['mail', true],
  ])
})

test('a day has 24 hours, the oldest first, and each mail once', () => {
  const at = new Date('2026-11-22T12:30:00Z')
  const hours = hoursOf(
    [
      { hour: 0, status: 'sending', mails: 2 },
      { hour: 0, status: 'queued', mails: 1 },
      { hour: 23, status: 'bounced', mails: 4 },
    ],
    at,
  )
  expect(hours).toHaveLength(24)
  expect(hours.at(-1)).toEqual({
    from: '2026-11-22T11:30:00.000Z',
    counts: { delivered: 0, accepted: 0, waits: 3, failed: 0, cancelled: 0 },
  })
  expect(hours[0]).toMatchObject({ from: '2026-11-21T12:30:00.000Z', counts: { failed: 4 } })
  expect(hours.flatMap(({ counts }) => Object.values(counts)).reduce((sum, each) => sum + each, 0)).toBe(7)
})
