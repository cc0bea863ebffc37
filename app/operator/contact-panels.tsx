import { useForm, type SubmissionResult } from '@conform-to/react'

import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { ErrorSummary, faultsOf } from '#app/ui/error-summary.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import type { VendorContact } from '#app/vendors/vendor.ts'

import { PlaceFields } from './contacts-panel.tsx'

type Returned = SubmissionResult | undefined
type Check = { how: string; country?: string; region?: string; timeZone?: string }

/** Verifying a contact: what it brings about, how it was checked, where it is. */
export function VerifyContactPanel({
  contact,
  vendor,
  result,
}: {
  contact: VendorContact
  vendor: string
  result: Returned
}) {
  const { address, country, region, timeZone } = contact
  const [form, fields] = useForm<Check>({
    id: 'verify-contact',
    lastResult: result,
    defaultValue: {
      ...(country !== null && { country }),
      ...(region !== null && { region }),
      ...(timeZone !== null && { timeZone }),
    },
  })
  return (
    <Section id="verify-title" title={m.operator_contact_verify()}>
      <form method="post" id={form.id} className="fs">
        <ErrorSummary faults={faultsOf(form)} />
        <input type="hidden" name="intent" value="verify" />
        <p>{m.operator_contact_verify_effect({ vendor, address })}</p>
        <InputField
          field={fields.how}
          label={m.operator_contact_how()}
          help={m.operator_contact_how_help()}
          maxLength={200}
        />
        <PlaceFields fields={fields} />
        <div>
          <Button look="go">{m.operator_contact_verify_button({ address })}</Button>
        </div>
      </form>
    </Section>
  )
}

/** Retiring a contact: what stops, and what does not. `blocked` notices are addressed to it and open. */
export function RetireContactPanel({
  address,
  blocked,
  result,
}: {
  address: string
  blocked: number
  result: Returned
}) {
  const [form] = useForm({ id: 'retire-contact', lastResult: result })
  return (
    <Section id="retire-title" title={m.operator_contact_retire()}>
      <form method="post" id={form.id} className="fs">
        <ErrorSummary faults={faultsOf(form)} />
        <input type="hidden" name="intent" value="retire" />
        <p>
          {m.operator_contact_retire_effect({ address })}
          {blocked > 0 && ` ${m.operator_contact_retire_blocked({ n: blocked, count: formatNumber(blocked) })}`}
        </p>
        <div>
          <Button look="risk">{m.operator_contact_retire_button({ address })}</Button>
        </div>
      </form>
    </Section>
  )
}
