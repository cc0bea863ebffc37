import { mayDo } from '#app/accounts/roles.ts'
import type { Member } from '#app/accounts/viewer.server.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import { sha256 } from '#app/ledger/hash.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { captureOf, mostWorksNamed, worksNamed, type CaptureForm } from './capture.ts'
import { findPiece, type Piece } from './find-pieces.server.ts'

/** Whether a capture was saved. `unknown-works` names the lines that no work answers to. */
export type Described =
  | { readonly saved: true }
  | { readonly saved: false; readonly because: 'role' | 'gone' | 'went' | 'changed' | 'future' | 'too-many-works' }
  | { readonly saved: false; readonly because: 'unknown-works'; readonly lines: readonly string[] }

/** Changes when what is said of a piece does: of two who write at once, the second is told. */
export function captureMark({ capture, works }: Pick<Piece, 'capture' | 'works'>): string {
  return sha256(JSON.stringify([capture, works.map(({ workId }) => workId).toSorted()]))
}

/**
 * Saves how a piece came about and which works it shows. Of a piece that went out with a notice nothing changes any more.
 *
 * @param form works by external id or exact title, as they are in the organisation's catalogues now
 * @param shown `captureMark` of what the form showed: what somebody else said since is not overwritten unread
 */
export function describePiece(
  member: Member,
  evidenceId: string,
  form: CaptureForm,
  shown?: string,
): Promise<Described> {
  const refuse = (because: Exclude<Extract<Described, { saved: false }>['because'], 'unknown-works'>) =>
    Promise.resolve({ saved: false, because } as const)
  if (!mayDo(member.organisation.role, 'keep-evidence')) return refuse('role')
  const capture = captureOf(form)
  if (capture?.capturedAt !== undefined && capture.capturedAt > now().toISOString()) return refuse('future')
  const named = worksNamed(form)
  if (named.length > mostWorksNamed) return refuse('too-many-works')
  const organisationId = member.organisation.id
  return withPerson(member.personId, async (tx): Promise<Described> => {
    const [piece] = await tx.$queryRaw<{ went: boolean }[]>`
      select evidence_went(id) as went from evidence
      where id = ${evidenceId}::uuid and organisation_id = ${organisationId}::uuid for update`
    if (piece === undefined) return { saved: false, because: 'gone' }
    if (piece.went) return { saved: false, because: 'went' }
    // Asked after the lock: a statement that waited for it still sees what was there before.
    const there = shown === undefined ? null : await findPiece(tx, evidenceId)
    if (there !== null && captureMark(there) !== shown) return { saved: false, because: 'changed' }
    const works = await findNamedWorks(tx, organisationId, named)
    const lines = named.filter((line) => !works.some(({ said }) => said === line))
    if (lines.length > 0) return { saved: false, because: 'unknown-works', lines }
    await tx.evidence.updateMany({ where: { id: evidenceId }, data: { capture: capture ?? Prisma.DbNull } })
    await tx.evidenceWork.deleteMany({ where: { evidenceId } })
    await tx.evidenceWork.createMany({
      data: works.map(({ catalogueId, workId }) => ({ evidenceId, catalogueId, workId })),
      skipDuplicates: true,
    })
    return { saved: true }
  })
}

function findNamedWorks(
  tx: Transaction,
  organisationId: string,
  named: readonly string[],
): Promise<{ said: string; catalogueId: string; workId: string }[]> {
  if (named.length === 0) return Promise.resolve([])
  return tx.$queryRaw`
    select n.said, w.catalogue_id as "catalogueId", w.work_id as "workId"
    from unnest(${[...named]}::text[]) as n (said)
    cross join (select id from catalogue where organisation_id = ${organisationId}::uuid) c
    cross join lateral (
      select catalogue_id, work_id from work where catalogue_id = c.id and valid_to is null and external_id = n.said
      union select catalogue_id, work_id from work where catalogue_id = c.id and valid_to is null and length(title) < 500 and title = n.said
    ) w`
}
