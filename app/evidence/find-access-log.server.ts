import type { Transaction } from '#app/platform/db.server.ts'
import type { Access } from './open-piece.server.ts'

/** Who did what with a piece, and when. Names are empty where a person was erased. */
export interface AccessLine {
  readonly id: string
  readonly at: Date
  readonly what: Access
  readonly name: string | null
  readonly organisation: string | null
  /** Of the mail whose link was opened. */
  readonly address: string | null
  readonly networkAddress: string | null
}

/** How many lines stand on a page. */
export const linesPerPage = 50

/** The access log of a piece, newest first, for members of the organisation whose it is; empty for others. */
export async function findAccessLog(
  tx: Transaction,
  evidenceId: string,
  before: string | null,
): Promise<{ lines: readonly AccessLine[]; earlier: string | null }> {
  const found = await tx.$queryRaw<AccessLine[]>`
    select id, at, what, name, organisation, address, network_address as "networkAddress"
    from evidence_log(${evidenceId}::uuid, ${before}::uuid, ${linesPerPage + 1}::int)`
  const lines = found.slice(0, linesPerPage)
  return { lines, earlier: found.length > linesPerPage ? (lines.at(-1)?.id ?? null) : null }
}
