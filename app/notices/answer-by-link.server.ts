import { acknowledgeNotice } from './acknowledge-notice.server.ts'
import { askQuestion } from './ask-question.server.ts'
import { closeQuestion } from './close-question.server.ts'
import { declareDecision } from './declare-decision.server.ts'
import type { Untaken } from './explain-refusals.server.ts'
import { getLinkNotice, logVisit, type LinkVisit } from './find-link-notice.server.ts'
import { giveReference } from './give-reference.server.ts'
import type { LinkAnswer, LinkDone } from './link-answers.ts'
import { isLinkCode } from './link-code.server.ts'
import type { WorksFault } from './keep-question.server.ts'
import { measures } from './measures.ts'
import { oweAnswerCode, oweForwardQuestion } from './owe-link-mails.server.ts'
import { askedWorks } from './questions.ts'
import { readdressNotice } from './readdress-notice.server.ts'
import { sendBack } from './send-back.server.ts'
import type { StepResults } from './take-steps.server.ts'
import { asBearer, type BearerResult, type Taker } from './taker.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { now } from '#app/platform/clock.server.ts'
import { linkIdOf, type OpenLink, type Transaction } from '#app/platform/db.server.ts'
import { countTry, forgetTries } from '#app/platform/rate-limit.server.ts'

/** What came of an answer: done; a code was mailed and is asked for; a rule said no; or something typed does not fit. */
export type LinkAnswered =
  | { readonly came: 'done'; readonly done: LinkDone }
  | { readonly came: 'code-sent' }
  /** `timeZone`: the vendor's, in which its reader is told when somebody was faster. */
  | { readonly came: 'refused'; readonly refusal: Untaken; readonly timeZone: string }
  | { readonly came: 'fault'; readonly because: 'code-wrong' | 'too-often' | 'same-address' | WorksFault['because'] }

type Recorded = Exclude<LinkAnswered, { came: 'refused' }> | { readonly came: 'refused'; readonly refusal: Untaken }

type Answering<Intent extends LinkAnswer['intent'] = LinkAnswer['intent']> = {
  tx: Transaction
  taker: Taker
  link: OpenLink
  answer: Extract<LinkAnswer, { intent: Intent }>
}

/**
 * Records an answer that came through a mail link, for the notice that it opens. Every try is counted before it is made.
 *
 * @param given.token from the address of the page
 */
export async function answerByLink(given: {
  token: string
  answer: LinkAnswer
  visit: LinkVisit
}): Promise<BearerResult<LinkAnswered>> {
  const { token, answer, visit } = given
  const linkId = linkIdOf(token)
  if (linkId === null) return { open: false, because: 'unknown' }
  if (!(await mayTry(linkId, answer))) return { open: true, value: { came: 'fault', because: 'too-often' } }
  const typed = answer.intent === 'not-ours' ? answer.code : undefined
  const confirmed = typed !== undefined && isLinkCode(linkId, typed, now())
  if (typed !== undefined && !confirmed) return { open: true, value: { came: 'fault', because: 'code-wrong' } }
  const bearer = {
    name: answer.name,
    role: 'role' in answer ? answer.role : undefined,
    networkAddress: visit.networkAddress,
    confirmed,
  }
  const result = await asBearer(token, bearer, async (tx, taker): Promise<LinkAnswered> => {
    if (taker.channel !== 'link') throw new Error('An answer by link was given by somebody else.')
    await logVisit(tx, taker.link, visit)
    const recorded = await record({ tx, taker, link: taker.link, answer })
    if (recorded.came !== 'refused') return recorded
    return { ...recorded, timeZone: (await getLinkNotice(tx, taker.link)).timeZone }
  })
  if (confirmed && result.open && result.value.came === 'done') await forgetTries('code typed by link', linkId)
  return result
}

async function mayTry(linkId: string, answer: LinkAnswer): Promise<boolean> {
  const limits = {
    acknowledge: 'answer by link',
    answered: 'answer by link',
    forward: 'forward by link',
    ask: 'answer by link',
    'send-back': 'answer by link',
    close: 'answer by link',
    'not-ours':
      answer.intent === 'not-ours' && answer.code !== undefined ? 'code typed by link' : 'code mailed by link',
  } as const
  return (await countTry(limits[answer.intent], linkId)).allowed
}

function record({ answer, ...rest }: Answering): Promise<Recorded> {
  switch (answer.intent) {
    case 'acknowledge':
      return acknowledge({ ...rest, answer })
    case 'forward':
      return forward({ ...rest, answer })
    case 'answered':
      return refer({ ...rest, answer })
    case 'ask':
      return ask({ ...rest, answer })
    case 'send-back':
      return back({ ...rest, answer })
    case 'close':
      return close({ ...rest, answer })
    default:
      return answer.code === undefined ? mailCode({ ...rest, answer }) : decline({ ...rest, answer })
  }
}

async function acknowledge({ tx, taker, link, answer }: Answering<'acknowledge'>): Promise<Recorded> {
  const noticeIds = [link.noticeId]
  return cameOf(await acknowledgeNotice(tx, { taker, noticeIds, reference: answer.reference }), 'acknowledged')
}

async function forward({ tx, taker, link, answer }: Answering<'forward'>): Promise<Recorded> {
  const to = { address: answer.address, locale: link.locale === 'ja' ? 'ja' : 'en' } as const
  const readdressed = await readdressNotice(tx, { taker, noticeId: link.noticeId, to })
  if (readdressed.sent) return cameOf(readdressed, 'forwarded')
  if (readdressed.because === 'same-address') return { came: 'fault', because: 'same-address' }
  if (readdressed.because === 'too-often') return { came: 'fault', because: 'too-often' }
  await oweForwardQuestion(tx, { link, to: answer.address, name: answer.name })
  return { came: 'done', done: 'asked-holder' }
}

// An answer that was given elsewhere has been received: without an acknowledgement so far it is one.
async function refer({ tx, taker, link, answer }: Answering<'answered'>): Promise<Recorded> {
  const { reference } = answer
  const noticeIds = [link.noticeId]
  const { acknowledged } = await getLinkNotice(tx, link)
  const results =
    acknowledged === null
      ? await acknowledgeNotice(tx, { taker, noticeIds, reference })
      : await giveReference(tx, { taker, noticeIds, reference })
  return cameOf(results, 'referenced')
}

async function ask({ tx, taker, link, answer }: Answering<'ask'>): Promise<Recorded> {
  const { question: questionId, kind, about, q, text } = answer
  const { noticeId } = link
  const works = askedWorks({ about, q, work: [] })
  if (works === null) return { came: 'fault', because: 'no-works' }
  const asked = await askQuestion(tx, { taker, noticeId, questionId, kind, works, text })
  return asked.accepted ? cameOf(asked, 'asked') : { came: 'fault', because: asked.because }
}

async function back({ tx, taker, link, answer }: Answering<'send-back'>): Promise<Recorded> {
  const { question: questionId, reason: reasons, text } = answer
  return cameOf(await sendBack(tx, { taker, noticeId: link.noticeId, questionId, reasons, text }), 'sent-back')
}

// A question that was answered or closed before is closed: there is nothing to be told that the page does not show.
async function close({ tx, taker, link, answer }: Answering<'close'>): Promise<Recorded> {
  const ended = await closeQuestion(tx, { taker, noticeId: link.noticeId, number: answer.number })
  return ended.ended ? cameOf(ended, 'closed') : { came: 'done', done: 'closed' }
}

async function mailCode({ tx, link }: Answering<'not-ours'>): Promise<Recorded> {
  await oweAnswerCode(tx, { link, notice: await getLinkNotice(tx, link) })
  return { came: 'code-sent' }
}

async function decline({ tx, taker, link }: Answering<'not-ours'>): Promise<Recorded> {
  const text = m.mails_answer_not_ours_text({}, { locale: link.locale === 'ja' ? 'ja' : 'en' })
  const answer = { outcome: 'refused', code: 'not_our_service', text } as const
  const rest = Object.fromEntries(measures.map((measure) => [measure, answer]))
  const declared = await declareDecision(tx, { taker, noticeIds: [link.noticeId], rest })
  if (!declared.accepted) throw new Error(`The refusal of notice ${link.noticeId} does not fit its measures.`)
  return cameOf(declared, 'declined')
}

function cameOf({ failed: [refusal] }: StepResults, done: LinkDone): Recorded {
  return refusal === undefined ? { came: 'done', done } : { came: 'refused', refusal }
}
