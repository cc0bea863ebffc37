import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { z } from 'zod'
import type { GatheredMail } from '#app/notices/gathered-mails.ts'
import type { NoticeMail } from '#app/notices/stages.ts'
import * as accountChanged from './account-changed.tsx'
import * as acknowledgementReceipt from './acknowledgement-receipt.tsx'
import * as annexAnswered from './annex-answered.tsx'
import * as annexCalledOff from './annex-called-off.tsx'
import * as annexReview from './annex-review.tsx'
import * as approvalNeeded from './approval-needed.tsx'
import * as alreadyRegistered from './already-registered.tsx'
import * as answerCode from './answer-code.tsx'
import * as associationWeek from './association-week.tsx'
import type { Attachment, Content } from './blocks.ts'
import * as clockExtended from './clock-extended.tsx'
import * as collectiveAnswered from './collective-answered.tsx'
import * as collectiveServed from './collective-served.tsx'
import * as confirmAddress from './confirm-address.tsx'
import * as datesPassed from './dates-passed.tsx'
import * as decisionAccepted from './decision-accepted.tsx'
import * as decisionChallenged from './decision-challenged.tsx'
import * as decisionDeclared from './decision-declared.tsx'
import * as decisionLapsed from './decision-lapsed.tsx'
import * as deliveryFailed from './delivery-failed.tsx'
import * as filingApproved from './filing-approved.tsx'
import * as filingReturned from './filing-returned.tsx'
import * as evidenceShared from './evidence-shared.tsx'
import * as contactCode from './contact-code.tsx'
import * as correctionAnswered from './correction-answered.tsx'
import * as domainMissing from './domain-missing.tsx'
import * as exportReady from './export-ready.tsx'
import * as escalationEnded from './escalation-ended.tsx'
import * as importFinished from './import-finished.tsx'
import * as invitation from './invitation.tsx'
import * as mandateAccepted from './mandate-accepted.tsx'
import * as mandateDeclined from './mandate-declined.tsx'
import * as mandateEnded from './mandate-ended.tsx'
import * as mandateEndsSoon from './mandate-ends-soon.tsx'
import * as mandateInvitation from './mandate-invitation.tsx'
import * as mandateNarrowed from './mandate-narrowed.tsx'
import * as mandateOffered from './mandate-offered.tsx'
import * as mandateRevoked from './mandate-revoked.tsx'
import * as newSignIn from './new-sign-in.tsx'
import * as messageReceived from './message-received.tsx'
import * as noticeAcknowledged from './notice-acknowledged.tsx'
import * as noticeDelivered from './notice-delivered.tsx'
import * as noticeEscalated from './notice-escalated.tsx'
import * as noticeForwarded from './notice-forwarded.tsx'
import * as noticeSentBack from './notice-sent-back.tsx'
import * as noticeSent from './notice-sent.tsx'
import * as noticeServed from './notice-served.tsx'
import * as noticeSuperseded from './notice-superseded.tsx'
import * as noticeWithdrawn from './notice-withdrawn.tsx'
import * as noticesDigest from './notices-digest.tsx'
import * as organisationClosing from './organisation-closing.tsx'
import * as organisationClosingSoon from './organisation-closing-soon.tsx'
import * as organisationErased from './organisation-erased.tsx'
import * as outcomesRecorded from './outcomes-recorded.tsx'
import * as portalAlarm from './portal-alarm.tsx'
import { plainText } from './plain-text.ts'
import * as questionAnswered from './question-answered.tsx'
import * as questionAsked from './question-asked.tsx'
import * as questionClosed from './question-closed.tsx'
import * as questionLastReminder from './question-last-reminder.tsx'
import * as questionReminder from './question-reminder.tsx'
import * as resetPassword from './reset-password.tsx'
import * as reviewStarted from './review-started.tsx'
import * as vendorReminder from './vendor-reminder.tsx'
import * as vendorWeek from './vendor-week.tsx'
import * as worksWithdrawn from './works-withdrawn.tsx'

/** A mail that is not about a notice. */
export type PlainMail =
  | 'confirm-address'
  | 'reset-password'
  | 'already-registered'
  | 'invitation'
  | 'new-sign-in'
  | 'account-changed'
  | 'domain-missing'
  | 'export-ready'
  | 'portal-alarm'
  | 'contact-code'
  | 'correction-answered'
  | 'import-finished'
  | 'answer-code'
  | 'organisation-closing'
  | 'organisation-closing-soon'
  | 'organisation-erased'
  | 'mandate-offered'
  | 'mandate-accepted'
  | 'mandate-declined'
  | 'mandate-narrowed'
  | 'mandate-revoked'
  | 'mandate-ends-soon'
  | 'mandate-ended'
  | 'mandate-invitation'
  | 'annex-review'
  | 'annex-called-off'
  | 'collective-served'
  | 'collective-answered'
  | 'association-week'

/** What SMTP wants of a mail, in one language. */
export type DrawnMail = { subject: string; html: string; text: string; attachments: readonly Attachment[] }

type MailFile<Facts> = {
  facts: z.ZodType<Facts>
  subject(facts: Facts): string
  content(facts: Facts): Content
  default(content: Content): ReactElement
  attachments?(facts: Facts): readonly Attachment[]
}

// Outlook lays tables out as tables only under a strict or transitional type.
const doctype =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'

/** One mail with its facts' type closed over: whoever draws it need not know them. */
function mail<Facts>(file: MailFile<Facts>) {
  return {
    facts: file.facts,
    draw(given: unknown): DrawnMail {
      const facts = file.facts.parse(given)
      const content = file.content(facts)
      return {
        subject: file.subject(facts),
        html: `${doctype}${renderToStaticMarkup(file.default(content))}`,
        text: plainText(content),
        attachments: file.attachments?.(facts) ?? [],
      }
    },
  }
}

/** Every mail that Caveat sends, by the name that a duty carries. */
export const mails = {
  'confirm-address': mail(confirmAddress),
  'reset-password': mail(resetPassword),
  'already-registered': mail(alreadyRegistered),
  invitation: mail(invitation),
  'new-sign-in': mail(newSignIn),
  'account-changed': mail(accountChanged),
  'domain-missing': mail(domainMissing),
  'export-ready': mail(exportReady),
  'portal-alarm': mail(portalAlarm),
  'contact-code': mail(contactCode),
  'correction-answered': mail(correctionAnswered),
  'import-finished': mail(importFinished),
  'answer-code': mail(answerCode),
  'organisation-closing': mail(organisationClosing),
  'organisation-closing-soon': mail(organisationClosingSoon),
  'organisation-erased': mail(organisationErased),
  'mandate-offered': mail(mandateOffered),
  'mandate-accepted': mail(mandateAccepted),
  'mandate-declined': mail(mandateDeclined),
  'mandate-narrowed': mail(mandateNarrowed),
  'mandate-revoked': mail(mandateRevoked),
  'mandate-ends-soon': mail(mandateEndsSoon),
  'mandate-ended': mail(mandateEnded),
  'mandate-invitation': mail(mandateInvitation),
  'notice-served': mail(noticeServed),
  'notice-sent': mail(noticeSent),
  'notice-delivered': mail(noticeDelivered),
  'delivery-failed': mail(deliveryFailed),
  'notice-forwarded': mail(noticeForwarded),
  'notice-acknowledged': mail(noticeAcknowledged),
  'acknowledgement-receipt': mail(acknowledgementReceipt),
  'review-started': mail(reviewStarted),
  'question-asked': mail(questionAsked),
  'question-reminder': mail(questionReminder),
  'question-last-reminder': mail(questionLastReminder),
  'question-answered': mail(questionAnswered),
  'question-closed': mail(questionClosed),
  'notice-sent-back': mail(noticeSentBack),
  'outcomes-recorded': mail(outcomesRecorded),
  'decision-declared': mail(decisionDeclared),
  'decision-accepted': mail(decisionAccepted),
  'decision-lapsed': mail(decisionLapsed),
  'decision-challenged': mail(decisionChallenged),
  'notice-superseded': mail(noticeSuperseded),
  'notice-escalated': mail(noticeEscalated),
  'escalation-ended': mail(escalationEnded),
  'works-withdrawn': mail(worksWithdrawn),
  'evidence-shared': mail(evidenceShared),
  'notice-withdrawn': mail(noticeWithdrawn),
  'clock-extended': mail(clockExtended),
  'approval-needed': mail(approvalNeeded),
  'filing-approved': mail(filingApproved),
  'filing-returned': mail(filingReturned),
  'message-received': mail(messageReceived),
  'annex-review': mail(annexReview),
  'collective-answered': mail(collectiveAnswered),
  'annex-called-off': mail(annexCalledOff),
  'association-week': mail(associationWeek),
  'annex-answered': mail(annexAnswered),
  'collective-served': mail(collectiveServed),
  'vendor-reminder': mail(vendorReminder),
  'dates-passed': mail(datesPassed),
  'vendor-week': mail(vendorWeek),
  'notices-digest': mail(noticesDigest),
} satisfies Record<NoticeMail | GatheredMail | PlainMail, { draw(given: unknown): DrawnMail }>

/** The name of a mail. */
export type MailName = keyof typeof mails
/** What a mail needs to know. */
export type FactsOf<Name extends MailName> = z.output<(typeof mails)[Name]['facts']>

/** Whether `text` names a mail. */
export function isMailName(text: string): text is MailName {
  return Object.hasOwn(mails, text)
}

/**
 * Draws a mail in the language that is set around the call.
 *
 * @throws ZodError if the facts are not those of this mail
 */
export function drawMail(name: MailName, facts: unknown): DrawnMail {
  return mails[name].draw(facts)
}
