import { m } from '#app/generated/messages/messages.js'
import { cityOf } from '#app/ui/cities.ts'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { DateOf } from '#app/ui/when.tsx'

import { ContactHealthBadge } from './contact-health-badge.tsx'
import { contactHealth, contactPurposes, type ContactPurpose } from './contact.ts'
import { readersLocale } from './vendor-name.tsx'
import { NotKnown } from './vendors-table.tsx'
import type { VendorContact } from './vendor.ts'
import { channelWords, countryName, purposeWords } from './wording.ts'

type Line = { purpose: ContactPurpose; contact: VendorContact | null }

type VendorContactsProps = {
  contacts: readonly VendorContact[]
  timeZone: string
  /** Leaves out the other purposes. */
  only?: ContactPurpose
}

/** The contacts of a vendor by purpose, retired ones left out; a purpose without one says not known. */
export function VendorContacts({ contacts, timeZone, only }: VendorContactsProps) {
  const current = contacts.filter(({ retiredAt }) => retiredAt === null)
  const purposes = contactPurposes.filter((purpose) => only === undefined || purpose === only)
  const lines = purposes.flatMap((purpose): Line[] => {
    const own = current.filter((contact) => contact.purpose === purpose)
    return own.length === 0 ? [{ purpose, contact: null }] : own.map((contact) => ({ purpose, contact }))
  })
  return (
    <DataTable
      columns={columns(timeZone)}
      rows={lines}
      rowKey={({ purpose, contact }) => contact?.id ?? purpose}
      caption={m.vendors_entry_contacts()}
    />
  )
}

function columns(timeZone: string): readonly Column<Line>[] {
  return [
    {
      key: 'purpose',
      head: m.vendors_entry_column_purpose(),
      kind: 'row',
      cell: ({ purpose }) => <span className="nowrap">{purposeWords[purpose]()}</span>,
    },
    {
      key: 'address',
      head: m.vendors_entry_column_address(),
      cell: ({ contact }) => (contact === null ? <NotKnown /> : <Address contact={contact} />),
    },
    {
      key: 'health',
      head: m.vendors_entry_column_health(),
      cell: ({ contact }) => <ContactHealthBadge fault={contact === null ? 'none' : faultOf(contact)} />,
    },
    {
      key: 'verified',
      head: m.vendors_entry_column_verified(),
      cell: ({ contact }) => <Verified contact={contact} timeZone={timeZone} />,
    },
    {
      key: 'delivered',
      head: m.vendors_entry_column_delivered(),
      cell: ({ contact }) => <Sometime at={contact?.lastDeliveredAt ?? null} timeZone={timeZone} />,
    },
    {
      key: 'failed',
      head: m.vendors_entry_column_failed(),
      cell: ({ contact }) => (
        <div>
          <Sometime at={contact?.lastFailedAt ?? null} timeZone={timeZone} />
          {contact?.lastFailure != null && <span className="t-id">{contact.lastFailure}</span>}
        </div>
      ),
    },
  ]
}

function faultOf(contact: VendorContact) {
  const health = contactHealth(contact)
  return health.working ? null : health.because
}

function Address({ contact }: { contact: VendorContact }) {
  const { channel, address, country, region, timeZone } = contact
  const locale = readersLocale()
  const place =
    country === null ? null : [countryName(country, locale), region].filter(Boolean).join(locale === 'ja' ? '・' : ', ')
  return (
    <div>
      {channel === 'email' ? <code>{address}</code> : <span className="typed">{address}</span>}
      <span className="t-id">
        {channelWords[channel]()}
        {place !== null &&
          timeZone !== null &&
          ` · ${m.vendors_entry_working_days({ place, city: cityOf(timeZone, locale) })}`}
      </span>
    </div>
  )
}

function Verified({ contact, timeZone }: { contact: VendorContact | null; timeZone: string }) {
  if (contact === null) return <NotKnown />
  if (contact.verifiedAt === null) return <span className="faint">{m.vendors_entry_not_verified()}</span>
  return (
    <div>
      <DateOf at={contact.verifiedAt} timeZone={timeZone} />
      <span className="t-id">{contact.verifiedHow}</span>
    </div>
  )
}

function Sometime({ at, timeZone }: { at: Date | null; timeZone: string }) {
  return at === null ? <span className="faint">{m.vendors_entry_never()}</span> : <DateOf at={at} timeZone={timeZone} />
}
