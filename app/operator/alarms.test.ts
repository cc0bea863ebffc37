import { expect, test } from 'vitest'

import { isMailDue, judgeStanding, type Standing } from './alarms.ts'

const well: Standing = {
  oldestMailSeconds: 0,
  isHeld: false,
  failedJobs: 0,
  oldestJobSeconds: 0,
  brokenLedgers: [],
  processes: [],
  failingContacts: [],
}
const none = { subject: '', notices: [] }

test.each<[string, Partial<Standing>, object[]]>([
  ['nothing is wrong', {}, []],
  ['a mail waits for as long as it may', { oldestMailSeconds: 900 }, []],
  ['a mail waits too long', { oldestMailSeconds: 1_000 }, [{ ...none, condition: 'mail_waits', amount: 16 }]],
  ['mails are held', { isHeld: true }, [{ ...none, condition: 'mail_held', amount: 0 }]],
  ['held mails wait', { isHeld: true, oldestMailSeconds: 7_200 }, [{ ...none, condition: 'mail_held', amount: 120 }]],
  ['jobs failed', { failedJobs: 2 }, [{ ...none, condition: 'jobs_failed', amount: 2 }]],
  ['a job waits for those before it', { oldestJobSeconds: 3_600 }, []],
  ['a job waits too long', { oldestJobSeconds: 7_200 }, [{ ...none, condition: 'jobs_wait', amount: 120 }]],
  [
    'a ledger does not hold',
    { brokenLedgers: ['a'] },
    [{ condition: 'ledger_broken', subject: '', amount: 1, notices: ['a'] }],
  ],
  ['a process was there just now', { processes: [{ name: 'web', silentSeconds: 300 }] }, []],
  [
    'a process is silent',
    { processes: [{ name: 'web', silentSeconds: 301 }] },
    [{ ...none, condition: 'process_silent', subject: 'web', amount: 5 }],
  ],
  [
    'a contact sends mail back',
    { failingContacts: [{ vendor: 'Nebula', notices: 3 }] },
    [{ ...none, condition: 'contact_fails', subject: 'Nebula', amount: 3 }],
  ],
  ['the worker itself sweeps', { processes: [{ name: 'worker', silentSeconds: 9_000 }] }, []],
])('%s', (_, standing, expected) => expect(judgeStanding({ ...well, ...standing })).toEqual(expected))

const at = new Date('2026-11-22T12:00:00Z')
const ago = (hours: number) => new Date(at.getTime() - hours * 3_600_000)

test.each<[string, Date | null, Date | null, boolean]>([
  ['begins for the first time', null, null, true],
  ['was mailed and lasts', ago(1), ago(1), false],
  ['was mailed and lasts for days', ago(72), ago(72), false],
  ['came back within a day', null, ago(23), false],
  ['came back after a day', null, ago(24), true],
])('a mail is due when an alarm %s', (_, mailedAt, lastMailedAt, due) =>
  expect(isMailDue({ mailedAt, lastMailedAt }, at)).toBe(due),
)
