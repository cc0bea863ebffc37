import type { Member } from '#app/accounts/viewer.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { withPerson, type Transaction } from '#app/platform/db.server.ts'
import { postalAddress, type FilingVendor, type HolderFacts } from '#app/notices/filing-facts.ts'
import { getParties } from '#app/notices/filing-facts.server.ts'
import type { Letter } from '#app/notices/letter.ts'
import { dayOf } from '#app/notices/working-days.ts'
import { composeAnnex, type AnnexFacts } from './annex-letter.ts'
import { annexWorksSchema } from './collective.ts'
import { gapsOf, type CollectiveGap } from './collective-gaps.ts'
import { composeCover } from './cover-letter.ts'
import { readCollective, type CollectiveRecord } from './find-collective.server.ts'
import { findRepeatedPairs, type RepeatedPair } from './find-repeated.server.ts'
import { mostInMail, scheduleName } from './schedule.ts'
import { countAnnexWorks, worksOfAnnex } from './freeze-annexes.server.ts'

/** A member of a draft, as the check names it. */
export interface PreviewMember {
  readonly id: string
  readonly name: string
  readonly nameOther: string | null
}

/** A draft with its letters, one member's and one vendor's at a time. */
export interface CollectivePreview {
  readonly record: CollectiveRecord
  readonly gaps: readonly CollectiveGap[]
  readonly repeated: readonly RepeatedPair[]
  readonly members: readonly PreviewMember[]
  readonly vendors: readonly FilingVendor[]
  readonly shown: { readonly memberId: string; readonly vendorId: string } | null
  readonly annex: Letter | null
  readonly cover: Letter | null
}

interface Row {
  readonly id: string
  readonly catalogueId: string
  readonly catalogue: string
  readonly version: number
  readonly works: unknown
  readonly holder: HolderFacts
}

/** Reads a draft and composes one annex and one covering letter as they will be sent; references are drawn when it is filed. */
export function previewCollective(
  member: Member,
  reference: string,
  wanted: { readonly memberId: string | null; readonly vendorId: string | null },
): Promise<CollectivePreview | null> {
  return withPerson(member.personId, async (tx) => {
    const record = await readCollective(tx, member, reference)
    if (record === null) return null
    const { kind, vendorIds } = record.content.filing
    const { holder: association, vendors } = await getParties(tx, member.organisation.id, { vendorIds, kind })
    const rows = await findMembers(tx, record.id)
    const today = dayOf(now().toISOString(), association)
    const row = rows.find(({ id }) => id === wanted.memberId) ?? rows[0]
    const repeated = await findRepeatedPairs(tx, { collectiveId: record.id, content: record.content })
    const vendor = vendors.find(({ id }) => id === wanted.vendorId) ?? vendors[0]
    return {
      record,
      gaps: gapsOf(record.content, { members: record.members, vendors, repeated: repeated.length > 0, today }),
      repeated,
      members: rows.map(({ id, holder }) => ({ id, name: holder.name, nameOther: holder.nameOther })),
      vendors,
      shown: row && vendor ? { memberId: row.id, vendorId: vendor.id } : null,
      annex: row && vendor ? await annexOf(tx, { record, association, row, vendor }) : null,
      cover: vendor ? await coverOf(tx, { record, association, rows, vendor }) : null,
    }
  })
}

async function annexOf(
  tx: Transaction,
  {
    record,
    association,
    row,
    vendor,
  }: { record: CollectiveRecord; association: HolderFacts; row: Row; vendor: FilingVendor },
): Promise<Letter> {
  const annex = await factsOf(tx, row)
  return composeAnnex({ content: record.content, association, annex, vendor, reference: null }).letter
}

async function factsOf(tx: Transaction, row: Row): Promise<AnnexFacts> {
  const { catalogueId, catalogue, version, holder } = row
  const scope = { catalogueId, version, works: annexWorksSchema.parse(row.works) }
  const examples = await tx.$queryRaw<{ title: string; year: number | null }[]>`
    select w.title, w.year from work w where ${worksOfAnnex(scope)} and length(w.title) < 500 order by w.title, w.work_id limit 5`
  const count = await countAnnexWorks(tx, scope)
  const whole = scope.works === null
  const works = { catalogueId, catalogue, version, currentVersion: version, count, whole, examples, unfindable: null }
  return { holder, works, paragraph: '', mandateVersion: null }
}

async function coverOf(
  tx: Transaction,
  {
    record: { reference, content },
    association,
    rows,
    vendor,
  }: { record: CollectiveRecord; association: HolderFacts; rows: readonly Row[]; vendor: FilingVendor },
): Promise<Letter> {
  const { filing, coverLetter } = content
  const notices = []
  // Of more than a letter names, none is counted: they will stand in a file that has no hash yet.
  const many = rows.length > mostInMail
  for (const { holder, ...row } of many ? [] : rows) {
    const scope = { ...row, works: annexWorksSchema.parse(row.works) }
    notices.push({ reference: null, member: holder, works: await countAnnexWorks(tx, scope) })
  }
  const { letter } = composeCover({
    locale: filing.locale,
    reference,
    matterNumber: filing.matterNumber,
    association: { ...association, address: postalAddress(association, filing.locale) },
    vendor,
    text: coverLetter,
    notices: many ? rows.map(({ holder }) => ({ reference: null, member: holder, works: 0 })) : notices,
    schedule: many ? { file: scheduleName(reference, filing.locale), sha256: '…' } : null,
    signatory: filing.signature,
  })
  return letter
}

function findMembers(tx: Transaction, collectiveId: string): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    select o.id, m.catalogue_id as "catalogueId", c.name as catalogue, m.catalogue_version as version, m.works,
      json_build_object('name', o.name, 'nameOther', o.name_other, 'addressLines', o.address_lines, 'locality', o.locality,
        'postalCode', o.postal_code, 'country', o.country, 'telephone', o.telephone, 'timeZone', o.time_zone,
        'undoMinutes', o.undo_minutes, 'verified', o.verified_at is not null and o.closes_at is null, 'fourEyes', false) as holder
    from collective_member m join organisation o on o.id = m.member_id join catalogue c on c.id = m.catalogue_id
    where m.collective_id = ${collectiveId}::uuid order by lower(o.name), o.id limit 2000`
}
