import type { MailWording, OutgoingMail, Unwritable } from '#app/mail/mail-handlers.ts'
import { wordingOrWhy } from '#app/mail/wording-or-why.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { withLocale } from '#app/platform/locale.server.ts'
import type { ChallengeFacts, NoticeFacts } from '#emails/facts.ts'
import { actOf, annexUrl, handedOver, noticeFactsOf, zonesFor } from './mail-notice-facts.server.ts'
import {
  findMailEvents,
  findMailRows,
  findServedParts,
  type MailEvent,
  type MailRow,
  type ServedParts,
} from './mail-rows.server.ts'
import { findMailQuestions, questionFactsOf, type MailQuestion } from './mail-questions.server.ts'
import { findFilingParts, type FilingParts } from './mail-filing-parts.server.ts'
import { findMessageWords, type MessageWords } from './message-words.server.ts'
import { outcomes } from './outcomes.ts'
import { servedFactsOf } from './served-mail-facts.server.ts'
import { noticeMails, type NoticeMail } from './stages.ts'
import { outcomeWords } from './wording.ts'

/** What a mail is written from. */
type Known = {
  mail: OutgoingMail
  row: MailRow
  event: MailEvent
  served: ServedParts | undefined
  question: MailQuestion | undefined
  filing: FilingParts | undefined
  message: MessageWords | undefined
  base: NoticeFacts
}

/** The facts of mails about notices, in each recipient's language, with the filer's address for replies to the vendor's. */
export async function wordingsOf(
  tx: Transaction,
  mails: readonly OutgoingMail[],
): Promise<ReadonlyMap<string, MailWording | Unwritable>> {
  const ids = mails.flatMap(({ noticeId }) => (noticeId === null ? [] : [noticeId]))
  const rows = await findMailRows(tx, ids)
  const eventOf = await findMailEvents(tx, mails)
  const servedIds = mails.flatMap(({ kind, noticeId }) =>
    kind === 'notice-served' && noticeId !== null ? [noticeId] : [],
  )
  const served = servedIds.length === 0 ? new Map<string, ServedParts>() : await findServedParts(tx, servedIds)
  const filingIds = mails.flatMap(({ kind, noticeId }) => (isFilingMail(kind) && noticeId !== null ? [noticeId] : []))
  const filings = filingIds.length === 0 ? new Map<string, FilingParts>() : await findFilingParts(tx, filingIds)
  const questionOf = await findMailQuestions(tx, mails)
  const messages = await findMessageWords(tx, mails)
  const knownOf = (mail: OutgoingMail, row: MailRow): Omit<Known, 'base'> => ({
    mail,
    row,
    event: eventOf(mail),
    served: served.get(row.id),
    question: questionOf(mail),
    filing: filings.get(row.id),
    message: messages.get(mail.id),
  })
  return new Map(
    mails.flatMap((mail) => {
      const row = rows.get(mail.noticeId ?? '')
      if (row === undefined) return []
      return [[mail.id, wordingOrWhy(() => withLocale(mail.locale, () => wordingOf(knownOf(mail, row))))] as const]
    }),
  )
}

function wordingOf(known: Omit<Known, 'base'>): MailWording {
  const { mail, row } = known
  if (!isNoticeMail(mail.kind)) throw new Error(`Mail ${mail.id} is no mail of a notice: ${mail.kind}`)
  const base = noticeFactsOf(mail, row)
  const toVendor = mail.audience === 'vendor' || mail.audience === 'address'
  return {
    facts: factsOf[mail.kind]({ ...known, base }),
    fromName: toVendor ? base.holder.name : null,
    replyTo: toVendor ? row.replyTo : null,
    // Else a question to the portal would reach the other side: only what was written is answered by a plain reply.
    ...(toVendor || mail.kind === 'message-received' ? { answerable: true } : {}),
  }
}

const factsOf = {
  'notice-served': (known) => servedFactsOf({ ...known, at: now() }),
  'notice-sent': (known) => ({ ...known.base, ...handedOver(known), ...dates(known) }),
  'notice-delivered': (known) => ({ ...acted(known), acknowledgeBy: known.row.acknowledgeBy }),
  'delivery-failed': (known) => ({ ...known.base, ...handedOver(known), unserved: isUnserved(known) }),
  'notice-forwarded': (known) => ({ ...acted(known), ...forwarded(known) }),
  'notice-acknowledged': (known) => ({ ...acted(known), ...dates(known), theirReference: known.row.vendorReference }),
  'acknowledgement-receipt': (known) => ({
    ...acted(known),
    ...dates(known),
    theirReference: known.row.vendorReference,
  }),
  'review-started': (known) => ({ ...acted(known), ...dates(known) }),
  'question-asked': asked,
  'question-reminder': asked,
  'question-last-reminder': asked,
  'question-answered': asked,
  'question-closed': asked,
  'notice-sent-back': asked,
  'outcomes-recorded': (known) => ({
    ...acted(known),
    decideBy: awaitsDecision(known) ? known.row.decideBy : null,
    counts: countsOf(known),
    pending: known.event.payload.tally?.pending ?? 0,
    challenge: challengeOf(known),
  }),
  'decision-declared': (known) => ({ ...acted(known), counts: countsOf(known), challenge: challengeOf(known) }),
  'decision-accepted': (known) => acted(known),
  'decision-lapsed': ({ row, event, base }) => ({ ...base, on: row.challengeBy ?? event.at.slice(0, 10) }),
  'decision-challenged': (known) => ({
    ...acted(known),
    ...dates(known),
    answers: (known.event.payload.cells ?? []).reduce((sum, { cells }) => sum + cells, 0),
    reason: known.event.person?.text ?? '',
  }),
  'notice-superseded': (known) => ({ ...acted(known), by: known.event.payload.by ?? '' }),
  'notice-escalated': (known) => ({ ...acted(known), ...escalated(known) }),
  'escalation-ended': acted,
  'works-withdrawn': (known) => ({ ...acted(known), ...worksWithdrawn(known) }),
  'message-received': (known) => ({ ...known.base, ...written(known) }),
  'notice-withdrawn': (known) => ({ ...acted(known), reason: known.event.person?.text ?? '' }),
  'evidence-shared': (known) => ({ ...acted(known), pieces: piecesOf(known) }),
  'clock-extended': (known) => ({ ...acted(known), ...extended(known) }),
  'approval-needed': (known) => ofFiling(known, 'approvals'),
  'filing-approved': (known) => ({ ...ofFiling(known, 'filings'), sendAt: known.filing?.sendAt }),
  'annex-answered': annexAnswered,
  'filing-returned': (known) => ({ ...ofFiling(known, 'filings'), note: known.event.person?.text ?? '' }),
} satisfies Record<NoticeMail, (known: Known) => unknown>

function acted(known: Known) {
  return { ...known.base, act: actOf(known) }
}

function ofFiling(known: Known, page: 'approvals' | 'filings') {
  const { mail, row, base, filing } = known
  if (filing === undefined) throw new Error(`Mail ${mail.id} is about a filing that is not there`)
  const { vendors, notices, works } = filing
  // Only colleagues read it: their organisation's own time is enough.
  const act = { ...actOf(known), zones: [row.holder.timeZone] }
  const url = `${env().BASE_URL}/${page}/${filing.filing}`
  return { filing: filing.filing, kind: row.kind, holder: base.holder.name, vendors, notices, works, url, act }
}

function annexAnswered(known: Known) {
  const { mail, row, base, event, filing } = known
  if (filing === undefined) throw new Error(`Mail ${mail.id} is about a filing that is not there`)
  const { scope } = event.payload
  return {
    filing: filing.filing,
    member: base.holder.name,
    answer: scope === undefined ? 'stepped_out' : 'changed',
    works: scope?.works ?? row.works,
    reason: event.person?.text ?? '',
    url: `${env().BASE_URL}/association/filings/${filing.filing}`,
    act: { ...actOf(known), zones: [row.holder.timeZone] },
  }
}

function isFilingMail(kind: string): boolean {
  if (kind === 'annex-answered') return true
  return kind === 'approval-needed' || kind === 'filing-approved' || kind === 'filing-returned'
}

function dates({ row: { acknowledgeBy, decideBy } }: Known) {
  return { acknowledgeBy, decideBy }
}

function asked({ question, ...known }: Known) {
  if (question === undefined) throw new Error(`Mail ${known.mail.id} is about a question that is not there`)
  return { ...acted({ ...known, question }), ...questionFactsOf({ ...known, question }) }
}

function escalated({ event: { payload, person } }: Known) {
  const { escalation, since } = payload
  return { escalation, since, where: person?.where ?? '', number: person?.reference ?? '' }
}

function awaitsDecision({ event: { payload } }: Known): boolean {
  return (payload.tally?.pending ?? 0) > 0 && payload.stage !== 'clarification_needed'
}

// What the line itself opened: a date that a later one moved is told with that one.
function challengeOf({ event: { payload, challenged } }: Known): ChallengeFacts {
  const window = payload.clocks?.find(({ kind }) => kind === 'challenge')
  if (window === undefined) return null
  if (window.because !== 'correction') return { of: challenged ? 'nothing' : 'decision', until: window.dueOn }
  return { of: payload.stage === 'decided' ? 'worse' : 'ended', until: window.dueOn }
}

function isUnserved({ row }: Known): boolean {
  return row.servedAt === null || row.undeliverableAt !== null
}

function forwarded({ mail, event: { person } }: Known) {
  return { from: person?.address ?? '', to: person?.to ?? '', sent: mail.eventSequence !== null }
}

function extended({ event }: Known) {
  const clock = event.payload.clocks?.[0]
  const extension = clock?.extensions?.at(-1)
  if (!clock || !extension) throw new Error(`Line ${event.sequence} of ${event.noticeId} extends no clock.`)
  const { kind, dueOn, dueAt } = clock
  return { clock: kind, by: extension.by, days: extension.days, dueOn, dueAt, reason: event.person?.text ?? '' }
}

function written({ mail, row, event, message }: Known) {
  if (message === undefined) throw new Error(`Mail ${mail.id} passes on a message that is not there.`)
  return { ...message, at: event.at, zones: zonesFor(mail, row) }
}

function worksWithdrawn({ mail, row, event: { payload, person } }: Known) {
  const { works: withdrawn, left: remaining } = payload
  return { withdrawn, remaining, reason: person?.text ?? '', annexUrl: annexUrl(mail, row) }
}

function piecesOf({ event: { payload, person } }: Known) {
  const names = person?.names ?? []
  return (payload.pieces ?? []).map(({ sha256 }, index) => ({ sha256, name: names[index] ?? null }))
}

function countsOf({ event: { payload } }: Known) {
  const { tally = {} } = payload
  return outcomes.flatMap((outcome) => {
    const answers = tally[outcome] ?? 0
    return answers === 0 || outcome === 'pending' ? [] : [{ label: outcomeWords[outcome](), answers }]
  })
}

function isNoticeMail(kind: string): kind is NoticeMail {
  return noticeMails.some((each) => each === kind)
}
