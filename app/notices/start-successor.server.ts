import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { emptyContent, filingContentSchema, mostPickedWorks, type FilingContent } from './filing-draft.ts'
import type { NoticeFacts } from './find-notice.server.ts'
import { mostListedWorks } from './scope.ts'
import { addDraft, type DraftStarted } from './start-draft.server.ts'

/** A draft that nobody has touched for so long was not made by the same press. */
const pressSeconds = 60

/**
 * Starts a draft that carries over what a notice says: its vendor, works, measures, bases and particulars. Once what is
 * filed from it is served, it takes the notice's place. Nothing is signed yet. Pressed twice, the draft is the same.
 */
export function startSuccessor(member: Member, notice: NoticeFacts): Promise<DraftStarted> {
  if (!mayDo(member.organisation.role, 'file-notices')) {
    return Promise.resolve({ allowed: false, because: 'role-too-low' })
  }
  return withPerson(member.personId, async (tx) => {
    const known = await findStarted(tx, member, notice.reference)
    if (known !== undefined) return { allowed: true, draftId: known }
    const vendor = await tx.notice.findUniqueOrThrow({ where: { id: notice.id }, select: { vendorId: true } })
    const content: FilingContent = {
      ...(await findEarlier(tx, notice)),
      kind: notice.kind,
      vendorIds: [vendor.vendorId],
      stance: notice.stance,
      bases: [...notice.bases],
      measures: notice.measures.map(({ measure, detail }) => ({ measure, detail: detail ?? '' })),
      locale: notice.locale,
      scope: await scopeOf(tx, notice),
      signature: null,
      changedAt: {},
      supersedes: [notice.reference],
    }
    return { allowed: true, draftId: await addDraft(tx, member, content) }
  })
}

async function findStarted(tx: Transaction, member: Member, reference: string): Promise<string | undefined> {
  const organisationId = member.organisation.id
  await tx.$executeRaw`
    select pg_advisory_xact_lock(hashtextextended('successor of ' || ${reference} || ' for ' || ${member.personId}, 0))`
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select id from filing_draft where organisation_id = ${organisationId}::uuid and created_by = ${member.personId}::uuid
      and updated_at > ${new Date(now().getTime() - pressSeconds * 1000)} and revision = 1 and filing_id is null
      and content -> 'supersedes' = ${JSON.stringify([reference])}::jsonb order by id desc limit 1`
  return row?.id
}

// Paragraph, particulars and capacity stand in the draft that the notice was filed from; one from elsewhere has none.
async function findEarlier(tx: Transaction, { id, locale }: NoticeFacts): Promise<FilingContent> {
  const [row] = await tx.$queryRaw<{ content: unknown }[]>`
    select d.content from notice n join filing f on f.id = n.filing_id join filing_draft d on d.id = f.draft_id
    where n.id = ${id}::uuid`
  const earlier = filingContentSchema.safeParse(row?.content)
  return earlier.success ? earlier.data : emptyContent(locale)
}

// The works as they are now: a new notice cites the version of the day, and asks for nothing that was withdrawn. A list too
// long to carry is chosen anew.
async function scopeOf(tx: Transaction, { id, scope, works }: NoticeFacts): Promise<FilingContent['scope']> {
  const { catalogueId } = scope
  const catalogue = await tx.catalogue.findUniqueOrThrow({
    where: { id: catalogueId },
    select: { currentVersion: true },
  })
  const empty = { ...emptyContent('en').scope, catalogueId, version: catalogue.currentVersion }
  if (scope.kind === 'all') {
    const withdrawn = await findWithdrawn(tx, id)
    if (withdrawn.length === 0) return { ...empty, kind: 'all' }
    if (withdrawn.length > mostPickedWorks || works > mostListedWorks) return { ...empty, kind: null }
    return { ...empty, kind: 'filtered', except: withdrawn }
  }
  const listed = await tx.$queryRaw<{ workId: string }[]>`
    select x.work_id as "workId" from notice_scope_work x where x.scope_id = ${scope.id}::uuid
      and not exists (select from outcome_cell c where c.notice_id = ${id}::uuid and c.work_id = x.work_id and c.outcome = 'withdrawn')
    order by x.work_id limit ${mostPickedWorks + 1}`
  if (listed.length > mostPickedWorks) return { ...empty, kind: null }
  return { ...empty, kind: 'chosen', workIds: listed.map(({ workId }) => workId) }
}

async function findWithdrawn(tx: Transaction, noticeId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ workId: string }[]>`
    select distinct c.work_id as "workId" from outcome_cell c
    where c.notice_id = ${noticeId}::uuid and c.outcome = 'withdrawn' order by c.work_id limit ${mostPickedWorks + 1}`
  return rows.map(({ workId }) => workId)
}
