import { provenWords } from '#app/accounts/domain-words.ts'
import { m } from '#app/generated/messages/messages.js'
import { Facts } from '#app/ui/facts.tsx'
import { formatDate, formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import { DateOf } from '#app/ui/when.tsx'
import { readersLocale } from '#app/vendors/vendor-name.tsx'
import { NotKnown } from '#app/vendors/vendors-table.tsx'
import { countryName } from '#app/vendors/wording.ts'

import type { OrganisationRow } from './organisations.ts'
import { kindWords } from './wording.ts'

/** What an organisation says of itself, and what the portal knows of it. */
export function OrganisationFacts({ organisation, timeZone }: { organisation: OrganisationRow; timeZone: string }) {
  const { kind, country, website, slug, people, createdAt, vendor } = organisation
  return (
    <Section id="facts" title={m.operator_organisation_facts()}>
      <Facts
        facts={[
          [m.operator_organisations_kind(), kindWords[kind]()],
          [m.operator_organisations_column_country(), countryName(country, readersLocale())],
          [
            m.operator_organisation_website(),
            website === null ? (
              <NotKnown key="none" />
            ) : (
              <a key="website" href={website} rel="noreferrer nofollow">
                {website}
              </a>
            ),
          ],
          [m.operator_organisation_slug(), <code key="slug">{slug}</code>],
          [m.operator_organisations_column_people(), formatNumber(people)],
          [m.operator_organisations_column_since(), <DateOf key="since" at={createdAt} timeZone={timeZone} />],
          [m.operator_organisations_verified(), verifiedLine(organisation, timeZone)],
          [m.security_domain_title(), provenWords(organisation, timeZone) ?? m.security_domain_none_proven()],
          kind === 'vendor' ? [m.operator_organisation_entry(), <Entry key="entry" vendor={vendor} />] : null,
        ]}
      />
    </Section>
  )
}

function verifiedLine({ verifiedAt, verifiedHow }: OrganisationRow, timeZone: string): string {
  if (verifiedAt === null) return m.operator_organisations_no()
  return m.operator_organisation_verified_line({ date: formatDate(verifiedAt, timeZone), how: verifiedHow ?? '' })
}

function Entry({ vendor }: { vendor: OrganisationRow['vendor'] }) {
  if (vendor === null) return m.operator_organisation_entry_none()
  return <a href={`/operator/directory/${vendor.slug}`}>{vendor.name}</a>
}
