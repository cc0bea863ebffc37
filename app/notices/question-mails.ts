import type { MailOwed } from './stages.ts'

/** The mails that an open question owes its rights holder: at once, and two reminders while it stays open. */
export function asked(kind: 'question-asked' | 'notice-sent-back'): readonly MailOwed[] {
  return [
    { kind, audience: 'holder' },
    { kind: 'question-reminder', audience: 'holder', later: true },
    { kind: 'question-last-reminder', audience: 'holder', later: true },
  ]
}
