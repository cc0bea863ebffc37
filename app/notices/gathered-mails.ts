import type { ReminderKind } from './reminders.ts'

/** The mails that gather many notices: one a day for each reader. */
export const gatheredMails = ['vendor-reminder', 'dates-passed', 'vendor-week', 'notices-digest'] as const

/** One of `gatheredMails`. */
export type GatheredMail = (typeof gatheredMails)[number]

/** How many lines a gathered mail names; of the others it says how many there are. */
export const mostGathered = 50

/** Whether a mail is one of them. */
export function isGathered(kind: string): kind is GatheredMail {
  return gatheredMails.some((each) => each === kind)
}

/** To which side a reminder is mailed. Of several chasers the holder hears of the first; the end of chasing is the holder's task. */
export function sidesOf({ reminder, number }: { reminder: ReminderKind; number: number }): {
  readonly vendor: boolean
  readonly holder: boolean
} {
  switch (reminder) {
    case 'acknowledge_soon':
      return { vendor: true, holder: false }
    case 'acknowledge_overdue':
      return { vendor: true, holder: number === 1 }
    case 'unresponsive':
      return { vendor: false, holder: true }
    case 'decision_overdue':
      return { vendor: true, holder: number === 1 }
    case 'decision_very_overdue':
      return { vendor: true, holder: true }
    default:
      return reminder satisfies never
  }
}

/** The mails about a notice that a person may hear of later or not at all. Each is news only while the notice stands there. */
export const digestableMails = {
  'notice-sent': ['sent', 'delivered'],
  'notice-delivered': ['sent', 'delivered'],
  'review-started': ['in_review'],
} as const

/** One of `digestableMails`. */
export type DigestableMail = keyof typeof digestableMails

/** Whether a mail is one of them. */
export function isDigestable(kind: string): kind is DigestableMail {
  return Object.hasOwn(digestableMails, kind)
}
