import type { OutgoingMail } from '#app/mail/mail-handlers.ts'
import { env } from '#app/platform/env.server.ts'
import { scriptLanguage } from './letter-words.ts'
import type { NoticeFacts } from '#emails/facts.ts'
import { annexUrl, zonesFor } from './mail-notice-facts.server.ts'
import type { MailRow, ServedParts } from './mail-rows.server.ts'
import { calendarOfPlace } from './place-calendar.server.ts'
import { measureWords, whatIsAsked } from './wording.ts'
import { addWorkingDays, dayOf } from './working-days.ts'

type Given = { mail: OutgoingMail; row: MailRow; served: ServedParts | undefined; base: NoticeFacts; at: Date }

/**
 * What the mail that serves a notice says. Its dates are counted as if it arrived at `at`; the clocks start when it does.
 *
 * @throws if the notice has no letter: it must never go out without
 */
export function servedFactsOf({ mail, row, served, base, at }: Given) {
  const [first, ...others] = served?.letters ?? []
  if (served === undefined || first === undefined) throw new Error(`Notice ${row.reference} has no letter to serve.`)
  const { vendorZone, ...dates } = servedDatesOf(row, at)
  return {
    ...base,
    measures: served.measures.map(({ measure, detail }) => ({
      title: measureWords[measure](),
      text: whatIsAsked({ measure, detail }),
    })),
    byLink: mail.linkId !== null,
    samples: served.samples.map(({ title, year }) => ({ title, year, lang: scriptLanguage(title) ?? null })),
    worksUrl: annexUrl(mail, row),
    signedBy: row.signatory,
    replyTo: env().MAIL_IN_DOMAIN === undefined ? row.replyTo : null,
    ...dates,
    acknowledgeDays: row.acknowledgeDays,
    decideDays: row.decideDays,
    vendorZone,
    issuedAt: at.toISOString(),
    zones: zonesFor(mail, row),
    letters: [first, ...others],
  }
}

type Dates = { acknowledgeBy: string; decideBy: string; vendorZone: string }
const counted = new Map<string, Dates>()

/**
 * The two dates that a notice asks for, counted as if its mail arrived at `at`. A filing to many vendors asks for the same ones
 * again and again, so they are remembered.
 */
export function servedDatesOf(
  { place, acknowledgeDays, decideDays }: Pick<MailRow, 'place' | 'acknowledgeDays' | 'decideDays'>,
  at: Date,
): Dates {
  const calendar = calendarOfPlace(place)
  const today = dayOf(at.toISOString(), calendar)
  const key = JSON.stringify([today, place, acknowledgeDays, decideDays])
  const known = counted.get(key)
  if (known !== undefined) return known
  const dates = {
    acknowledgeBy: addWorkingDays(today, acknowledgeDays, calendar).on,
    decideBy: addWorkingDays(today, decideDays, calendar).on,
    vendorZone: calendar.timeZone,
  }
  // Yesterday's are not asked for again.
  if (counted.size > 1000) counted.clear()
  counted.set(key, dates)
  return dates
}
