import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'

import type { AlarmCondition } from './alarms.ts'

type Said = { subject: string; amount: number }

/** Names what is wrong. */
export const alarmTitles = {
  mail_waits: () => m.operator_alarm_mail_waits(),
  mail_held: () => m.operator_alarm_mail_held(),
  jobs_failed: () => m.operator_alarm_jobs_failed(),
  jobs_wait: () => m.operator_alarm_jobs_wait(),
  ledger_broken: () => m.operator_alarm_ledger_broken(),
  process_silent: ({ subject }: Said) => m.operator_alarm_process_silent({ process: subject }),
  contact_fails: ({ subject }: Said) => m.operator_alarm_contact_fails({ vendor: subject }),
} satisfies Record<AlarmCondition, (said: Said) => string>

/** Says how far it goes, and what to do about it. */
export const alarmTexts = {
  mail_waits: ({ amount }: Said) => m.operator_alarm_mail_waits_text({ minutes: formatNumber(amount) }),
  mail_held: () => m.operator_alarm_mail_held_text(),
  jobs_failed: ({ amount }: Said) => m.operator_alarm_jobs_failed_text({ count: formatNumber(amount) }),
  jobs_wait: ({ amount }: Said) => m.operator_alarm_jobs_wait_text({ minutes: formatNumber(amount) }),
  ledger_broken: ({ amount }: Said) => m.operator_alarm_ledger_broken_text({ count: formatNumber(amount) }),
  process_silent: ({ subject, amount }: Said) =>
    m.operator_alarm_process_silent_text({ process: subject, minutes: formatNumber(amount) }),
  contact_fails: ({ amount }: Said) => m.operator_alarm_contact_fails_text({ count: formatNumber(amount) }),
} satisfies Record<AlarmCondition, (said: Said) => string>
