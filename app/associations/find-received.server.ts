import { z } from 'zod'
import type { Member } from '#app/accounts/viewer.server.ts'
import { withNobody, linkIdOf, linkToken, withPerson } from '#app/platform/db.server.ts'
import { letterSchema, type Letter } from '#app/notices/letter.ts'
import type { Measure } from '#app/notices/measures.ts'
import { measures } from '#app/notices/measures.ts'
import { stages, type Stage } from '#app/notices/stages.ts'

/** A collective filing in a vendor's inbox: one item for all its notices. */
export interface ReceivedLine {
  readonly reference: string
  readonly association: string
  readonly associationOther: string | null
  readonly notices: number
  readonly works: number
  readonly unacknowledged: number
  readonly undecided: number
  readonly acknowledgeBy: Date | null
  readonly decideBy: Date | null
}

/** The collective filings of which a vendor has something to do, what is due first before the others. */
export function findReceived(member: Member): Promise<readonly ReceivedLine[]> {
  return withPerson(
    member.personId,
    (tx) => tx.$queryRaw<ReceivedLine[]>`
      select f.reference, a.name as association, a.name_other as "associationOther", count(*)::int as notices, sum(n.works_count)::int as works,
        count(*) filter (where n.acknowledged_at is null and n.stage in ('sent', 'delivered'))::int as unacknowledged,
        count(*) filter (where n.decided_at is null and n.stage <> 'withdrawn')::int as undecided,
        min(n.acknowledge_by) filter (where n.acknowledged_at is null) as "acknowledgeBy", min(n.decide_by) filter (where n.decided_at is null) as "decideBy"
      from vendor v join notice n on n.vendor_id = v.id and n.stage in ('sent', 'delivered', 'acknowledged', 'in_review', 'clarification_needed')
      join filing f on f.id = n.filing_id and f.collective join organisation a on a.id = f.filed_by_organisation_id
      where v.organisation_id = ${member.organisation.id}::uuid
      group by f.id, a.id order by min(n.decide_due_at), f.id limit 50`,
  )
}

/** A notice of a collective filing, as the vendor unfolds it. */
export interface ReceivedNotice {
  readonly id: string
  readonly reference: string
  readonly holder: string
  readonly holderOther: string | null
  readonly works: number
  readonly stage: Stage
}

/** A collective filing that was served on a vendor. */
export interface Received {
  readonly reference: string
  readonly association: string
  readonly associationOther: string | null
  readonly cover: Letter | null
  readonly measures: readonly Measure[]
  readonly notices: readonly ReceivedNotice[]
  readonly total: number
  /** Not acknowledged yet. */
  readonly waiting: number
  readonly next: string | null
}

/** How many notices a page unfolds. */
const receivedOnPage = 200

/** A collective filing of the reader's vendor, with a page of its notices; null when there is none such. */
export function findReceivedFiling(
  member: Member,
  { reference, after }: { reference: string; after: string | null },
): Promise<Received | null> {
  return withPerson(member.personId, async (tx) => {
    const [head] = await tx.$queryRaw<
      {
        filingId: string
        vendorId: string
        association: string
        associationOther: string | null
        cover: unknown
        total: number
        waiting: number
        asked: string[]
      }[]
    >`
      select f.id as "filingId", v.id as "vendorId", a.name as association, a.name_other as "associationOther",
        (select json_build_object('locale', c.locale, 'blocks', c.blocks) from collective_letter c where c.filing_id = f.id and c.vendor_id = v.id) as cover,
        (select count(*)::int from notice n where n.filing_id = f.id and n.vendor_id = v.id and n.begun_at is not null) as total,
        (select count(*)::int from notice n where n.filing_id = f.id and n.vendor_id = v.id and n.begun_at is not null and n.acknowledged_at is null
          and n.stage in ('queued', 'sent', 'delivered')) as waiting,
        (select array_agg(distinct m.measure) from notice n join notice_measure m on m.notice_id = n.id
          where n.filing_id = f.id and n.vendor_id = v.id and n.begun_at is not null) as asked
      from filing f join organisation a on a.id = f.filed_by_organisation_id join vendor v on v.organisation_id = ${member.organisation.id}::uuid
      where f.reference = ${reference} and f.collective`
    if (!head || head.total === 0) return null
    const rows = await tx.$queryRaw<(Omit<ReceivedNotice, 'stage'> & { stage: string })[]>`
      select n.id, n.reference, h.name as holder, h.name_other as "holderOther", n.works_count as works, n.stage
      from notice n join organisation h on h.id = n.holder_organisation_id
      where n.filing_id = ${head.filingId}::uuid and n.vendor_id = ${head.vendorId}::uuid and n.begun_at is not null
        and (${after}::uuid is null or n.id > ${after}::uuid) order by n.id limit ${receivedOnPage + 1}`
    const page = rows.slice(0, receivedOnPage)
    return {
      reference,
      association: head.association,
      associationOther: head.associationOther,
      cover: head.cover === null ? null : letterSchema.parse(head.cover),
      measures: measures.filter((measure) => head.asked.includes(measure)),
      notices: page.map((row) => ({ ...row, stage: z.enum(stages).parse(row.stage) })),
      total: head.total,
      waiting: head.waiting,
      next: rows.length > receivedOnPage ? (page.at(-1)?.id ?? null) : null,
    }
  })
}

/** The ids of all notices of a collective filing that were served on the reader's vendor. */
export function findReceivedIds(member: Member, reference: string): Promise<readonly string[]> {
  return withPerson(member.personId, async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      select n.id from filing f join notice n on n.filing_id = f.id and n.begun_at is not null and n.stage <> 'withdrawn'
      join vendor v on v.id = n.vendor_id and v.organisation_id = ${member.organisation.id}::uuid
      where f.reference = ${reference} and f.collective order by n.id limit 5000`
    return rows.map(({ id }) => id)
  })
}

/** What the bearer of a collective link finds. */
export interface LinkedFiling {
  readonly filing: string
  readonly association: string
  readonly associationOther: string | null
  readonly vendor: string
  readonly vendorOther: string | null
  readonly cover: Letter | null
  readonly total: number
  readonly notices: readonly (ReceivedNotice & { readonly token: string })[]
  readonly next: string | null
}

/** The language of the contact to whom a collective link was mailed; null when the link opens nothing. */
export function findLinkedLocale(token: string): Promise<'en' | 'ja' | null> {
  const link = linkIdOf(token)
  if (link === null) return Promise.resolve(null)
  return withNobody(async (tx) => {
    const [head] = await tx.$queryRaw<{ locale: string }[]>`select locale from open_collective(${link}::uuid)`
    if (!head) return null
    return head.locale === 'ja' ? 'ja' : 'en'
  })
}

/** The notices that a collective link lists, each with the token that opens it; null when the link opens nothing. */
export function findLinkedFiling(token: string, after: string | null): Promise<LinkedFiling | null> {
  const link = linkIdOf(token)
  if (link === null) return Promise.resolve(null)
  return withNobody(async (tx) => {
    const [head] = await tx.$queryRaw<
      {
        filing: string
        association: string
        association_other: string | null
        vendor: string
        vendor_other: string | null
        letter_locale: string | null
        letter: unknown
        notices: number
      }[]
    >`select * from open_collective(${link}::uuid)`
    if (!head) return null
    const [cursorName, cursorId] = after === null ? [null, null] : cursorOf(after)
    const rows = await tx.$queryRaw<
      {
        id: string
        reference: string
        stage: string
        holder: string
        holder_other: string | null
        works: number
        link_id: string
      }[]
    >`select * from open_collective_notices(${link}::uuid, ${cursorName}, ${cursorId}::uuid, ${receivedOnPage}::int)`
    const last = rows.at(-1)
    return {
      filing: head.filing,
      association: head.association,
      associationOther: head.association_other,
      vendor: head.vendor,
      vendorOther: head.vendor_other,
      cover: head.letter === null ? null : letterSchema.parse({ locale: head.letter_locale, blocks: head.letter }),
      total: head.notices,
      notices: rows.map(({ id, reference, stage, holder, holder_other, works, link_id }) => ({
        id,
        reference,
        holder,
        holderOther: holder_other,
        works,
        stage: z.enum(stages).parse(stage),
        token: linkToken(link_id),
      })),
      next: rows.length === receivedOnPage && last ? `${last.id} ${last.holder}` : null,
    }
  })
}

function cursorOf(after: string): readonly [string, string] | readonly [null, null] {
  const id = z.uuid().safeParse(after.slice(0, 36))
  return id.success ? [after.slice(37), id.data] : [null, null]
}
