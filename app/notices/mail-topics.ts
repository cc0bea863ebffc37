import { z } from 'zod'
import { digestableMails, isDigestable, type DigestableMail } from './gathered-mails.ts'
import { mondayOf } from './summary-week.ts'
import { morningOf } from './reminders.ts'
import { dayOf } from './working-days.ts'

/** When a person wants to hear of something. */
export const mailChoices = ['at_once', 'daily', 'weekly', 'never'] as const

/** One of `mailChoices`. */
export type MailChoice = (typeof mailChoices)[number]

/** What the settings offer, by the side of the organisation: only what may be missed. Everything else comes at once. */
export const topicsOf = {
  holder: Object.keys(digestableMails).filter((kind) => isDigestable(kind)),
  vendor: ['vendor-week'],
  association: ['collective-answered', 'association-week'],
} as const satisfies Record<'holder' | 'vendor' | 'association', readonly MailTopic[]>

/** Something of which a person may choose when to hear. */
export type MailTopic = DigestableMail | 'vendor-week' | 'association-week' | 'collective-answered'

const isWeekly = (topic: MailTopic): boolean => topic === 'vendor-week' || topic === 'association-week'

/** The choices of a topic: the summary of a week comes weekly or never. */
export function choicesOf(topic: MailTopic): readonly MailChoice[] {
  return isWeekly(topic) ? ['weekly', 'never'] : mailChoices
}

/** What holds while nothing was chosen. */
export function standardChoice(topic: MailTopic): MailChoice {
  return isWeekly(topic) ? 'weekly' : 'at_once'
}

const anyChoice = z.enum(mailChoices)

/** What the page of the settings sends: of the topics those that were on it. */
export const mailChoicesForm = z.object({
  'notice-sent': anyChoice.optional(),
  'notice-delivered': anyChoice.optional(),
  'review-started': anyChoice.optional(),
  'collective-answered': anyChoice.optional(),
  'vendor-week': anyChoice.extract(['weekly', 'never']).optional(),
  'association-week': anyChoice.extract(['weekly', 'never']).optional(),
})

/** The choices as they were sent. */
export type MailChoicesForm = z.output<typeof mailChoicesForm>

/**
 * The morning whose digest tells what happens now: the next one, or the next Monday's.
 *
 * @param at the present instant, ISO 8601 with milliseconds
 * @param timeZone the reader's own
 */
export function digestDay(
  choice: 'daily' | 'weekly',
  at: string,
  timeZone: string,
): { readonly day: string; readonly from: string } {
  const today = dayOf(at, { timeZone })
  const first = choice === 'daily' ? today : mondayOf(today)
  const day = at < morningOf(first, timeZone) ? first : daysAfter(first, choice === 'daily' ? 1 : 7)
  return { day, from: morningOf(day, timeZone) }
}

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}
