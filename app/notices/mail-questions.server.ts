import type { OutgoingMail } from '#app/mail/mail-handlers.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { dayOf } from '#app/ui/format.ts'
import { noticeUrl, zonesFor } from './mail-notice-facts.server.ts'
import type { MailRow } from './mail-rows.server.ts'
import { aboutWords, questionKindWords, reasonWords } from './question-words.ts'
import type { QuestionKind, SendBackReason } from './questions.ts'

/** A question as its mails tell it, with what has become of it and of the time to decide. */
export interface MailQuestion {
  readonly noticeId: string
  readonly askedSequence: number
  readonly endedSequence: number | null
  readonly number: number
  readonly kind: QuestionKind
  readonly reasons: readonly SendBackReason[]
  readonly worksKind: 'all' | 'listed'
  readonly works: number
  readonly text: string | null
  readonly answer: string | null
  readonly files: number
  readonly askedAt: Date
  readonly open: number
  readonly daysLeft: number | null
}

/** The question that each of these mails is about, found by the line that it was asked or ended with. */
export async function findMailQuestions(
  tx: Transaction,
  mails: readonly OutgoingMail[],
): Promise<(mail: OutgoingMail) => MailQuestion | undefined> {
  const about = mails.filter(({ kind }) => kind.startsWith('question-') || kind === 'notice-sent-back')
  if (about.length === 0) return () => undefined
  const rows = await tx.$queryRaw<MailQuestion[]>`
    select q.notice_id as "noticeId", q.asked_sequence as "askedSequence", q.ended_sequence as "endedSequence", q.number, q.kind, q.reasons,
      q.works_kind as "worksKind", q.works_count as works, a.facts->>'text' as text, e.facts->>'text' as answer, q.asked_at as "askedAt",
      (select count(*)::int from question_file f where f.question_id = q.id) as files,
      (select count(*)::int from question o where o.notice_id = q.notice_id and o.ended_at is null and o.id <> q.id) as open,
      (select c.days_left from clock c where c.notice_id = q.notice_id and c.kind = 'decide') as "daysLeft"
    from question q
    left join event_person a on a.notice_id = q.notice_id and a.sequence = q.asked_sequence
    left join event_person e on e.notice_id = q.notice_id and e.sequence = q.ended_sequence and q.ended_how = 'answered'
    where q.notice_id = any(${about.map(({ noticeId }) => noticeId)}::uuid[])`
  const byLine = new Map(
    rows.flatMap((row) =>
      [row.askedSequence, row.endedSequence].map((sequence) => [`${row.noticeId} ${sequence}`, row] as const),
    ),
  )
  return ({ noticeId, eventSequence }) => byLine.get(`${noticeId} ${eventSequence}`)
}

/** What a mail says about a question, in the reader's language. */
export function questionFactsOf({ mail, row, question }: { mail: OutgoingMail; row: MailRow; question: MailQuestion }) {
  const { number, kind, reasons, text, answer, files, askedAt, open, daysLeft } = question
  const url = noticeUrl(mail, row)
  return {
    question: {
      number,
      kind: questionKindWords[kind](),
      about: aboutWords(question),
      reasons: reasons.map((reason) => reasonWords[reason]()),
      text: text ?? '',
      askedOn: dayOf(askedAt, zonesFor(mail, row)[0] ?? 'UTC'),
      answer: answer ?? '',
      files,
    },
    open,
    daysLeft,
    decideBy: row.decideBy,
    questionUrl: mail.linkId === null ? `${url}/questions/${number}` : `${url}#questions`,
  }
}
