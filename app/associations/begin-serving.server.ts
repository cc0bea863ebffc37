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
import { mostInMail, scheduleName, scheduleText, type ScheduledNotice } from './schedule.ts'
import { stillIn } from './still-in.server.ts'
import { findAnnexes, lockAnnexesToSend, type AnnexToSend } from './find-annexes-to-send.server.ts'

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
  const hashes = await keepLetters(tx, act, notices)
  await keepCover(tx, { filingId, vendorId, act, notices: coveredOf(notices, hashes) })
  const ids = notices.map(({ id }) => id)
  await tx.$executeRaw`update notice set begun_at = ${now()} where id = any(${ids}::uuid[]) and begun_at is null`
}

/** A collective filing, and one vendor of it. */
interface Act {
  readonly id: string
  readonly reference: string
  readonly content: CollectiveContent
  readonly association: HolderFacts
  readonly vendor: FilingVendor
}

function coveredOf(notices: readonly AnnexToSend[], hashes: ReadonlyMap<string, string>): readonly ScheduledNotice[] {
  return notices.map(({ id, reference, verifyCode, annex }) => ({
    reference,
    member: annex.holder,
    works: annex.works?.count ?? 0,
    code: verifyCode,
    sha256: hashes.get(id) ?? '',
  }))
}

/**
 * Notices that were begun and then withdrawn, while no mail of theirs has been composed: none will carry them, and the letter that covers the others names them no more.
 */
export async function leaveOutWithdrawn(
  tx: Transaction,
  { filingId, vendorId }: Omit<ServingDuty, 'id'>,
): Promise<void> {
  const gone = await tx.$queryRaw<{ id: string }[]>`
    select n.id from notice n where n.filing_id = ${filingId}::uuid and n.vendor_id = ${vendorId}::uuid and n.stage = 'withdrawn' and n.begun_at is not null
      and n.served_at is null
      and not exists (select from collective_letter c where c.filing_id = n.filing_id and c.vendor_id = n.vendor_id and n.id = any(c.left_out))
      and not exists (select from outgoing_mail m join mail_duty d on d.id = m.duty_id
        where d.filing_id = n.filing_id and d.vendor_id = n.vendor_id and m.raw_sha256 is not null)
    order by n.id for update`
  const act = gone.length === 0 ? null : await findAct(tx, filingId, vendorId)
  if (act === null) return
  await tx.$executeRaw`
    update collective_letter set left_out = left_out || ${gone.map(({ id }) => id)}::uuid[]
    where filing_id = ${filingId}::uuid and vendor_id = ${vendorId}::uuid`
  const left = await tx.$queryRaw<{ id: string; sha256: string }[]>`
    select n.id, coalesce(l.sha256, '') as sha256 from notice n left join notice_letter l on l.notice_id = n.id and l.locale = n.locale
    where n.filing_id = ${filingId}::uuid and n.vendor_id = ${vendorId}::uuid and n.stage <> 'withdrawn' and n.begun_at is not null`
  if (left.length === 0) return
  const notices = await findAnnexes(
    tx,
    left.map(({ id }) => id),
  )
  const hashes = new Map(left.map(({ id, sha256: hash }) => [id, hash]))
  await keepCover(tx, { filingId, vendorId, act, notices: coveredOf(notices, hashes) })
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
): Promise<ReadonlyMap<string, string>> {
  const letters = notices.map(({ id, reference, annex }) => {
    const { letter, text } = composeAnnex({ content, association, annex, vendor, reference })
    return { id: newId(), notice: id, locale: letter.locale, text, blocks: letter.blocks, hash: sha256(text) }
  })
  await tx.$executeRaw`
    insert into notice_letter (id, notice_id, locale, text, blocks, sha256)
    select id, notice, locale, text, blocks, hash from jsonb_to_recordset(${JSON.stringify(letters)}::jsonb)
      as l (id uuid, notice uuid, locale text, text text, blocks jsonb, hash text)
    on conflict (notice_id, locale) do nothing`
  return new Map(letters.map(({ notice, hash }) => [notice, hash]))
}

async function keepCover(
  tx: Transaction,
  {
    filingId,
    vendorId,
    act: { reference, content, association, vendor },
    notices,
  }: { filingId: string; vendorId: string; act: Act; notices: readonly ScheduledNotice[] },
): Promise<void> {
  const { filing, coverLetter } = content
  const { locale } = filing
  const schedule = notices.length > mostInMail ? scheduleText(notices, locale) : null
  const hash = schedule === null ? null : sha256(schedule)
  const { letter, text } = composeCover({
    locale,
    reference,
    matterNumber: filing.matterNumber,
    association: { ...association, address: postalAddress(association, locale) },
    vendor,
    text: coverLetter,
    notices,
    schedule: hash === null ? null : { file: scheduleName(reference, locale), sha256: hash },
    signatory: filing.signature,
  })
  await tx.$executeRaw`
    insert into collective_letter (filing_id, vendor_id, locale, text, blocks, sha256, schedule, schedule_sha256)
    values (${filingId}::uuid, ${vendorId}::uuid, ${letter.locale}, ${text}, ${JSON.stringify(letter.blocks)}::jsonb, ${sha256(text)},
      ${schedule}, ${hash})
    on conflict (filing_id, vendor_id) do update set text = excluded.text, blocks = excluded.blocks, sha256 = excluded.sha256,
      schedule = excluded.schedule, schedule_sha256 = excluded.schedule_sha256`
}
