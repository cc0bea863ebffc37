import type { OutgoingMail } from '#app/mail/mail-handlers.ts'
import { scriptLanguage } from './letter-words.ts'
import type { NoticeFacts } from '#emails/facts.ts'
import { addWorkingDays, dayOf } from './clocks.ts'
import { annexUrl, zonesFor } from './mail-notice-facts.server.ts'
import type { MailRow, ServedParts } from './mail-rows.server.ts'
import { calendarOfPlace } from './place-calendar.server.ts'
import { askedWords, measureWords } from './wording.ts'

type Given = { mail: OutgoingMail; row: MailRow; served: ServedParts | undefined; base: NoticeFacts; at: Date }

/**
 * What the mail that serves a notice says. Its dates are counted as if it arrived at `at`; the clocks start when it does.
 *
 * @throws if the notice has no letter: it must never go out without
 */
export function servedFactsOf({ mail, row, served, base, at }: Given) {
  const [first, ...others] = served?.letters ?? []
  if (served === undefined || first === undefined) throw new Error(`Notice ${row.reference} has no letter to serve.`)
  const calendar = calendarOfPlace(row.place)
  const today = dayOf(at.toISOString(), calendar)
  return {
    ...base,
    measures: served.measures.map(({ measure, detail }) => ({
      title: measureWords[measure](),
      text: detail === null ? askedWords[measure]() : `${askedWords[measure]()} ${detail}`,
    })),
    byLink: mail.linkId !== null,
    samples: served.samples.map(({ title, year }) => ({ title, year, lang: scriptLanguage(title) ?? null })),
    worksUrl: annexUrl(mail, row),
    signedBy: row.signatory,
    replyTo: row.filer.email,
    acknowledgeBy: addWorkingDays(today, row.acknowledgeDays, calendar).on,
    decideBy: addWorkingDays(today, row.decideDays, calendar).on,
    acknowledgeDays: row.acknowledgeDays,
    decideDays: row.decideDays,
    vendorZone: calendar.timeZone,
    issuedAt: at.toISOString(),
    zones: zonesFor(mail, row),
    letters: [first, ...others],
  }
}
