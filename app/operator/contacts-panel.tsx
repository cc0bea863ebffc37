import { useForm, type SubmissionResult } from '@conform-to/react'

import { countryNames, timeZoneNames } from '#app/accounts/places.ts'
import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Details } from '#app/ui/details.tsx'
import { ErrorSummary, faultsOf } from '#app/ui/error-summary.tsx'
import type { FieldFacts } from '#app/ui/field-facts.ts'
import { InputField, SelectField } from '#app/ui/fields.tsx'
import { Section } from '#app/ui/section.tsx'
import { ContactHealthBadge } from '#app/vendors/contact-health-badge.tsx'
import { contactChannels, contactHealth, contactPurposes } from '#app/vendors/contact.ts'
import { readersLocale } from '#app/vendors/vendor-name.tsx'
import type { VendorContact } from '#app/vendors/vendor.ts'
import { channelWords, purposeWords } from '#app/vendors/wording.ts'

type ContactsPanelProps = { slug: string; contacts: readonly VendorContact[]; result: SubmissionResult | undefined }

/** The contacts of an entry, each with the page of its own, and the form that adds one. */
export function ContactsPanel({ slug, contacts, result }: ContactsPanelProps) {
  return (
    <Section id="contacts" title={m.operator_directory_contacts()}>
      {contacts.length === 0 ? (
        <p className="faint">{m.operator_directory_contacts_none()}</p>
      ) : (
        <DataTable
          columns={columns(slug)}
          rows={contacts}
          rowKey={({ id }) => id}
          caption={m.operator_directory_contacts()}
        />
      )}
      <div className="gap">
        <AddContact result={result} />
      </div>
    </Section>
  )
}

function columns(slug: string): readonly Column<VendorContact>[] {
  return [
    {
      key: 'address',
      head: m.vendors_entry_column_address(),
      kind: 'row',
      cell: ({ address }) => <span className="typed">{address}</span>,
    },
    { key: 'purpose', head: m.vendors_entry_column_purpose(), cell: ({ purpose }) => purposeWords[purpose]() },
    { key: 'channel', head: m.operator_directory_contact_channel(), cell: ({ channel }) => channelWords[channel]() },
    {
      key: 'health',
      head: m.vendors_entry_column_health(),
      cell: (contact) => {
        const health = contactHealth(contact)
        return <ContactHealthBadge fault={health.working ? null : health.because} />
      },
    },
    {
      key: 'act',
      head: m.operator_mail_column_act(),
      cell: ({ id }) => (
        <LinkButton look="bare" href={`/operator/directory/${slug}/contacts/${id}`}>
          {m.operator_directory_contact_open()}
        </LinkButton>
      ),
    },
  ]
}

type Typed = {
  purpose: string
  channel: string
  address: string
  locale: string
  country?: string
  region?: string
  timeZone?: string
}

function AddContact({ result }: { result: SubmissionResult | undefined }) {
  const [form, fields] = useForm<Typed>({ id: 'add-contact', lastResult: result })
  return (
    <Details summary={m.operator_directory_contact_add()} open={result !== undefined}>
      <form method="post" id={form.id} className="fs panel pad gap">
        <ErrorSummary faults={faultsOf(form)} />
        <input type="hidden" name="intent" value="contact-add" />
        <div className="two">
          <SelectField
            field={fields.purpose}
            label={m.operator_directory_contact_purpose()}
            options={contactPurposes.map((purpose) => ({ value: purpose, label: purposeWords[purpose]() }))}
          />
          <SelectField
            field={fields.channel}
            label={m.operator_directory_contact_channel()}
            options={contactChannels.map((channel) => ({ value: channel, label: channelWords[channel]() }))}
          />
        </div>
        <InputField
          field={fields.address}
          label={m.operator_directory_contact_address()}
          help={m.operator_directory_contact_address_help()}
          spellCheck={false}
        />
        <SelectField
          field={fields.locale}
          label={m.operator_directory_contact_language()}
          options={[
            { value: 'en', label: 'English' },
            { value: 'ja', label: '日本語' },
          ]}
          look="short"
        />
        <PlaceFields fields={fields} />
        <div>
          <Button look="go">{m.operator_directory_contact_button()}</Button>
        </div>
      </form>
    </Details>
  )
}

/** Country, region and time zone of a contact: whose working days its clocks count. */
export function PlaceFields({ fields }: { fields: { country: FieldFacts; region: FieldFacts; timeZone: FieldFacts } }) {
  return (
    <>
      <div className="two">
        <SelectField
          field={fields.country}
          label={m.operator_directory_contact_country()}
          options={countryNames(readersLocale()).map(({ code, name }) => ({ value: code, label: name }))}
          empty={m.operator_directory_contact_unknown()}
        />
        <SelectField
          field={fields.timeZone}
          label={m.operator_directory_contact_zone()}
          options={timeZoneNames().map((zone) => ({ value: zone, label: zone }))}
          empty={m.operator_directory_contact_unknown()}
        />
      </div>
      <InputField
        field={fields.region}
        label={m.operator_directory_contact_region()}
        help={m.operator_directory_contact_region_help()}
        look="short"
        maxLength={6}
        optional
      />
    </>
  )
}
