import type { Member } from '#app/accounts/viewer.server.ts'
import { findLetterPieces } from '#app/evidence/find-letter-pieces.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { chooseContact, whyNoContact, type ContactFacts } from '#app/vendors/contact.ts'
import { readContact } from '#app/vendors/contact-columns.server.ts'
import { scopeChoiceOf, type FilingContent } from './filing-draft.ts'
import type { FilingFacts, FilingVendor, HolderFacts } from './filing-facts.ts'
import { matchLocations } from './match-locations.server.ts'
import { findScope } from './resolve-scope.server.ts'

/**
 * All that the choices of a draft point to, as it is now: the holder, the vendors with their contacts, the works.
 *
 * @param wanted.unfindable also counts works without identifier and location
 */
export async function getFilingFacts(
  tx: Transaction,
  { member, content, unfindable = false }: { member: Member; content: FilingContent; unfindable?: boolean },
): Promise<FilingFacts> {
  const organisationId = member.organisation.id
  const choice = scopeChoiceOf(content)
  const { version } = content.scope
  const bound = choice === null || version === null ? null : { choice, version }
  const works = bound === null ? null : await findScope(tx, { organisationId, bound, unfindable })
  return {
    ...(await getParties(tx, organisationId, content)),
    works,
    evidence: await findLetterPieces(tx, organisationId, content.evidence),
    locations: await matchLocations(tx, content.particulars.locations, works && bound),
    left: {},
  }
}

type VendorRow = Omit<FilingVendor, 'contact' | 'fault'> & { contacts: ContactRow[] }
type ContactRow = Omit<ContactFacts, 'purpose' | 'channel' | DateColumn> & {
  id: string
  address: string
  locale: string
  purpose: string
  channel: string
} & Record<DateColumn, string | null>
type DateColumn = 'verifiedAt' | 'retiredAt' | 'lastDeliveredAt' | 'lastFailedAt'

// One statement for the holder and all vendors with their contacts: filing is measured in statements.
/** The organisation that files, and the vendors with their contacts, in the order in which they were chosen. */
export async function getParties(
  tx: Transaction,
  organisationId: string,
  { vendorIds, kind }: Pick<FilingContent, 'vendorIds' | 'kind'>,
): Promise<Pick<FilingFacts, 'holder' | 'vendors'>> {
  const [row] = await tx.$queryRaw<(HolderFacts & { vendors: VendorRow[] | null })[]>`
    select o.name, o.name_other as "nameOther", o.address_lines as "addressLines", o.locality, o.postal_code as "postalCode", o.country,
      o.telephone, o.time_zone as "timeZone", o.undo_minutes as "undoMinutes", o.verified_at is not null as verified, o.closes_at is not null as closing, o.four_eyes as "fourEyes",
      (select json_agg(json_build_object('id', v.id, 'slug', v.slug, 'name', v.name, 'nameOther', v.name_other,
        'legalEntity', (select f.value from vendor_fact f where f.vendor_id = v.id and f.kind = 'legal_entity' and f.retired_at is null order by f.id limit 1),
        'contacts', coalesce((select json_agg(json_build_object('id', c.id, 'address', c.address, 'locale', c.locale, 'purpose', c.purpose,
          'channel', c.channel, 'country', c.country, 'timeZone', c.time_zone, 'verifiedAt', c.verified_at, 'retiredAt', c.retired_at,
          'lastDeliveredAt', c.last_delivered_at, 'lastFailedAt', c.last_failed_at)) from vendor_contact c where c.vendor_id = v.id), '[]'::json)))
       from vendor v where v.id = any(${[...vendorIds]}::uuid[])) as vendors
    from organisation o where o.id = ${organisationId}::uuid`
  if (!row) throw new Error(`organisation ${organisationId} is not there`)
  const { vendors, ...holder } = row
  const found = new Map(vendors?.map((vendor) => [vendor.id, vendor]))
  // In the order in which they were chosen; one that left the directory is left out.
  const chosen = vendorIds.map((id) => found.get(id)).filter((vendor) => vendor !== undefined)
  return { holder, vendors: chosen.map((vendor) => withContact(vendor, kind ?? 'exclusion')) }
}

function withContact({ contacts: rows, ...vendor }: VendorRow, kind: NonNullable<FilingContent['kind']>): FilingVendor {
  const contacts = rows.map((row) =>
    readContact({
      ...row,
      verifiedAt: dateOf(row.verifiedAt),
      retiredAt: dateOf(row.retiredAt),
      lastDeliveredAt: dateOf(row.lastDeliveredAt),
      lastFailedAt: dateOf(row.lastFailedAt),
    }),
  )
  const contact = chooseContact(contacts, kind)
  return {
    ...vendor,
    contact: contact && {
      id: contact.id,
      address: contact.address,
      locale: contact.locale === 'ja' ? 'ja' : 'en',
      timeZone: contact.timeZone ?? 'UTC',
      purpose: contact.purpose,
    },
    fault: whyNoContact(contacts, kind),
  }
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
