import { m } from '#app/generated/messages/messages.js'
import { measures } from '#app/notices/measures.ts'
import { measureWords } from '#app/notices/wording.ts'
import { Facts } from '#app/ui/facts.tsx'
import { formatBytes, formatDay } from '#app/ui/format.ts'
import { Name } from '#app/ui/title.tsx'
import type { MandateVersionView, MandateView } from './find-mandate.server.ts'
import { mandatesPath } from './mandate-paths.ts'
import { differencesOf, type Terms, type TermsField } from './mandate.ts'
import { fieldWords, levelHelp, levelWords } from './mandate-words.ts'
import { levelOf } from './terms-form.ts'

/** What a version says, as it was signed. */
export function VersionTerms({ mandate, version }: { mandate: MandateView; version: MandateVersionView }) {
  const { terms, signatory, document } = version
  const level = levelOf(terms.scopes)
  return (
    <Facts
      facts={[
        [
          fieldWords.scopes(),
          <>
            {levelWords[level]()}
            <span className="t-id">{levelHelp[level]()}</span>
          </>,
        ],
        [fieldWords.vendors(), said(terms, 'vendors', mandate)],
        [fieldWords.measures(), said(terms, 'measures', mandate)],
        [fieldWords.catalogues(), said(terms, 'catalogues', mandate)],
        [fieldWords.approvalRequired(), said(terms, 'approvalRequired', mandate)],
        [fieldWords.startsOn(), said(terms, 'startsOn', mandate)],
        [fieldWords.endsOn(), said(terms, 'endsOn', mandate)],
        signatory && [
          m.mandates_signatory(),
          <>
            <Name>{signatory.name}</Name>, {signatory.capacity}
          </>,
        ],
        document && [
          m.mandates_document(),
          <>
            <a href={`${mandatesPath(mandate.side)}/${mandate.id}/versions/${version.version}/document`}>
              {document.name}
            </a>{' '}
            <span className="faint">{formatBytes(document.bytes)}</span>
            <span className="t-id hash">SHA-256 {document.sha256}</span>
          </>,
        ],
      ]}
    />
  )
}

/** In which terms a version differs from the one before it. */
export function Differences({
  mandate,
  one,
  other,
}: {
  mandate: MandateView
  one: MandateVersionView
  other: MandateVersionView
}) {
  const fields = differencesOf(one.terms, other.terms)
  if (fields.length === 0) return <p className="muted">{m.mandates_no_difference()}</p>
  return (
    <ul>
      {fields.map((field) => (
        <li key={field}>
          {m.mandates_difference({
            field: fieldWords[field](),
            before: said(other.terms, field, mandate),
            after: said(one.terms, field, mandate),
          })}
        </li>
      ))}
    </ul>
  )
}

function said(terms: Terms, field: TermsField, { names }: MandateView): string {
  switch (field) {
    case 'scopes':
      return levelWords[levelOf(terms.scopes)]()
    case 'measures':
      return listed(
        terms.measures && measures.filter((each) => terms.measures?.includes(each)).map((each) => measureWords[each]()),
        m.mandates_all_measures(),
      )
    case 'vendors':
      return listed(named(terms.vendors, names), m.mandates_all_vendors())
    case 'catalogues':
      return listed(named(terms.catalogues, names), m.mandates_all_catalogues())
    case 'approvalRequired':
      return terms.approvalRequired ? m.mandates_approval_needed() : m.mandates_approval_not_needed()
    case 'startsOn':
      return formatDay(terms.startsOn)
    default:
      // Another field would not compile here.
      field satisfies 'endsOn'
      return terms.endsOn === null ? m.mandates_open_end() : formatDay(terms.endsOn)
  }
}

function named(ids: readonly string[] | null, names: MandateView['names']): string[] | null {
  return ids && ids.map((id) => names[id] ?? m.mandates_unnamed())
}

function listed(values: readonly string[] | null, all: string): string {
  return values === null ? all : values.join(m.vendors_list_comma())
}
