import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { findNotice, type NoticeFacts } from './find-notice.server.ts'
import { findQuestions, type Question } from './find-questions.server.ts'
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
  /** The first works of its list; none when it is about all. */
  readonly works: readonly AskedWork[]
  readonly mayAnswer: boolean
  readonly mayClose: boolean
}

const mostWorksShown = 200
const anyPart = { view: undefined, cursor: null, earlier: undefined } as const

/**
 * One question of a notice with the works it is about.
 *
 * @returns null when the member's organisation has no such notice, or the notice no such question
 */
export async function findQuestion(
  member: Member,
  { reference, number }: { reference: string; number: number },
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
    works: found.worksKind === 'all' ? [] : await findAskedWorks(member, notice, found.id),
    mayAnswer: found.ended === null && steps.includes('clarification.answered'),
    mayClose: found.ended === null && steps.includes('clarification.closed'),
  }
}

async function findOlder(member: Member, noticeId: string, number: number): Promise<Question | null> {
  const [found] = await withPerson(member.personId, (tx) => findQuestions(tx, { noticeId, number }))
  return found ?? null
}

function findAskedWorks(member: Member, { scope }: NoticeFacts, questionId: string): Promise<readonly AskedWork[]> {
  const { catalogueId, version } = scope
  return withPerson(
    member.personId,
    (tx) => tx.$queryRaw<AskedWork[]>`
      select w.work_id as "workId", w.external_id as "externalId", w.title, w.year
      from question_work q join work w on w.work_id = q.work_id and w.catalogue_id = ${catalogueId}::uuid
        and w.valid_from <= ${version} and (w.valid_to is null or w.valid_to > ${version})
      where q.question_id = ${questionId}::uuid order by w.work_id limit ${mostWorksShown}`,
  )
}
