import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatDay, formatHash, formatNumber } from '#app/ui/format.ts'
import { code, strong } from '#app/ui/rich.ts'
import type { Canonical } from '#app/ledger/canonical-json.ts'
import { dateSentence } from './date-sentence.ts'
import type { RecordLine } from './find-record.server.ts'
import type { EscalationKind } from './escalations.ts'
import type { Step } from './lifecycle.ts'
import { mailAnswer } from './mail-answer.ts'
import type { NoticeView } from './notice-view.ts'
import { outcomes } from './outcomes.ts'
import { aboutWords, questionKindWords } from './question-words.ts'
import { questionKinds } from './questions.ts'
import { stepWords } from './step-wording.ts'
import { outcomeWords } from './wording.ts'

/** What a sentence may say; what a line does not hold is undefined. */
interface Said {
  readonly who: string
  readonly vendor: string
  readonly works: string
  readonly address: string | undefined
  readonly reference: string | undefined
  readonly count: number | undefined
  readonly pieces: string
  readonly answers: string | undefined
  readonly question: string
  readonly kind: string
  readonly about: string
  readonly cells: string
  readonly by: string
  readonly escalation: EscalationKind
}

type Sentence = (said: Said) => string

/** What the sentences look at of the page. */
export type Told = Pick<NoticeView, 'side' | 'names'> & { readonly notice: Pick<NoticeView['notice'], 'works'> }

/** The sentences of the steps that can be taken; the others say who and which step. */
const sentences: Partial<Record<Step, Sentence>> = {
  'notice.submitted': ({ who, works }) => m.notices_line_submitted({ who, works }),
  'notice.approved': ({ who }) => m.notices_line_approved({ who }),
  'notice.returned': ({ who }) => m.notices_line_returned({ who }),
  'notice.recalled': ({ who }) => m.notices_line_recalled({ who }),
  'message.accepted': ({ vendor, address }) =>
    address === undefined ? m.notices_line_accepted({ vendor }) : m.notices_line_accepted_to({ vendor, address }),
  'message.delivered': ({ vendor }) => m.notices_line_delivered({ vendor }),
  'message.bounced': ({ vendor, address }) =>
    address === undefined ? m.notices_line_bounced({ vendor }) : m.notices_line_bounced_to({ address }),
  'message.readdressed': ({ who, address }) =>
    address === undefined ? m.notices_line_readdressed({ who }) : m.notices_line_readdressed_to({ who, address }),
  'message.received': ({ address }) => m.replies_line_received({ address: address ?? '' }),
  'message.written': ({ who, vendor }) => m.replies_line_written({ who, vendor }),
  'notice.acknowledged': ({ who, reference }) => withReference(m.notices_line_acknowledged({ who }), reference),
  'reference.given': ({ who, reference }) => withReference(m.notices_line_referenced({ who }), reference),
  'clarification.requested': ({ who, question, kind, about }) =>
    m.questions_line_requested({ who, number: question, kind, about }),
  'clarification.answered': ({ who, question }) => m.questions_line_answered({ who, number: question }),
  'clarification.closed': ({ who, question }) => m.questions_line_closed({ who, number: question }),
  'notice.sent_back': ({ who }) => m.questions_line_sent_back({ who }),
  'review.started': ({ who }) => m.notices_line_review_started({ who }),
  'outcomes.recorded': ({ who, answers }) =>
    answers === undefined ? m.notices_line_outcomes({ who }) : m.notices_line_outcomes_count({ who, answers }),
  'decision.declared': ({ who, answers }) =>
    answers === undefined ? m.notices_line_declared({ who }) : m.notices_line_declared_count({ who, answers }),
  'decision.accepted': ({ who }) => m.notices_line_decision_accepted({ who }),
  'decision.lapsed': () => m.notices_line_lapsed(),
  'decision.challenged': ({ who, cells }) => m.questions_line_challenged({ who, answers: cells }),
  'notice.superseded': ({ who, by }) => m.questions_line_superseded({ who, reference: by }),
  'notice.escalated': ({ who, escalation }) => escalatedSentences[escalation]({ who }),
  'escalation.ended': ({ who }) => m.questions_line_escalation_ended({ who }),
  'works.withdrawn': ({ who, count }) =>
    count === undefined
      ? m.notices_line_works_withdrawn({ who })
      : m.notices_line_works_withdrawn_count({ who, works: m.notices_works({ count: formatNumber(count) }) }),
  'notice.withdrawn': ({ who }) => m.notices_line_withdrawn({ who }),
  'annex.agreed': ({ who }) => m.collective_line_agreed({ who }),
  'annex.changed': ({ who }) => m.collective_line_changed({ who }),
  'annex.stepped_out': ({ who }) => m.collective_line_stepped_out({ who }),
  'annex.released': () => m.collective_line_released(),
  'evidence.added': ({ who, pieces }) => m.evidence_line_added({ who, pieces }),
  'evidence.shared': ({ who, pieces }) => m.evidence_line_shared({ who, pieces }),
}

/** Says what a line of the ledger records, with marks for `Rich`. */
export function sentenceOf(line: RecordLine, view: Told): string {
  const said: Said = {
    who: whoOf(line, view),
    vendor: strong(view.names.vendor),
    works: m.notices_works({ count: formatNumber(view.notice.works) }),
    address: marked(text(line, 'to') ?? text(line, 'address')),
    reference: marked(text(line, 'reference')),
    count: number(line, 'works'),
    pieces: piecesOf(line),
    answers: answersOf(line),
    ...questionOf(line),
    cells: m.notices_answers({ count: formatNumber(cellsOf(line)) }),
    by: code(text(line, 'by') ?? ''),
    escalation: line.payload['escalation'] === 'litigation' ? 'litigation' : 'regulator',
  }
  const sentence = sentences[line.type]
  const main = sentence
    ? sentence(said)
    : (dateSentence(line, said.who) ?? m.notices_line_other({ who: said.who, step: stepWords[line.type]() }))
  const clocks = clocksSentence(line)
  return clocks === null ? main : joined(main, clocks)
}

const changedClocks = z.array(z.object({ kind: z.string(), dueOn: z.string() }))

// What a step did to the dates, where its line says so.
function clocksSentence({ type, payload }: RecordLine): string | null {
  const { data } = changedClocks.safeParse(payload['clocks'])
  if (data === undefined) return null
  const decide = data.find(({ kind }) => kind === 'decide')
  switch (type) {
    case 'message.accepted':
      return m.notices_line_clocks()
    case 'clarification.requested':
    case 'notice.sent_back':
      return decide === undefined ? null : m.questions_line_paused()
    case 'clarification.answered':
    case 'clarification.closed':
      return decide === undefined ? null : m.questions_line_resumed({ date: formatDay(decide.dueOn) })
    default:
      return null
  }
}

/** The free text that came with a line: a reason, an explanation. */
export function freeText(line: RecordLine): string | null {
  if (line.type === 'message.bounced') {
    const response = text(line, 'response')
    return response === undefined ? null : mailAnswer(response)
  }
  return text(line, 'text') ?? null
}

const channels: Readonly<Record<string, () => string>> = {
  portal: () => m.notices_channel_portal(),
  link: () => m.notices_channel_link(),
  api: () => m.notices_channel_api(),
  system: () => m.notices_channel_system(),
}

/** By which way it came. The portal's own records of mails came by SMTP. */
export function channelWord({ type, channel }: RecordLine): string {
  if (channel === 'system' && type.startsWith('message.')) return m.notices_channel_smtp()
  return channels[channel]?.() ?? channel
}

// One's own people by their name, those of the other side with their organisation. That a person was erased is said.
function whoOf({ actor, person, erased }: RecordLine, { side, names }: Told): string {
  if (actor === 'system') return m.notices_line_portal()
  const name = typeof person?.['name'] === 'string' ? person['name'] : undefined
  if (erased) return m.privacy_who_erased_of({ organisation: strong(names[actor]) })
  if (name === undefined) return strong(names[actor])
  return actor === side ? strong(name) : m.notices_who_of({ name: strong(name), organisation: names[actor] })
}

function withReference(sentence: string, reference: string | undefined): string {
  return reference === undefined ? sentence : joined(sentence, m.notices_line_reference({ reference }))
}

const recordedAnswers = z.array(z.object({ outcome: z.enum(outcomes), cells: z.number() }))

// How many answers were given, and how many of each: `374 answers: Excluded 286, Refused 88`.
function answersOf({ payload }: RecordLine): string | undefined {
  const parsed = recordedAnswers.safeParse(payload['answers'])
  if (!parsed.success || parsed.data.length === 0) return undefined
  const total = parsed.data.reduce((sum, { cells }) => sum + cells, 0)
  const byOutcome = Map.groupBy(parsed.data, ({ outcome }) => outcome)
  const each = [...byOutcome].map(([outcome, given]) =>
    m.notices_line_answer({
      outcome: outcomeWords[outcome](),
      count: formatNumber(given.reduce((sum, { cells }) => sum + cells, 0)),
    }),
  )
  return m.notices_line_answers({
    answers: m.notices_answers({ count: formatNumber(total) }),
    each: each.join(m.notices_line_and()),
  })
}

const escalatedSentences = {
  regulator: m.questions_line_escalated_regulator,
  litigation: m.questions_line_escalated_litigation,
} as const satisfies Record<EscalationKind, unknown>

const challengedCells = z.array(z.object({ cells: z.number() }))

// How many answers a challenge opened again.
function cellsOf({ payload }: RecordLine): number {
  const { data = [] } = challengedCells.safeParse(payload['cells'])
  return data.reduce((sum, { cells }) => sum + cells, 0)
}

const askedQuestion = z.object({ question: z.number(), kind: z.string().optional(), works: z.number().optional() })

function questionOf({ payload }: RecordLine): Pick<Said, 'question' | 'kind' | 'about'> {
  const { data } = askedQuestion.safeParse(payload)
  const kind = questionKinds.find((each) => each === data?.kind)
  return {
    question: formatNumber(data?.question ?? 0),
    kind: kind === undefined ? '' : questionKindWords[kind](),
    about: aboutWords({ worksKind: payload['digest'] === undefined ? 'all' : 'listed', works: data?.works ?? 0 }),
  }
}

// Japanese sets no space between sentences.
function joined(one: string, other: string): string {
  return one.endsWith('。') ? one + other : `${one} ${other}`
}

// The files of a line by the beginning of their hashes.
function piecesOf({ payload: { pieces } }: RecordLine): string {
  const known = z.array(z.object({ sha256: z.string() })).safeParse(pieces)
  return known.success ? known.data.map(({ sha256 }) => code(formatHash(sha256))).join(m.evidence_comma()) : ''
}

function marked(value: string | undefined): string | undefined {
  return value === undefined ? undefined : code(value)
}

function text(line: RecordLine, key: string): string | undefined {
  const value = held(line, key)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function number(line: RecordLine, key: string): number | undefined {
  const value = held(line, key)
  return typeof value === 'number' ? value : undefined
}

function held({ payload, person }: RecordLine, key: string): Canonical | undefined {
  return payload[key] ?? person?.[key]
}
