import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { withBulkConnection, type BulkConnection } from '#app/platform/bulk.server.ts'
import { newId } from '#app/platform/id.ts'
import { lockCatalogue, makeVersion } from './merge-rows.server.ts'
import { createStagingTable, stagedValues, stagingColumns } from './stage-rows.server.ts'
import type { WorkContent } from './work-content.ts'

/**
 * A work to keep. Without `workId` it is a new one, which becomes `newWorkId`: the same form sent twice adds one work. `basedOn` is
 * the version its form was made from.
 */
export type WorkToSave = {
  member: Member
  catalogueId: string
  workId: string | null
  newWorkId?: string
  externalId: string | null
  basedOn: number | null
  content: WorkContent
}

/** What came of saving a work. `version` is null when nothing was changed. */
export type SaveVerdict =
  | { allowed: true; workId: string; version: number | null }
  | { allowed: false; because: 'role' | 'no-work' | 'stale' | 'external-id-taken' }

type Known = { valid_from: number; external_id: string; row_sha256: string }

/** Keeps a work that was written by hand: a new version of its catalogue, or none when nothing changed. */
export async function saveWork(given: WorkToSave): Promise<SaveVerdict> {
  const { member, catalogueId } = given
  if (!mayDo(member.organisation.role, 'edit-catalogues')) return { allowed: false, because: 'role' }
  return withBulkConnection({ personId: member.personId }, async (connection): Promise<SaveVerdict> => {
    const from = await lockCatalogue(connection, catalogueId)
    const workId = given.workId ?? given.newWorkId ?? newId()
    const known = (await findKnown(connection, catalogueId, workId)) ?? null
    if (given.workId === null && known !== null) return { allowed: true, workId, version: known.valid_from }
    if (given.workId !== null && known === null) return { allowed: false, because: 'no-work' }
    if (known !== null && known.valid_from !== given.basedOn) return { allowed: false, because: 'stale' }
    const externalId = given.externalId ?? keptId(known) ?? `work:${workId}`
    if (await isTaken(connection, { catalogueId, workId, externalId }))
      return { allowed: false, because: 'external-id-taken' }
    const values = stagedValues(
      { line: 0, externalId, byContent: false, workId },
      given.content,
      given.externalId ?? undefined,
    )
    if (known !== null && known.external_id === externalId && values.includes(known.row_sha256)) {
      return { allowed: true, workId, version: null }
    }
    await stage(connection, workId, values)
    const counts = { added: known === null ? 1 : 0, changed: known === null ? 0 : 1, unchanged: 0, removed: 0 }
    const merge = { catalogueId, rejected: 0, madeBy: member.personId, source: null }
    return { allowed: true, workId, version: await makeVersion(connection, merge, from, counts) }
  })
}

async function findKnown(connection: BulkConnection, catalogueId: string, workId: string): Promise<Known | undefined> {
  const { rows } = await connection.query<Known>(
    'select valid_from, external_id, row_sha256 from work where catalogue_id = $1 and work_id = $2 and valid_to is null',
    [catalogueId, workId],
  )
  return rows[0]
}

// A work that had no number of its owner's goes on being known as it was.
function keptId(known: Known | null): string | undefined {
  return known !== null && /^(?:row|work):/u.test(known.external_id) ? known.external_id : undefined
}

async function isTaken(
  connection: BulkConnection,
  { catalogueId, workId, externalId }: { catalogueId: string; workId: string; externalId: string },
): Promise<boolean> {
  const { rowCount } = await connection.query(
    'select from work where catalogue_id = $1 and external_id = $2 and work_id <> $3 and valid_to is null',
    [catalogueId, externalId, workId],
  )
  return rowCount !== 0
}

async function stage(connection: BulkConnection, workId: string, values: readonly unknown[]): Promise<void> {
  await connection.query('create temporary table ending (work_id uuid) on commit drop')
  await connection.query('insert into ending values ($1)', [workId])
  await createStagingTable(connection, 'starting')
  const places = stagingColumns.map((_, index) => `$${index + 1}`).join(', ')
  await connection.query(
    `insert into starting (${stagingColumns.join(', ')}) values (${places})`,
    values.map((value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : (value ?? null))),
  )
}
