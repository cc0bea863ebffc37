import { Prisma } from '#app/generated/prisma/client.ts'
import type { Going } from '#app/evidence/sharing.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import type { FilingContent } from './filing-draft.ts'
import { daysOf, packsOf, type FilingLocation } from './filing-facts.ts'
import { drawVerifyCode } from './filing-reference.server.ts'
import type { LetterPiece } from './letter-facts.ts'
import { letterFactsSchema } from './letter-facts-schema.ts'
import { oneLine } from './letter-words.ts'
import { keepMatterNumber } from './matter-number.server.ts'
import type { LetterToVendor } from './preview-letters.server.ts'
import { unborn } from './projection.ts'
import { worksChosen, type BoundChoice } from './resolve-scope.server.ts'
import { storedKindOf } from './scope.ts'

/** A filing as it is stored: all that its notices have in common. */
export interface FilingToStore {
  readonly id: string
  readonly reference: string
  readonly organisationId: string
  readonly personId: string
  readonly draftId: string
  readonly content: FilingContent & { readonly kind: NonNullable<FilingContent['kind']> }
  /** Null when an approver signs. */
  readonly signature: FilingContent['signature']
  readonly statements: readonly { readonly id: string; readonly text: string }[]
  readonly idempotencyKey: string
  readonly requestSha256: string
  readonly bound: BoundChoice
  readonly worksCount: number
  /** What goes with the notices, and of it what the vendors can read. */
  readonly evidence: readonly Going[]
  readonly shared: readonly LetterPiece[]
  /** In the order of the letter. */
  readonly locations: readonly FilingLocation[]
  readonly at: Date
  readonly sendAt: Date
}

/** A notice of the filing: a new one, or one that was recalled and goes again under its reference. */
export interface NoticeToStore extends LetterToVendor {
  readonly id: string
  readonly reference: string
  readonly again: boolean
}

/** Thrown when the idempotency key stands for another order. */
export class KeyTaken extends Error {}

/** Thrown when a reference that was drawn for the filing or one of its notices is taken. */
export class ReferenceTaken extends Error {}

/**
 * Writes a filing with its frozen scope, notices, measures, bases and letters, in a handful of statements however many
 * vendors there are. No stage moves here: `takeSteps` submits the notices.
 *
 * The draft it came from now points to it, with the vendors that were reached.
 *
 * @throws ReferenceTaken if someone else has one of the references
 * @throws KeyTaken if the idempotency key was used before
 */
export async function storeFiling(
  tx: Transaction,
  filing: FilingToStore,
  notices: readonly NoticeToStore[],
  again: boolean,
): Promise<{ worksSha256: string; needsApproval: boolean }> {
  const scopeId = newId()
  const fresh = notices.filter((notice) => !notice.again)
  const old = notices.filter((notice) => notice.again)
  const [stored] = await tx.$queryRaw<{ once: number; made: number; worksSha256: string; needsApproval: boolean }[]>`
    with once as (${onceOnly(filing)}), filed as (${again ? changedFiling(filing) : newFiling(filing)}),
      scope as (${frozenScope(filing, scopeId)} returning works_sha256), made as (${newNotices(filing, scopeId, fresh)} returning id)
    select (select count(*)::int from once) as once, (select count(*)::int from made) as made, works_sha256 as "worksSha256",
      (select needs_approval from filed) as "needsApproval" from scope`
  if (!stored) throw new Error(`filing ${filing.reference} has no scope: its catalogue version is gone`)
  if (stored.once === 0) throw new KeyTaken(`the key of filing ${filing.reference} was used before`)
  if (stored.made < fresh.length) throw new ReferenceTaken(`a reference of filing ${filing.reference} is taken`)
  if (storedKindOf(filing.bound.choice) === 'listed') await listWorks(tx, scopeId, filing.bound)
  if (old.length > 0) await renewNotices(tx, filing, scopeId, old)
  if (again) await tx.filingPrivate.deleteMany({ where: { filingId: filing.id } })
  await keepMatterNumber(tx, { ...filing.content, noticeIds: notices.map(({ id }) => id) })
  await addParts(tx, filing, notices)
  await sendEvidence(tx, filing, notices)
  return { worksSha256: stored.worksSha256, needsApproval: stored.needsApproval }
}

function newFiling(filing: FilingToStore): Prisma.Sql {
  const { signature } = filing
  return Prisma.sql`insert into filing (id, reference, filed_by_organisation_id, submitted_by, draft_id, kind, signatory_name,
      signatory_capacity, statements, signed_at, idempotency_key, submitted_at, send_at, planned_at)
    select ${filing.id}::uuid, ${filing.reference}, ${filing.organisationId}::uuid, ${filing.personId}::uuid, ${filing.draftId}::uuid,
      ${filing.content.kind}, ${signature?.name ?? null}, ${signature?.capacity ?? null}, ${JSON.stringify(filing.statements)}::jsonb,
      ${signedAt(filing)}::timestamptz, ${filing.idempotencyKey}, ${filing.at}::timestamptz, ${filing.sendAt}::timestamptz,
      ${filing.content.plannedAt}::timestamptz from once
    on conflict (reference) do nothing returning id, needs_approval`
}

function signedAt({ signature }: FilingToStore): Date | null {
  return signature === null ? null : new Date(signature.signedAt)
}

function changedFiling(filing: FilingToStore): Prisma.Sql {
  const { signature } = filing
  return Prisma.sql`update filing set submitted_by = ${filing.personId}::uuid, signatory_name = ${signature?.name ?? null},
      signatory_capacity = ${signature?.capacity ?? null}, statements = ${JSON.stringify(filing.statements)}::jsonb,
      signed_at = ${signedAt(filing)}, idempotency_key = ${filing.idempotencyKey}, submitted_at = ${filing.at},
      send_at = ${filing.sendAt}, planned_at = ${filing.content.plannedAt}::timestamptz, recalled_at = null, approved_by = null, approved_at = null, returned_by = null, returned_at = null
    where id = ${filing.id}::uuid returning id, needs_approval`
}

function onceOnly(filing: FilingToStore): Prisma.Sql {
  return Prisma.sql`insert into idempotency (organisation_id, key, request_sha256, response, created_at)
    values (${filing.organisationId}::uuid, ${filing.idempotencyKey}, ${filing.requestSha256},
      ${JSON.stringify({ reference: filing.reference })}::jsonb, ${filing.at})
    on conflict do nothing returning key`
}

// The whole of a version is one row, its count and hash are the import's. A list is hashed as `listText` says.
function frozenScope(filing: FilingToStore, scopeId: string): Prisma.Sql {
  const { bound, organisationId, at } = filing
  const { choice, version } = bound
  const columns = Prisma.sql`insert into notice_scope (id, organisation_id, catalogue_id, version, kind, works_count, works_sha256, created_at)`
  const first = Prisma.sql`${scopeId}::uuid, ${organisationId}::uuid, ${choice.catalogueId}::uuid, ${version}::int, ${storedKindOf(choice)}`
  if (choice.kind === 'all') {
    return Prisma.sql`${columns} select ${first}, v.works_count, v.works_sha256, ${at}::timestamptz
      from catalogue_version v where v.catalogue_id = ${choice.catalogueId}::uuid and v.version = ${version}`
  }
  return Prisma.sql`${columns} select ${first}, count(*)::int,
      encode(sha256(convert_to(coalesce(string_agg(w.work_id || ' ' || w.row_sha256 || chr(10), '' order by w.work_id), ''), 'UTF8')), 'hex'),
      ${at}::timestamptz from work w where ${worksChosen(bound)}`
}

function newNotices(filing: FilingToStore, scopeId: string, notices: readonly NoticeToStore[]): Prisma.Sql {
  const { content } = filing
  const days = daysOf(content)
  return Prisma.sql`insert into notice (id, reference, filing_id, holder_organisation_id, filed_by_organisation_id, vendor_id, contact_id,
      kind, stance, locale, paragraph, scope_id, works_count, stage, last_sequence, last_hash, verify_code, waiting_on,
      acknowledge_days, decide_days, send_at, created_at)
    select n.id, n.reference, ${filing.id}::uuid, ${filing.organisationId}::uuid, ${filing.organisationId}::uuid, n.vendor, n.contact,
      ${content.kind}, ${content.stance}, ${content.locale}, ${emptyAsNull(content.paragraph.trim())},
      ${scopeId}::uuid, ${filing.worksCount}::int, ${unborn.stage}, ${unborn.lastSequence}::int, ${unborn.lastHash}, n.code, ${unborn.waitingOn},
      ${days.acknowledge}::int, ${days.decide}::int, ${filing.sendAt}::timestamptz, ${filing.at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(notices.map((notice) => noticeRow(notice)))}::jsonb)
      as n (id uuid, reference text, vendor uuid, contact uuid, code text), filed
    on conflict (reference) do nothing`
}

function noticeRow({ id, reference, vendor }: NoticeToStore) {
  return { id, reference, vendor: vendor.id, contact: vendor.contact?.id, code: drawVerifyCode() }
}

// The works are found again rather than sent to the client and back: a version never changes.
function listWorks(tx: Transaction, scopeId: string, bound: BoundChoice): Promise<number> {
  return tx.$executeRaw`insert into notice_scope_work (scope_id, work_id)
    select ${scopeId}::uuid, w.work_id from work w where ${worksChosen(bound)}`
}

async function renewNotices(
  tx: Transaction,
  filing: FilingToStore,
  scopeId: string,
  notices: readonly NoticeToStore[],
): Promise<void> {
  const { content } = filing
  const days = daysOf(content)
  const ids = notices.map(({ id }) => id)
  await tx.$executeRaw`
    update notice set contact_id = n.contact, stance = ${content.stance}, locale = ${content.locale},
      paragraph = ${emptyAsNull(content.paragraph.trim())},
      scope_id = ${scopeId}::uuid, works_count = ${filing.worksCount}::int, acknowledge_days = ${days.acknowledge}::int,
      decide_days = ${days.decide}::int, send_at = ${filing.sendAt}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(notices.map((notice) => noticeRow(notice)))}::jsonb) as n (id uuid, contact uuid)
    where notice.id = n.id and notice.id = any(${ids}::uuid[])`
  await tx.noticeMeasure.deleteMany({ where: { noticeId: { in: ids } } })
  await tx.noticeBasis.deleteMany({ where: { noticeId: { in: ids } } })
  await tx.noticeLetter.deleteMany({ where: { noticeId: { in: ids } } })
  await tx.noticeLocation.deleteMany({ where: { noticeId: { in: ids } } })
}

function addParts(tx: Transaction, filing: FilingToStore, notices: readonly NoticeToStore[]): Promise<number> {
  const ids = notices.map(({ id }) => id)
  const { content } = filing
  const measures = content.measures.map(({ measure, detail }, index) => ({
    measure,
    position: index + 1,
    detail: emptyAsNull(oneLine(detail)),
  }))
  const bases = packsOf(content).map(({ id, version }) => ({ basis: id, version }))
  const letters = notices.map(({ id, letter, text, sha256, facts }) => ({
    id: newId(),
    notice: id,
    locale: letter.locale,
    text,
    blocks: letter.blocks,
    hash: sha256,
    // It is composed again where someone else signs it, and for those who read it in the other language.
    facts: letterFactsSchema.parse(facts),
  }))
  const locations = filing.locations.map(({ url, work }, index) => ({
    position: index + 1,
    url,
    work: work?.id ?? null,
    title: work?.title ?? null,
  }))
  return tx.$executeRaw`
    with asked as (insert into notice_measure (notice_id, measure, position, detail)
      select id, measure, position, detail from unnest(${ids}::uuid[]) id,
        jsonb_to_recordset(${JSON.stringify(measures)}::jsonb) as m (measure text, position int, detail text)),
    based as (insert into notice_basis (notice_id, basis, version)
      select id, basis, version from unnest(${ids}::uuid[]) id,
        jsonb_to_recordset(${JSON.stringify(bases)}::jsonb) as b (basis text, version int)),
    located as (insert into notice_location (notice_id, position, url, work_id, work_title)
      select id, position, url, work, title from unnest(${ids}::uuid[]) id,
        jsonb_to_recordset(${JSON.stringify(locations)}::jsonb) as p (position int, url text, work uuid, title text)),
    drafted as (update filing_draft set filing_id = ${filing.id}::uuid, updated_at = ${filing.at}, updated_by = ${filing.personId}::uuid,
        content = jsonb_set(content, '{vendorIds}', ${JSON.stringify(notices.map(({ vendor }) => vendor.id))}::jsonb)
      where id = ${filing.draftId}::uuid)
    insert into notice_letter (id, notice_id, locale, text, blocks, sha256, facts)
      select id, notice, locale, text, blocks, hash, facts from jsonb_to_recordset(${JSON.stringify(letters)}::jsonb)
        as l (id uuid, notice uuid, locale text, text text, blocks jsonb, hash text, facts jsonb)`
}

// A notice that was recalled goes with what is chosen now.
async function sendEvidence(
  tx: Transaction,
  { evidence, personId, at }: FilingToStore,
  notices: readonly NoticeToStore[],
): Promise<void> {
  const again = notices.filter((notice) => notice.again).map(({ id }) => id)
  if (again.length > 0) await tx.evidenceNotice.deleteMany({ where: { noticeId: { in: again } } })
  if (evidence.length === 0) return
  await tx.evidenceNotice.createMany({
    data: notices.flatMap(({ id }) =>
      evidence.map((going) => ({ ...going, noticeId: id, addedBy: personId, addedAt: at })),
    ),
  })
}

function emptyAsNull(text: string): string | null {
  return text === '' ? null : text
}
