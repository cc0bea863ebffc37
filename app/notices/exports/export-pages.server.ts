import { Prisma } from '#app/generated/prisma/client.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'

/** Whose export it is: read as the owner who ordered it, so that row security decides what is the organisation's. */
export type ExportOf = { personId: string; organisationId: string }

/** How many rows are read at a time. */
export const atOnce = 200

/** Of notices `n` those that an organisation holds, filed or got. */
export const ofOrganisation = (organisationId: string) => Prisma.sql`(n.holder_organisation_id = ${organisationId}::uuid
  or n.filed_by_organisation_id = ${organisationId}::uuid
  or n.vendor_id in (select v.id from vendor v where v.organisation_id = ${organisationId}::uuid))`

/** One page after another, by the id of its last row. */
export async function* pages<Row extends { id: string }>(
  personId: string,
  page: (tx: Transaction, after: string | null) => Promise<Row[]>,
): AsyncGenerator<Row> {
  let after: string | null = null
  for (;;) {
    const from: string | null = after
    const rows: Row[] = await withPerson(personId, (tx) => page(tx, from))
    yield* rows
    if (rows.length < atOnce) return
    after = rows.at(-1)?.id ?? null
  }
}
