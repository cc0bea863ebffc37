import { expect, test } from 'vitest'
import type { Member } from '#app/accounts/viewer.server.ts'
import { findNotice } from '#app/notices/find-notice.server.ts'
import { findAnswerFile } from '#app/notices/find-question-file.server.ts'
import { findWorkAnswers } from '#app/notices/find-work-answers.server.ts'
import { newId } from '#app/platform/id.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { anAssociation, dayFromNow, inForce, seeAll, signature } from '#test/associations.ts'
import { aCatalogue, aPerson, insert } from '#test/builders.ts'
import { testDatabase } from '#test/database.ts'
import { memberOf } from '#test/members.ts'
import { aSentNotice } from '#test/notices.ts'
import type { Terms } from './mandate.ts'
import { narrowMandate } from './narrow-mandate.server.ts'
import { revokeMandate } from './revoke-mandate.server.ts'

// The page of a question names files, the matrix of answers leads to works: who sees the notice by a mandate opens both, nobody else.

const db = await testDatabase()

/** A member’s notice with an answered question, seen by an association. */
async function anAnswer(terms: Terms = seeAll) {
  const given = await inForce(db.owner, terms)
  const notice = await aSentNotice(db.owner, given.pair)
  const [question, file, at] = [newId(), newId(), now()]
  await insert(db.owner, 'question', {
    id: question,
    notice_id: notice.id,
    number: 1,
    kind: 'other',
    works_kind: 'all',
    works_count: 3,
    asked_sequence: 1,
    asked_at: at,
    ended_at: at,
    ended_how: 'answered',
    ended_sequence: 1,
  })
  await insert(db.owner, 'question_file', {
    id: file,
    question_id: question,
    notice_id: notice.id,
    event_sequence: 1,
    position: 1,
    name: 'chain-of-title.pdf',
    media_type: 'application/pdf',
    sha256: 'a'.repeat(64),
    bytes: 10,
    created_at: at,
  })
  return { ...given, notice, file }
}

type Answer = Awaited<ReturnType<typeof anAnswer>>

/** What of file and work a member opens. */
async function opens(member: Member, { notice, file }: Pick<Answer, 'notice' | 'file'>) {
  const { reference, catalogue } = notice
  const page = await findNotice({ member, reference, query: { view: undefined, cursor: null, earlier: undefined } })
  const work = await withPerson(member.personId, async (tx) =>
    page === null ? null : findWorkAnswers(tx, { notice: page.notice, workId: catalogue.workIds[0] ?? '' }),
  )
  // Past every page, as row security alone would answer.
  const rows = await withPerson(member.personId, async (tx) => ({
    files: await tx.questionFile.count({ where: { id: file } }),
    works: await tx.work.count({ where: { catalogueId: catalogue.id } }),
  }))
  return {
    file: (await findAnswerFile({ member, reference, id: file }))?.name ?? null,
    work: work?.work.title ?? null,
    ...rows,
  }
}

const both = { file: 'chain-of-title.pdf', work: 'Work 1', files: 1, works: 3 }
const neither = { file: null, work: null, files: 0, works: 0 }

test('a mandate to view opens the files of answers and the works of the member’s notice', async () => {
  const given = await anAnswer()
  expect(await opens(given.association.member, given)).toEqual(both)
  expect(await opens(given.pair.holder.member, given)).toMatchObject({ file: both.file, work: both.work })
})

test('it opens no other work of the member', async () => {
  const given = await anAnswer()
  const other = await aCatalogue(db.owner, given.member.organisation.id)
  const works = await withPerson(given.association.person.id, (tx) =>
    tx.work.count({ where: { catalogueId: other.id } }),
  )
  expect(works).toBe(0)
})

test('without a mandate there is neither', async () => {
  const [given, stranger] = [await anAnswer(), await anAssociation(db.owner)]
  expect(await opens(stranger.member, given)).toEqual(neither)
})

test.each([
  ['before its first day', { startsOn: dayFromNow(3) }],
  ['for another measure', { measures: ['DISCLOSE_USE'] }],
] as const)('%s there is neither', async (_, change) => {
  const given = await anAnswer({ ...seeAll, ...change })
  expect(await opens(given.association.member, given)).toEqual(neither)
})

test('when the mandate is over there is neither', async () => {
  const given = await anAnswer({ ...seeAll, endsOn: dayFromNow(5) })
  expect(await opens(given.association.member, given)).toEqual(both)
  await db.owner.query('update mandate_grant set ends_at = $1 where mandate_id = $2', [now(), given.mandateId])
  expect(await opens(given.association.member, given)).toEqual(neither)
})

test('a mandate that is narrowed to another catalogue opens neither', async () => {
  const given = await anAnswer()
  const { member, mandateId } = given
  const other = await aCatalogue(db.owner, member.organisation.id)
  await narrowMandate({ member, mandateId, terms: { ...seeAll, catalogues: [other.id] }, signature })
  expect(await opens(given.association.member, given)).toEqual(neither)
})

test('a revoked mandate opens neither', async () => {
  const given = await anAnswer()
  await revokeMandate({ member: given.member, mandateId: given.mandateId })
  expect(await opens(given.association.member, given)).toEqual(neither)
})

test('who works for two associations opens nothing for the one without a mandate', async () => {
  const [given, idle] = [await anAnswer(), await anAssociation(db.owner)]
  const person = await aPerson(db.owner, { organisationId: given.association.organisation.id, role: 'viewer' })
  await insert(db.owner, 'membership', {
    id: newId(),
    person_id: person.id,
    organisation_id: idle.organisation.id,
    role: 'owner',
    created_at: new Date(),
  })
  const as = (organisation: typeof idle.organisation) => memberOf(person, organisation, { kind: 'association' })
  expect(await opens(as(given.association.organisation), given)).toEqual(both)
  expect(await opens(as(idle.organisation), given)).toMatchObject({ file: null, work: null })
})
