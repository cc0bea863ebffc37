import { z } from 'zod'
import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import type { FilingVendor, HolderFacts } from '#app/notices/filing-facts.ts'
import { getParties } from '#app/notices/filing-facts.server.ts'
import type { Letter } from '#app/notices/letter.ts'
import { nameHere } from '#app/platform/name-here.server.ts'
import { composeAnnex, type AnnexFacts } from './annex-letter.ts'
import {
  annexStates,
  annexWorksSchema,
  collectiveContentSchema,
  type AnnexState,
  type AnnexWorks,
} from './collective.ts'
import { findAnnexes } from './find-annexes-to-send.server.ts'

/** A member's annex of a collective filing, with every letter that will be sent in its name. */
export interface AnnexPage {
  readonly reference: string
  readonly association: { readonly name: string; readonly nameOther: string | null }
  readonly annex: AnnexState
  readonly approvalRequired: boolean
  readonly wordingLocked: boolean
  readonly paragraph: string
  readonly catalogue: string
  readonly works: number
  readonly chosen: AnnexWorks
  readonly mandateVersion: number
  readonly endsAt: Date
  /** It can still be answered. */
  readonly open: boolean
  readonly answeredAt: Date | null
  readonly answeredBy: string | null
  readonly measures: readonly string[]
  readonly letters: readonly {
    readonly noticeReference: string
    readonly vendor: { readonly id: string; readonly name: string; readonly nameOther: string | null }
    readonly letter: Letter
  }[]
}

interface Row {
  readonly id: string
  readonly reference: string
  readonly filingId: string
  readonly associationId: string
  readonly state: string
  readonly content: unknown
  readonly endsAt: Date
  readonly annex: string
  readonly works: unknown
  readonly paragraph: string
  readonly count: number
  readonly catalogue: string
  readonly approvalRequired: boolean
  readonly mandateVersion: number
  readonly releasedAt: Date | null
  readonly answeredAt: Date | null
  readonly answeredBy: string | null
  readonly association: HolderFacts
}

/** The annex of the reader's organisation; null when it has none in such a filing. */
export function findAnnex(member: Member, reference: string): Promise<AnnexPage | null> {
  return withPerson(member.personId, async (tx) => {
    const [row] = await tx.$queryRaw<Row[]>`
      select c.id, c.reference, c.filing_id as "filingId", c.association_id as "associationId", c.state, c.content, c.review_ends_at as "endsAt",
        m.annex, m.works, m.paragraph, m.works_count as count, k.name as catalogue, m.approval_required as "approvalRequired",
        m.mandate_version as "mandateVersion", m.released_at as "releasedAt", m.answered_at as "answeredAt",
        (select ${nameHere('p')} from person p where p.id = m.answered_by) as "answeredBy",
        json_build_object('name', a.name, 'nameOther', a.name_other, 'timeZone', a.time_zone) as association
      from collective_filing c join collective_member m on m.collective_id = c.id join catalogue k on k.id = m.catalogue_id
      join organisation a on a.id = c.association_id
      where c.reference = ${reference} and m.member_id = ${member.organisation.id}::uuid`
    if (!row) return null
    const content = collectiveContentSchema.parse(row.content)
    const annex = z.enum(annexStates).parse(row.annex)
    return {
      reference: row.reference,
      association: row.association,
      annex,
      approvalRequired: row.approvalRequired,
      wordingLocked: content.wordingLocked,
      paragraph: row.paragraph,
      catalogue: row.catalogue,
      works: row.count,
      chosen: annexWorksSchema.parse(row.works),
      mandateVersion: row.mandateVersion,
      endsAt: row.endsAt,
      open: row.state === 'reviewing' && row.releasedAt === null && row.endsAt > now() && annex !== 'stepped_out',
      answeredAt: row.answeredAt,
      answeredBy: row.answeredBy,
      measures: content.filing.measures.map(({ measure }) => measure),
      letters: await lettersOf(tx, member, row),
    }
  })
}

async function lettersOf(tx: Transaction, member: Member, row: Row): Promise<AnnexPage['letters']> {
  const content = collectiveContentSchema.parse(row.content)
  const notices = await tx.notice.findMany({
    where: { filingId: row.filingId, holderOrganisationId: member.organisation.id, stage: { not: 'withdrawn' } },
    select: { id: true, vendorId: true },
    take: 200,
  })
  const vendorOf = new Map(notices.map(({ id, vendorId }) => [id, vendorId]))
  const { kind } = content.filing
  const { vendors } = await getParties(tx, row.associationId, { vendorIds: [...new Set(vendorOf.values())], kind })
  const byId = new Map(vendors.map((vendor) => [vendor.id, vendor]))
  const annexes = await findAnnexes(tx, [...vendorOf.keys()])
  return annexes.flatMap(({ id, reference, annex }) => {
    const vendor = byId.get(vendorOf.get(id) ?? '')
    return vendor ? [letterOf({ content, row, vendor, annex, reference })] : []
  })
}

function letterOf({
  content,
  row: { association },
  vendor,
  annex,
  reference,
}: {
  content: Parameters<typeof composeAnnex>[0]['content']
  row: Row
  vendor: FilingVendor
  annex: AnnexFacts
  reference: string
}): AnnexPage['letters'][number] {
  const { letter } = composeAnnex({ content, association, annex, vendor, reference })
  const { id, name, nameOther } = vendor
  return { noticeReference: reference, vendor: { id, name, nameOther }, letter }
}

/** An annex that waits for the reader's organisation, for its home. */
export interface WaitingAnnex {
  readonly reference: string
  readonly association: string
  readonly associationOther: string | null
  readonly endsAt: Date
  readonly approvalRequired: boolean
}

/** The annexes that the reader's organisation can still answer, those that end first before the others. */
export function findWaitingAnnexes(member: Member): Promise<readonly WaitingAnnex[]> {
  return withPerson(
    member.personId,
    (tx) => tx.$queryRaw<WaitingAnnex[]>`
      select c.reference, a.name as association, a.name_other as "associationOther", c.review_ends_at as "endsAt",
        m.approval_required as "approvalRequired"
      from collective_member m join collective_filing c on c.id = m.collective_id join organisation a on a.id = c.association_id
      where m.member_id = ${member.organisation.id}::uuid and m.state = 'made' and m.annex = 'waiting' and m.released_at is null
        and c.state = 'reviewing' and c.review_ends_at > ${now()} order by c.review_ends_at limit 20`,
  )
}
