import type { Member } from '#app/accounts/viewer.server.ts'
import { foldText } from '#app/catalogues/fold-text.ts'
import { Prisma } from '#app/generated/prisma/client.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { nameHere } from '#app/platform/name-here.server.ts'
import { readCapture, type Capture } from './capture.ts'
import { isMediaType, type MediaType } from './media-kinds.ts'

/** A work that a piece shows. */
export interface ShownWork {
  readonly catalogueId: string
  readonly workId: string
  readonly title: string
  readonly externalId: string
}

/** A piece of evidence as whoever may read it sees it. */
export interface Piece {
  readonly id: string
  readonly organisationId: string
  readonly sha256: string
  readonly bytes: number
  readonly type: MediaType
  readonly name: string
  readonly capture: Capture | null
  readonly redactionOf: string | null
  readonly madeAt: Date
  /** Null for those who do not belong to the organisation. */
  readonly madeBy: string | null
  readonly works: readonly ShownWork[]
}

type Row = Omit<Piece, 'type' | 'capture'> & { mediaType: string; capture: unknown }

/** What of a piece is read, for `evidence e`. A work that has left its catalogue is shown as it was last. */
export const pieceColumns =
  (): Prisma.Sql => Prisma.sql`e.id, e.organisation_id as "organisationId", e.sha256, e.bytes::float8 as bytes, e.media_type as "mediaType",
  e.name, e.capture, e.redaction_of as "redactionOf", e.made_at as "madeAt", (select ${nameHere('p')} from person p where p.id = e.made_by) as "madeBy",
  coalesce((select json_agg(json_build_object('catalogueId', w.catalogue_id, 'workId', w.work_id, 'title', w.title, 'externalId', w.external_id) order by w.title)
    from evidence_work x cross join lateral (select * from work k where k.catalogue_id = x.catalogue_id and k.work_id = x.work_id
      order by k.valid_from desc limit 1) w where x.evidence_id = e.id), '[]'::json) as works`

/** Reads rows of `pieceColumns`. */
export function readPiece({ mediaType, capture, ...row }: Row): Piece {
  // A type that this version does not know any more is not opened by anything.
  return { ...row, type: isMediaType(mediaType) ? mediaType : 'text/plain', capture: readCapture(capture) }
}

/** How many pieces stand on a page. */
export const piecesPerPage = 50

/** A page of the locker, newest first. Redacted copies stand with their originals. */
export interface PiecesPage {
  readonly pieces: readonly (Piece & { readonly redactions: number; readonly notices: number })[]
  readonly previous: string | null
  readonly next: string | null
}

/** What is looked for: a part of a name or of a hash; nothing finds everything. And from where on. */
export interface PiecesQuery {
  readonly search: string
  readonly before: string | null
  readonly after: string | null
}

/** The organisation's pieces. */
export function findPieces(member: Member, { search, before, after }: PiecesQuery): Promise<PiecesPage> {
  const organisationId = member.organisation.id
  const wanted = foldText(search)
  const most = piecesPerPage + 1
  const chosen =
    wanted === ''
      ? after === null
        ? Prisma.sql`select id from evidence where organisation_id = ${organisationId}::uuid and redaction_of is null
            and (${before}::uuid is null or id < ${before}::uuid) order by id desc limit ${most}`
        : Prisma.sql`select id from evidence where organisation_id = ${organisationId}::uuid and redaction_of is null
            and id > ${after}::uuid order by id limit ${most}`
      : Prisma.sql`select id from search_evidence(${organisationId}::uuid, ${wanted}, ${before}::uuid, ${most}::int)`
  const backwards = wanted === '' && after !== null
  return withPerson(member.personId, async (tx) => {
    const rows = await tx.$queryRaw<(Row & { redactions: number; notices: number })[]>`
      select ${pieceColumns()}, (select count(*)::int from evidence r where r.redaction_of = e.id) as redactions,
        (select count(*)::int from evidence_notice u join notice n on n.id = u.notice_id where u.evidence_id = e.id and n.stage <> 'draft') as notices
      from (${chosen}) c join evidence e on e.id = c.id order by e.id desc`
    const hasMore = rows.length === most
    const kept = backwards ? rows.slice(hasMore ? 1 : 0) : rows.slice(0, piecesPerPage)
    const pieces = kept.map(({ redactions, notices, ...row }) => ({ ...readPiece(row), redactions, notices }))
    return {
      pieces,
      previous: wanted === '' && (backwards ? hasMore : before !== null) ? (pieces[0]?.id ?? null) : null,
      next: (backwards ? true : hasMore) ? (pieces.at(-1)?.id ?? null) : null,
    }
  })
}

/** A piece that the asker of this transaction may read; null for any other. */
export async function findPiece(tx: Transaction, id: string): Promise<Piece | null> {
  const [row] = await tx.$queryRaw<Row[]>`select ${pieceColumns()} from evidence e where e.id = ${id}::uuid`
  return row === undefined ? null : readPiece(row)
}

/** Pieces of an organisation with their redacted copies, newest copy first, in the order of `ids`. */
export async function findPiecesById(
  tx: Transaction,
  organisationId: string,
  ids: readonly string[],
): Promise<readonly (Piece & { readonly copies: readonly Piece[] })[]> {
  if (ids.length === 0) return []
  const rows = await tx.$queryRaw<Row[]>`
    select ${pieceColumns()} from evidence e where e.organisation_id = ${organisationId}::uuid
      and (e.id = any(${[...ids]}::uuid[]) or e.redaction_of = any(${[...ids]}::uuid[])) order by e.id desc`
  const pieces = rows.map((row) => readPiece(row))
  return ids.flatMap((id) => {
    const piece = pieces.find((each) => each.id === id && each.redactionOf === null)
    return piece === undefined ? [] : [{ ...piece, copies: pieces.filter((each) => each.redactionOf === id) }]
  })
}
