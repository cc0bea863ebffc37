import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { cityOf } from '#app/ui/cities.ts'
import type { FieldFacts } from '#app/ui/field-facts.ts'
import { InputField, SelectField, TextField, type Option } from '#app/ui/fields.tsx'
import { countryNames, timeZoneNames } from './places.ts'

type OrganisationFieldsProps = {
  readonly fields: Record<
    | 'name'
    | 'nameOther'
    | 'addressLines'
    | 'locality'
    | 'postalCode'
    | 'country'
    | 'telephone'
    | 'website'
    | 'timeZone',
    FieldFacts
  >
}

/** What an organisation says of itself. */
export function OrganisationFields({ fields }: OrganisationFieldsProps) {
  return (
    <>
      <InputField
        field={fields.name}
        label={m.accounts_organisation_name()}
        help={m.accounts_organisation_name_help()}
        autoComplete="organization"
      />
      <InputField
        field={fields.nameOther}
        label={m.accounts_organisation_name_other()}
        help={m.accounts_organisation_name_other_help()}
        optional
      />
      <TextField
        field={fields.addressLines}
        label={m.accounts_address_lines()}
        help={m.accounts_address_lines_help()}
        rows={2}
      />
      <div className="two">
        <InputField field={fields.locality} label={m.accounts_locality()} />
        <InputField field={fields.postalCode} label={m.accounts_postal_code()} autoComplete="postal-code" optional />
      </div>
      <SelectField
        field={fields.country}
        label={m.accounts_country()}
        options={countryNames(locale()).map(({ code, name }) => ({ value: code, label: name }))}
        empty={m.accounts_country_choose()}
      />
      <InputField
        field={fields.telephone}
        label={m.accounts_telephone()}
        help={m.accounts_telephone_help()}
        type="tel"
        autoComplete="tel"
        optional
      />
      <InputField
        field={fields.website}
        label={m.accounts_website()}
        help={m.accounts_website_help()}
        inputMode="url"
        autoComplete="url"
        optional
      />
      <TimeZoneField field={fields.timeZone} help={m.accounts_organisation_time_zone_help()} />
    </>
  )
}

/** A time zone by its city and its IANA name. */
export function TimeZoneField({ field, help }: { field: FieldFacts; help?: string }) {
  const options: Option[] = timeZoneNames().map((zone) => ({
    value: zone,
    label: labelOf(zone),
  }))
  return (
    <SelectField
      field={field}
      label={m.accounts_time_zone()}
      options={options.toSorted((a, b) => a.label.localeCompare(b.label, locale()))}
      empty={m.accounts_time_zone_choose()}
      {...(help === undefined ? {} : { help })}
    />
  )
}

function labelOf(zone: string): string {
  const city = cityOf(zone, locale())
  return locale() === 'ja' ? `${city}（${zone}）` : `${city} (${zone})`
}

function locale(): 'en' | 'ja' {
  return getLocale() === 'ja' ? 'ja' : 'en'
}
