import type { Transaction } from '#app/platform/db.server.ts'
import type { HolderFacts } from '#app/notices/filing-facts.ts'
import type { AnnexFacts } from './annex-letter.ts'

const examplesShown = 5

/** A notice of a collective filing, with what its letter is composed of. */
export interface AnnexToSend {
  readonly id: string
  readonly reference: string
  readonly verifyCode: string
  readonly contactId: string | null
  readonly annex: AnnexFacts
}

interface Row extends Omit<AnnexToSend, 'annex'> {
  readonly holder: HolderFacts
  readonly works: Omit<NonNullable<AnnexFacts['works']>, 'unfindable'>
  readonly paragraph: string
  readonly mandateVersion: number
}

/** The queued notices of a filing to one vendor that nobody has begun to send, locked in the order of their ids. */
export async function lockAnnexesToSend(
  tx: Transaction,
  { filingId, vendorId }: { filingId: string; vendorId: string },
): Promise<readonly AnnexToSend[]> {
  const locked = await tx.$queryRaw<{ id: string }[]>`
    select id from notice where filing_id = ${filingId}::uuid and vendor_id = ${vendorId}::uuid and stage = 'queued' and begun_at is null
    order by id for update`
  return findAnnexes(
    tx,
    locked.map(({ id }) => id),
  )
}

/** What the letters of these notices are composed of, in the order of their holders' names. */
export async function findAnnexes(tx: Transaction, noticeIds: readonly string[]): Promise<readonly AnnexToSend[]> {
  if (noticeIds.length === 0) return []
  const rows = await tx.$queryRaw<Row[]>`
    select n.id, n.reference, n.verify_code as "verifyCode", n.contact_id as "contactId", m.paragraph, m.mandate_version as "mandateVersion",
      json_build_object('name', o.name, 'nameOther', o.name_other, 'addressLines', o.address_lines, 'locality', o.locality,
        'postalCode', o.postal_code, 'country', o.country, 'telephone', o.telephone, 'timeZone', o.time_zone,
        'undoMinutes', o.undo_minutes, 'verified', o.verified_at is not null and o.closes_at is null, 'fourEyes', false) as holder,
      json_build_object('catalogueId', s.catalogue_id, 'catalogue', c.name, 'version', s.version, 'currentVersion', c.current_version,
        'count', s.works_count, 'whole', s.kind = 'all', 'examples', coalesce(e.works, '[]'::json)) as works
    from notice n join collective_filing f on f.filing_id = n.filing_id
    join collective_member m on m.collective_id = f.id and m.member_id = n.holder_organisation_id
    join organisation o on o.id = n.holder_organisation_id
    join notice_scope s on s.id = n.scope_id join catalogue c on c.id = s.catalogue_id
    left join lateral (select json_agg(json_build_object('title', x.title, 'year', x.year)) as works from (
      select w.title, w.year from work w where w.catalogue_id = s.catalogue_id and w.valid_from <= s.version
        and (w.valid_to is null or w.valid_to > s.version) and length(w.title) < 500
        and (s.kind = 'all' or exists (select from notice_scope_work k where k.scope_id = s.id and k.work_id = w.work_id))
      order by w.title, w.work_id limit ${examplesShown}) x) e on true
    where n.id = any(${[...noticeIds]}::uuid[]) order by lower(o.name), n.id`
  return rows.map(({ holder, works, paragraph, mandateVersion, ...notice }) => ({
    ...notice,
    annex: { holder, works: { ...works, unfindable: null }, paragraph, mandateVersion },
  }))
}
