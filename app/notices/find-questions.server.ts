import type { Transaction } from '#app/platform/db.server.ts'
import type { QuestionEnd, QuestionKind, SendBackReason } from './questions.ts'

/** Who wrote something in a thread, when, and what; words that were erased are null. Instants ISO 8601. */
export interface Written {
  readonly at: string
  readonly actor: 'holder' | 'vendor' | 'system'
  readonly name: string | null
  readonly text: string | null
}

/** A file that came with an answer. */
export interface QuestionFile {
  readonly id: string
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

/** One question of a notice, with what came of it. */
export interface Question {
  readonly id: string
  readonly number: number
  readonly kind: QuestionKind
  readonly reasons: readonly SendBackReason[]
  readonly worksKind: 'all' | 'listed'
  readonly works: number
  readonly asked: Written
  /** Null while it is open. */
  readonly ended: (Written & { readonly how: QuestionEnd }) | null
  readonly files: readonly QuestionFile[]
}

const mostShown = 50

/** The questions of a notice, the newest first; whoever may see the notice sees them. */
export async function findQuestions(
  tx: Transaction,
  { noticeId, number = null }: { noticeId: string; number?: number | null },
): Promise<readonly Question[]> {
  const rows = await tx.$queryRaw<{ question: Question }[]>`
    select json_build_object('id', q.id, 'number', q.number, 'kind', q.kind, 'reasons', q.reasons,
      'worksKind', q.works_kind, 'works', q.works_count,
      'asked', json_build_object('at', q.asked_at, 'actor', a.actor, 'name', b.facts->>'name', 'text', b.facts->>'text'),
      'ended', case when q.ended_at is null then null else json_build_object('how', q.ended_how, 'at', q.ended_at,
        'actor', e.actor, 'name', f.facts->>'name',
        'text', case when q.ended_how = 'answered' then f.facts->>'text' end) end,
      'files', coalesce((select json_agg(json_build_object('id', x.id, 'name', x.name, 'bytes', x.bytes, 'sha256', x.sha256)
        order by x.position) from question_file x where x.question_id = q.id), '[]'::json)) as question
    from question q
    join notice_event a on a.notice_id = q.notice_id and a.sequence = q.asked_sequence
    left join event_person b on b.notice_id = a.notice_id and b.sequence = a.sequence
    left join notice_event e on e.notice_id = q.notice_id and e.sequence = q.ended_sequence
    left join event_person f on f.notice_id = e.notice_id and f.sequence = e.sequence
    where q.notice_id = ${noticeId}::uuid and (${number}::int is null or q.number = ${number}::int)
    order by q.number desc limit ${mostShown}`
  return rows.map(({ question }) => question)
}
