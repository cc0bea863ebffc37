import { afterEach, expect, test } from 'vitest'
import { setClock } from '#app/platform/clock.server.ts'
import { runOneJob } from '#app/platform/run-jobs.server.ts'
import { aCollective, aCollectiveDraft, anAnnexedMember, submit } from '#test/collective.ts'
import { collectiveJobs, collectiveReader } from '#test/collective-reader.ts'
import { testDatabase } from '#test/database.ts'
import { leftOutWords } from './collective-words.ts'
import { endAnnexReviews } from './end-annex-reviews.server.ts'

// No page offers a basis that is sworn to an association. Whoever writes one into a filing all the same meets the rule in the act.

const { owner } = await testDatabase()
const { noticesOf, made } = collectiveReader(owner)
afterEach(() => setClock(null))

/** Members whose mandates let file, and one whose mandate lets swear. */
async function members() {
  const given = await aCollective(owner, 2)
  const swears = await anAnnexedMember(owner, given.association, { scopes: ['view', 'file', 'swear'] })
  return { ...given, swears, members: [...given.members, swears] }
}

/** The basis of section 512(c), which is sworn under penalty of perjury. */
const addSwornBasis = (id: string) =>
  owner.query(
    `update collective_filing set content = jsonb_set(content, '{filing,bases}', content -> 'filing' -> 'bases' || '"US_DMCA_512C"') where id = $1`,
    [id],
  )

test('nothing sworn is made for a member whose mandate does not say so, and each is told why', async () => {
  const given = await members()
  const draft = await aCollectiveDraft(owner, given.association, given)
  expect(await submit(given.association, draft)).toMatchObject({ submitted: true })
  await addSwornBasis(draft.id)
  await runOneJob(collectiveJobs)
  const { rows } = await owner.query<{ member: string; because: string }>(
    'select member_id as member, because from collective_left_out where collective_id = $1',
    [draft.id],
  )
  const because = new Map(rows.map((row) => [row.member, row.because]))
  expect(given.members.map(({ organisation }) => because.get(organisation.id))).toEqual([
    'needs_swear',
    'needs_swear',
    // Whom the oath does not bar lacks the locations that such a notice wants, and that no collective filing has.
    'incomplete',
  ])
  expect(leftOutWords.needs_swear()).toBe('The mandate does not let the association swear')
  expect(await noticesOf(draft.reference)).toEqual([])
})

test('at the end of the review the oath is asked for once more', async () => {
  const given = await members()
  const draft = await made(given)
  await addSwornBasis(draft.id)
  setClock(new Date(Date.now() + 4 * 86_400_000))
  await endAnnexReviews()
  const notices = await noticesOf(draft.reference)
  expect(notices).toHaveLength(6)
  for (const { holder, stage } of notices)
    expect(stage).toBe(holder === given.swears.organisation.id ? 'queued' : 'withdrawn')
})
