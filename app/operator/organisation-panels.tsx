import { useForm, type SubmissionResult } from '@conform-to/react'

import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { ErrorSummary, faultsOf } from '#app/ui/error-summary.tsx'
import { InputField, SelectField } from '#app/ui/fields.tsx'
import { Section } from '#app/ui/section.tsx'

import type { OrganisationRow } from './organisations.ts'

type Returned = SubmissionResult | undefined

/** Verifying an organisation: what it brings about, how it was checked, the button. */
export function VerifyPanel({
  organisation: { name, kind },
  result,
}: {
  organisation: OrganisationRow
  result: Returned
}) {
  const [form, fields] = useForm<{ how: string }>({ id: 'verify', lastResult: result })
  const effect =
    kind === 'rights_holder'
      ? m.operator_organisation_verify_effect_rights_holder({ name })
      : m.operator_organisation_verify_effect_other({ name })
  return (
    <Section id="verify-title" title={m.operator_organisation_verify()}>
      <form method="post" id={form.id} className="fs">
        <ErrorSummary faults={faultsOf(form)} />
        <input type="hidden" name="intent" value="verify" />
        <p>{effect}</p>
        <InputField
          field={fields.how}
          label={m.operator_organisation_how()}
          help={m.operator_organisation_how_help()}
          maxLength={200}
        />
        <div>
          <Button look="go">{m.operator_organisation_verify_button({ name })}</Button>
        </div>
      </form>
    </Section>
  )
}

type LinkPanelProps = {
  organisation: OrganisationRow
  vendors: readonly { slug: string; name: string }[]
  result: Returned
}

/** Giving a vendor organisation its entry of the directory; only once it is verified. */
export function LinkPanel({ organisation: { name, verifiedAt }, vendors, result }: LinkPanelProps) {
  const [form, fields] = useForm<{ vendor: string }>({ id: 'link', lastResult: result })
  if (verifiedAt === null) {
    return (
      <Section id="link-title" title={m.operator_organisation_link()}>
        <p className="faint">{m.operator_organisation_link_needs_verification()}</p>
      </Section>
    )
  }
  return (
    <Section id="link-title" title={m.operator_organisation_link()}>
      <form method="post" id={form.id} className="fs">
        <ErrorSummary faults={faultsOf(form)} />
        <input type="hidden" name="intent" value="link" />
        <p>{m.operator_organisation_link_effect({ name })}</p>
        <SelectField
          field={fields.vendor}
          label={m.operator_organisation_link_vendor()}
          options={vendors.map((vendor) => ({ value: vendor.slug, label: vendor.name }))}
          empty={m.operator_organisation_link_choose()}
        />
        <div>
          <Button look="go">{m.operator_organisation_link_button({ name })}</Button>
        </div>
      </form>
    </Section>
  )
}

/** Taking an entry of the directory back from its organisation. */
export function UnlinkPanel({
  organisation,
  vendor,
  result,
}: {
  organisation: string
  vendor: string
  result: Returned
}) {
  const [form] = useForm({ id: 'unlink', lastResult: result })
  const names = { name: organisation, vendor }
  return (
    <Section id="unlink-title" title={m.operator_organisation_unlink()}>
      <form method="post" id={form.id} className="fs">
        <ErrorSummary faults={faultsOf(form)} />
        <input type="hidden" name="intent" value="unlink" />
        <p>{m.operator_organisation_unlink_effect(names)}</p>
        <div>
          <Button look="risk">{m.operator_organisation_unlink_button({ name: organisation })}</Button>
        </div>
      </form>
    </Section>
  )
}
