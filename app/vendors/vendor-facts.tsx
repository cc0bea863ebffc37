import { m } from '#app/generated/messages/messages.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { Section } from '#app/ui/section.tsx'

import { FactSource } from './fact-source.tsx'
import { readersLocale } from './vendor-name.tsx'
import { NotKnown } from './vendors-table.tsx'
import type { VendorFact } from './vendor.ts'
import { countryName, crawlerPurposeWord, factWords, kindWords } from './wording.ts'

const single = ['native_name', 'legal_entity', 'country', 'website'] as const

/** What the directory knows of a vendor, each fact with its source; what it does not know it says. */
export function VendorFacts({ facts }: { facts: readonly VendorFact[] }) {
  const offers = facts.filter(({ kind }) => kind === 'product' || kind === 'model')
  const crawlers = facts.filter(({ kind }) => kind === 'crawler')
  const country = facts.find(({ kind }) => kind === 'country')?.value
  // Most vendors write themselves in Latin letters or Japanese: that another script is not known says nothing.
  const told = single.filter((kind) => kind !== 'native_name' || facts.some((fact) => fact.kind === kind))
  return (
    <>
      <Section id="facts" title={m.vendors_entry_facts()}>
        <Facts
          facts={told.map(
            (kind) =>
              [
                factWords[kind](),
                <SingleFact
                  key={kind}
                  fact={facts.find((fact) => fact.kind === kind)}
                  lang={languageIn(kind, country)}
                />,
              ] as const,
          )}
        />
      </Section>
      <Section id="models" title={m.vendors_entry_models()}>
        {offers.length === 0 ? (
          <NotKnown />
        ) : (
          <DataTable
            columns={offerColumns()}
            rows={offers}
            rowKey={({ id }) => id}
            caption={m.vendors_entry_models()}
          />
        )}
      </Section>
      <Section id="crawlers" title={m.vendors_entry_crawlers()}>
        {crawlers.length === 0 ? (
          <NotKnown />
        ) : (
          <>
            <DataTable
              columns={crawlerColumns()}
              rows={crawlers}
              rowKey={({ id }) => id}
              caption={m.vendors_entry_crawlers()}
            />
            <p className="cap gap">{m.vendors_entry_crawlers_credit()}</p>
          </>
        )}
      </Section>
    </>
  )
}

const languages: Readonly<Record<string, string>> = {
  CN: 'zh-Hans',
  TW: 'zh-Hant',
  HK: 'zh-Hant',
  KR: 'ko',
  JP: 'ja',
}

// A name in its own script is in the language of its country: Chinese characters have other forms in Japanese.
function languageIn(kind: VendorFact['kind'], country: string | undefined): string | undefined {
  return kind === 'native_name' && country !== undefined ? languages[country] : undefined
}

function SingleFact({ fact, lang }: { fact: VendorFact | undefined; lang: string | undefined }) {
  if (fact === undefined) return <NotKnown />
  return (
    <>
      <span lang={lang}>
        <FactValue fact={fact} />
      </span>{' '}
      <span className="cap">
        <FactSource fact={fact} />
      </span>
    </>
  )
}

/** A fact as it is read: a country by its name, a website as a link. */
export function FactValue({ fact: { kind, value } }: { fact: Pick<VendorFact, 'kind' | 'value'> }) {
  if (kind === 'country') return countryName(value, readersLocale())
  if (kind === 'crawler') return <code>{value}</code>
  if (kind !== 'website') return value
  return (
    <a href={value} rel="noreferrer nofollow">
      {value}
    </a>
  )
}

function offerColumns(): readonly Column<VendorFact>[] {
  return [
    { key: 'value', head: m.vendors_entry_column_value(), kind: 'row', cell: (fact) => <FactValue fact={fact} /> },
    {
      key: 'kind',
      head: m.vendors_entry_column_fact(),
      cell: ({ kind }) => kindWords[kind](),
    },
    { key: 'source', head: m.vendors_entry_column_source(), cell: (fact) => <FactSource fact={fact} /> },
  ]
}

function crawlerColumns(): readonly Column<VendorFact>[] {
  return [
    { key: 'token', head: m.vendors_entry_crawler_token(), kind: 'row', cell: (fact) => <FactValue fact={fact} /> },
    { key: 'purpose', head: m.vendors_entry_crawler_purpose(), cell: ({ note }) => crawlerPurposeWord(note) },
    { key: 'source', head: m.vendors_entry_column_source(), cell: (fact) => <FactSource fact={fact} /> },
  ]
}
