import { useForm, type SubmissionResult } from '@conform-to/react'

import { countryNames, timeZoneNames } from '#app/accounts/places.ts'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { Details } from '#app/ui/details.tsx'
import { ErrorSummary, faultsOf } from '#app/ui/error-summary.tsx'
import { InputField, SelectField } from '#app/ui/fields.tsx'
import { Section } from '#app/ui/section.tsx'

import { contactPurposes } from './contact.ts'
import { VendorContacts } from './vendor-contacts.tsx'
import { readersLocale } from './vendor-name.tsx'
import type { VendorContact } from './vendor.ts'
import { purposeWords } from './wording.ts'

type OwnContactsProps = {
  contacts: readonly VendorContact[]
  timeZone: string
  place: { timeZone: string }
  mayEdit: boolean
  result: SubmissionResult | undefined
}

/** The contacts of the vendor's own entry: those that count, those that wait for their code, and the form that adds one. */
export function OwnContacts({ contacts, timeZone, place, mayEdit, result }: OwnContactsProps) {
  const current = contacts.filter(({ retiredAt }) => retiredAt === null)
  const waiting = current.filter(({ verifiedAt, channel }) => verifiedAt === null && channel === 'email')
  const [form] = useForm({ id: 'returned', lastResult: result })
  return (
    <>
      <Section id="contacts" title={m.vendors_entry_contacts()}>
        <ErrorSummary faults={faultsOf(form)} />
        <VendorContacts contacts={contacts} timeZone={timeZone} />
        {!mayEdit && <p>{m.security_contact_refused()}</p>}
      </Section>
      {mayEdit && waiting.map((contact) => <Waiting key={contact.id} contact={contact} />)}
      {mayEdit && <AddContact place={place} result={result} />}
      {mayEdit && current.length > 0 && (
        <Section id="retire" title={m.security_contact_retire_title()}>
          <p className="prose below-sm">{m.security_contact_retire_lead()}</p>
          <ul className="m stack tight">
            {current.map(({ id, address }) => (
              <li key={id}>
                <form method="post">
                  <input type="hidden" name="contactId" value={id} />
                  <Button look="risk" name="act" value="retire">
                    {m.security_contact_retire({ address })}
                  </Button>
                </form>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function Waiting({ contact: { id, address } }: { contact: VendorContact }) {
  return (
    <Section id={`wait-${id}`} title={m.security_contact_wait({ address })}>
      <form method="post" className="fs">
        <input type="hidden" name="contactId" value={id} />
        <InputField
          field={{ id: `code-${id}`, name: 'code' }}
          label={m.security_code()}
          help={m.security_contact_code_help()}
          autoComplete="one-time-code"
          look="short"
          spellCheck={false}
        />
        <div className="bs">
          <Button look="go" name="act" value="confirm">
            {m.security_contact_confirm()}
          </Button>
          <Button look="bare" name="act" value="code">
            {m.security_contact_code_again()}
          </Button>
        </div>
      </form>
    </Section>
  )
}

type Typed = { purpose: string; address: string; locale: string; country: string; region: string; timeZone: string }

function AddContact({ place, result }: { place: { timeZone: string }; result: SubmissionResult | undefined }) {
  const wasThis = result?.initialValue?.['act'] === 'add'
  const [form, fields] = useForm<Typed>({
    id: 'add-contact',
    lastResult: wasThis ? result : undefined,
    defaultValue: { timeZone: place.timeZone },
  })
  const locale = readersLocale()
  return (
    <Details summary={m.security_contact_add_title()} open={wasThis}>
      <form method="post" id={form.id} className="fs panel pad gap" noValidate>
        <input type="hidden" name="act" value="add" />
        <div className="two">
          <SelectField
            field={fields.purpose}
            label={m.vendors_entry_column_purpose()}
            options={contactPurposes.map((purpose) => ({ value: purpose, label: purposeWords[purpose]() }))}
          />
          <SelectField
            field={fields.locale}
            label={m.accounts_language()}
            options={[
              { value: 'en', label: 'English' },
              { value: 'ja', label: '日本語' },
            ]}
          />
        </div>
        <InputField field={fields.address} label={m.accounts_email()} type="email" autoComplete="off" />
        <div className="two">
          <SelectField
            field={fields.country}
            label={m.security_contact_country()}
            options={countryNames(locale).map(({ code, name }) => ({ value: code, label: name }))}
            empty={m.security_choose()}
          />
          <InputField
            field={fields.region}
            label={m.security_contact_region()}
            help={m.security_contact_region_help()}
            optional
          />
        </div>
        <SelectField
          field={fields.timeZone}
          label={m.security_contact_time_zone()}
          options={timeZoneNames().map((name) => ({ value: name, label: name }))}
        />
        <div>
          <Button look="go">{m.security_contact_add()}</Button>
        </div>
      </form>
    </Details>
  )
}
