import { sha256 } from '#app/ledger/hash.server.ts'
import type { Duty } from '#app/mail/mail-handlers.ts'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { postalAddress, type FilingVendor, type HolderFacts } from '#app/notices/filing-facts.ts'
import { getParties } from '#app/notices/filing-facts.server.ts'
import { composeAnnex } from './annex-letter.ts'
import { collectiveContentSchema, type CollectiveContent } from './collective.ts'
import { composeCover } from './cover-letter.ts'
import { stillIn } from './still-in.server.ts'
import { lockAnnexesToSend, type AnnexToSend } from './find-annexes-to-send.server.ts'

/** A duty that serves all notices of a filing to one vendor. */
export interface ServingDuty {
  readonly id: string
  readonly filingId: string
  readonly vendorId: string
}

/** Of these duties those that serve a collective filing. */
export function servingsOf(duties: readonly Duty[]): readonly ServingDuty[] {
  return duties.flatMap(({ id, filingId, vendorId }) =>
    filingId === null || vendorId === null ? [] : [{ id, filingId, vendorId }],
  )
}

/**
 * The notices of a filing to one vendor are about to be sent: their letters and the one that covers them are composed and kept,
 * and from here on none is recalled. What was withdrawn in the meantime is not among them.
 */
export async function beginServing(tx: Transaction, { filingId, vendorId }: ServingDuty): Promise<void> {
  const act = await findAct(tx, filingId, vendorId)
  // Called off: whoever asked for that waits for what is begun here, and nothing is begun after.
  if (act === null || !(await stillIn(tx, act.id, 'sent'))) return
  const notices = await lockAnnexesToSend(tx, { filingId, vendorId })
  if (notices.length === 0) return
  await keepLetters(tx, act, notices)
  await keepCover(tx, { filingId, vendorId, act, notices })
  const ids = notices.map(({ id }) => id)
  await tx.$executeRaw`update notice set begun_at = ${now()} where id = any(${ids}::uuid[]) and begun_at is null`
}

interface Act {
  readonly id: string
  readonly reference: string
  readonly content: CollectiveContent
  readonly association: HolderFacts
  readonly vendor: FilingVendor
}

async function findAct(tx: Transaction, filingId: string, vendorId: string): Promise<Act | null> {
  const row = await tx.collectiveFiling.findFirst({
    where: { filingId },
    select: { id: true, reference: true, content: true, associationId: true },
  })
  if (!row) return null
  const content = collectiveContentSchema.parse(row.content)
  const { kind } = content.filing
  const { holder, vendors } = await getParties(tx, row.associationId, { vendorIds: [vendorId], kind })
  const [vendor] = vendors
  return vendor ? { id: row.id, reference: row.reference, content, association: holder, vendor } : null
}

async function keepLetters(
  tx: Transaction,
  { content, association, vendor }: Act,
  notices: readonly AnnexToSend[],
): Promise<void> {
  const letters = notices.map(({ id, reference, annex }) => {
    const { letter, text } = composeAnnex({ content, association, annex, vendor, reference })
    return { id: newId(), notice: id, locale: letter.locale, text, blocks: letter.blocks, hash: sha256(text) }
  })
  await tx.$executeRaw`
    insert into notice_letter (id, notice_id, locale, text, blocks, sha256)
    select id, notice, locale, text, blocks, hash from jsonb_to_recordset(${JSON.stringify(letters)}::jsonb)
      as l (id uuid, notice uuid, locale text, text text, blocks jsonb, hash text)
    on conflict (notice_id, locale) do nothing`
}

async function keepCover(
  tx: Transaction,
  {
    filingId,
    vendorId,
    act: { reference, content, association, vendor },
    notices,
  }: { filingId: string; vendorId: string; act: Act; notices: readonly AnnexToSend[] },
): Promise<void> {
  const { filing, coverLetter } = content
  const { letter, text } = composeCover({
    locale: filing.locale,
    reference,
    matterNumber: filing.matterNumber,
    association: { ...association, address: postalAddress(association, filing.locale) },
    vendor,
    text: coverLetter,
    notices: notices.map(({ reference: own, annex }) => ({
      reference: own,
      member: annex.holder,
      works: annex.works?.count ?? 0,
    })),
    signatory: filing.signature,
  })
  await tx.$executeRaw`
    insert into collective_letter (filing_id, vendor_id, locale, text, blocks, sha256)
    values (${filingId}::uuid, ${vendorId}::uuid, ${letter.locale}, ${text}, ${JSON.stringify(letter.blocks)}::jsonb, ${sha256(text)})
    on conflict do nothing`
}
