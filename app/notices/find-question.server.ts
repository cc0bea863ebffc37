import type { Member } from '#app/accounts/viewer.server.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { findNotice, type NoticeFacts } from './find-notice.server.ts'
import { findQuestions, type Question } from './find-questions.server.ts'
import type { Cursor } from './notice-query.ts'
import { namesOf, openSteps, type NoticeView } from './notice-view.ts'
import type { Side } from './side.server.ts'

/** A work that a question is about. */
export interface AskedWork {
  readonly workId: string
  readonly externalId: string
  readonly title: string
  readonly year: number | null
}

/** The page of one question for one of the two sides. */
export interface QuestionPage {
  readonly notice: NoticeFacts
  readonly side: Side
  readonly names: NoticeView['names']
  readonly question: Question
  /** How many other questions of the notice are open. */
  readonly othersOpen: number
  /** A page of the works of its list; none when it is about all. */
  readonly works: readonly AskedWork[]
  readonly previous: Cursor
  readonly next: Cursor
  readonly mayAnswer: boolean
  readonly mayClose: boolean
}

const worksShown = 50
const anyPart = { view: undefined, cursor: null, earlier: undefined } as const

/**
 * One question of a notice with the works it is about.
 *
 * @returns null when the member's organisation has no such notice, or the notice no such question
 */
export async function findQuestion(
  member: Member,
  { reference, number, cursor }: { reference: string; number: number; cursor: Cursor },
): Promise<QuestionPage | null> {
  const page = await findNotice({ member, reference, query: anyPart })
  if (page === null) return null
  const { notice, side } = page
  const question = page.questions.find((each) => each.number === number) ?? null
  const found = question ?? (await findOlder(member, notice.id, number))
  if (found === null) return null
  const { role } = page
  const submitter = notice.filing.submittedBy === member.personId
  const steps = openSteps(page, side === 'holder' ? { party: 'holder', role, submitter } : { party: 'vendor', role })
  return {
    notice,
    side,
    names: namesOf(notice, member.locale),
    question: found,
    othersOpen: page.questions.filter((each) => each.ended === null && each.number !== number).length,
    ...(await findAskedWorks(member, notice, { question: found, cursor })),
    mayAnswer: found.ended === null && steps.includes('clarification.answered'),
    mayClose: found.ended === null && steps.includes('clarification.closed'),
  }
}

async function findOlder(member: Member, noticeId: string, number: number): Promise<Question | null> {
  const [found] = await withPerson(member.personId, (tx) => findQuestions(tx, { noticeId, number }))
  return found ?? null
}

async function findAskedWorks(
  member: Member,
  { scope }: NoticeFacts,
  { question, cursor }: { question: Question; cursor: Cursor },
): Promise<Pick<QuestionPage, 'works' | 'previous' | 'next'>> {
  if (question.worksKind === 'all') return { works: [], previous: null, next: null }
  const { catalogueId, version } = scope
  const backwards = cursor !== null && 'before' in cursor
  const found = await withPerson(
    member.personId,
    (tx) => tx.$queryRaw<AskedWork[]>`
      with page as (select q.work_id from question_work q where q.question_id = ${question.id}::uuid and ${beyond(cursor)}
        order by q.work_id ${backwards ? Prisma.sql`desc` : Prisma.sql`asc`} limit ${worksShown + 1})
      select w.work_id as "workId", w.external_id as "externalId", w.title, w.year
      from page p join work w on w.work_id = p.work_id and w.catalogue_id = ${catalogueId}::uuid
        and w.valid_from <= ${version} and (w.valid_to is null or w.valid_to > ${version})
      order by w.work_id`,
  )
  const more = found.length > worksShown
  const works = backwards ? found.slice(more ? 1 : 0) : found.slice(0, worksShown)
  const [first, last] = [works[0], works.at(-1)]
  return {
    works,
    previous: first && (backwards ? more : cursor !== null) ? { before: first.workId } : null,
    next: last && (backwards || more) ? { after: last.workId } : null,
  }
}

function beyond(cursor: Cursor): Prisma.Sql {
  if (cursor === null) return Prisma.sql`true`
  return 'after' in cursor
    ? Prisma.sql`q.work_id > ${cursor.after}::uuid`
    : Prisma.sql`q.work_id < ${cursor.before}::uuid`
}
