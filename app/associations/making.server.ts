import { isRole, mayDo, type Role } from '#app/accounts/roles.ts'
import { now } from '#app/platform/clock.server.ts'
import { withWorker, type Transaction } from '#app/platform/db.server.ts'
import type { FilingVendor, HolderFacts } from '#app/notices/filing-facts.ts'
import { getParties } from '#app/notices/filing-facts.server.ts'
import { packsOf } from '#app/notices/filing-facts.ts'
import { statementText } from '#app/notices/letter-composition.ts'
import type { Taker } from '#app/notices/taker.server.ts'
import { newId } from '#app/platform/id.ts'
import { collectiveContentSchema, type CollectiveContent } from './collective.ts'

/** A collective filing while its notices are made: everything that all of them share. */
export interface Making {
  readonly collectiveId: string
  readonly filingId: string
  readonly reference: string
  readonly association: HolderFacts & { readonly id: string }
  readonly content: CollectiveContent
  readonly kind: 'exclusion' | 'cease_and_desist'
  readonly vendors: readonly FilingVendor[]
  /** Who submitted it, as the ledger names the act's author. */
  readonly taker: Extract<Taker, { channel: 'portal' | 'api' }>
}

interface Row {
  readonly id: string
  readonly reference: string
  readonly associationId: string
  readonly state: string
  readonly content: unknown
  readonly filingId: string | null
  readonly submittedAt: Date
  readonly approvedBy: string | null
  readonly approvedAt: Date | null
  readonly personId: string
  readonly name: string
  readonly email: string
  readonly role: string | null
  readonly verified: boolean
}

/**
 * Begins or goes on making a collective filing: authorised again, and with one filing however often it is asked.
 *
 * @returns null when it is not to be made any more. One whose submitter may not file now is a draft again.
 */
export function beginMaking(collectiveId: string): Promise<Making | null> {
  return withWorker(async (tx) => {
    const [row] = await tx.$queryRaw<Row[]>`
      select c.id, c.reference, c.association_id as "associationId", c.state, c.content, c.filing_id as "filingId",
        c.submitted_at as "submittedAt", c.approved_by as "approvedBy", c.approved_at as "approvedAt",
        p.id as "personId", p.name, p.email, o.verified_at is not null and o.closes_at is null as verified,
        (select m.role from membership m where m.person_id = p.id and m.organisation_id = c.association_id) as role
      from collective_filing c join person p on p.id = c.submitted_by join organisation o on o.id = c.association_id
      where c.id = ${collectiveId}::uuid and c.state = 'making' for update of c`
    if (!row) return null
    const role = isRole(row.role) ? row.role : null
    // Once some notices are made the rest follow: nothing of a filing is left half-done.
    if (row.filingId === null && (role === null || !mayDo(role, 'file-notices') || !row.verified)) {
      await tx.$executeRaw`update collective_filing set state = 'draft', updated_at = ${now()} where id = ${row.id}::uuid`
      return null
    }
    return makingOf(tx, row, role ?? 'editor')
  })
}

async function makingOf(tx: Transaction, row: Row, role: Role): Promise<Making> {
  const content = collectiveContentSchema.parse(row.content)
  const { filing } = content
  const { kind } = filing
  if (kind === null || kind === 'takedown' || filing.signature === null) {
    throw new Error(`collective filing ${row.reference} was submitted without a kind or a signature`)
  }
  const { holder, vendors } = await getParties(tx, row.associationId, { vendorIds: filing.vendorIds, kind })
  const filingId = row.filingId ?? (await addFiling(tx, row, { content, kind, association: holder }))
  const { personId, name, email } = row
  return {
    collectiveId: row.id,
    filingId,
    reference: row.reference,
    association: { ...holder, id: row.associationId },
    content,
    kind,
    vendors,
    taker: {
      channel: 'portal',
      personId,
      name,
      email,
      organisation: { id: row.associationId, name: holder.name, role },
    },
  }
}

async function addFiling(
  tx: Transaction,
  row: Row,
  { content, kind, association }: { content: CollectiveContent; kind: Making['kind']; association: HolderFacts },
): Promise<string> {
  const { signature, locale } = content.filing
  const statements = (signature?.statements ?? []).map((id) => ({
    id,
    text: statementText(packsOf(content.filing), id, { locale, holder: { ...association, address: '' } }),
  }))
  const id = newId()
  await tx.filing.create({
    data: {
      id,
      reference: row.reference,
      filedByOrganisationId: row.associationId,
      submittedBy: row.personId,
      kind,
      signatoryName: signature?.name ?? null,
      signatoryCapacity: signature?.capacity ?? null,
      signedAt: signature === null ? null : new Date(signature.signedAt),
      statements,
      approvedBy: row.approvedBy,
      approvedAt: row.approvedAt,
      collective: true,
      // A draft's key is the same for the whole of its life: a second filing of it cannot be.
      idempotencyKey: `collective ${row.id}`,
      submittedAt: row.submittedAt,
      sendAt: row.submittedAt,
    },
    select: { id: true },
  })
  await tx.collectiveFiling.update({ where: { id: row.id }, data: { filingId: id }, select: { id: true } })
  return id
}
