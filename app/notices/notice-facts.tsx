import { provenWords } from '#app/accounts/domain-words.ts'
import { m } from '#app/generated/messages/messages.js'
import { Facts, type Fact } from '#app/ui/facts.tsx'
import { getLocale } from '#app/generated/messages/runtime.js'
import { formatDateTime, formatHash } from '#app/ui/format.ts'
import { languageNames, nameIn } from '#app/ui/language-of.ts'
import { Section } from '#app/ui/section.tsx'
import { Name } from '#app/ui/title.tsx'
import type { NoticeView } from './notice-view.ts'
import { Bases } from './notice-bases.tsx'

/** Who, to whom, on what ground, under which numbers. */
export function NoticeFactsAside({ view }: { view: NoticeView }) {
  return (
    <Section id="facts" quiet title={m.notices_facts_title()}>
      <Facts wide facts={factsOf(view)} />
    </Section>
  )
}

function factsOf(view: NoticeView): (Fact | null)[] {
  const { notice, side, names } = view
  const filing = addressOfFiling(view)
  return [
    [side === 'holder' ? m.notices_facts_for() : m.notices_facts_from(), <Holder key="holder" view={view} />],
    notice.filing.mandate === null ? null : [m.collective_filed_by(), <FiledBy key="filed" view={view} />],
    [m.notices_facts_to(), <Vendor key="vendor" view={view} />],
    notice.vendorReference === null
      ? null
      : [
          side === 'holder' ? m.notices_facts_their_reference() : m.notices_facts_your_reference(),
          <code key="reference">{notice.vendorReference}</code>,
        ],
    notice.matterNumber === null || side !== 'holder'
      ? null
      : [m.notices_facts_matter(), <code key="matter">{notice.matterNumber}</code>],
    [m.notices_facts_basis(), <Bases key="bases" bases={notice.bases} />],
    notice.letters.length === 0 ? null : [m.notices_facts_letter(), <Letters key="letter" view={view} />],
    side === 'holder'
      ? [
          m.notices_facts_filing(),
          <a key="filing" className="ref" href={filing}>
            {notice.filing.reference}
          </a>,
        ]
      : null,
    relatedOf(view, true),
    relatedOf(view, false),
    [m.notices_facts_visible(), m.notices_facts_private({ holder: names.holder, vendor: names.vendor })],
  ]
}

// A collective filing is its association's; its member finds its own annex of it.
function addressOfFiling({ notice: { filing }, byOwner, byMandate }: NoticeView): string | undefined {
  if (byOwner) return filing.collective ? `/annexes/${filing.reference}` : `/filings/${filing.reference}`
  return byMandate ? undefined : `/association/filings/${filing.reference}`
}

// A notice that asks again names the one before, and the other way round.
function relatedOf({ notice }: NoticeView, earlier: boolean): Fact | null {
  const related = notice.related.filter((each) => each.earlier === earlier)
  if (related.length === 0) return null
  return [
    earlier ? m.filing_related_earlier() : m.filing_related_later(),
    <ul key={earlier ? 'earlier' : 'later'} className="lines">
      {related.map(({ reference }) => (
        <li key={reference}>
          <a className="ref" href={`/notices/${reference}`}>
            {reference}
          </a>
        </li>
      ))}
    </ul>,
  ]
}

function Holder({ view: { notice, names } }: { view: NoticeView }) {
  const { verifiedHow } = notice.holder
  const how = provenWords(notice.holder, 'UTC') ?? verifiedHow
  return (
    <>
      <Name>{names.holder}</Name>
      <small>
        {verifiedHow === null || how === null ? m.notices_facts_unverified() : m.notices_facts_verified({ how })}
      </small>
    </>
  )
}

// The mandate version stands in the first line of the ledger; who accepted it is for its two sides.
function FiledBy({ view: { notice, timeZone } }: { view: NoticeView }) {
  const { mandate } = notice.filing
  if (mandate === null) return null
  const { association, associationOther, version, acceptedBy, capacity, acceptedAt } = mandate
  return (
    <>
      <Name>{nameIn(getLocale() === 'ja' ? 'ja' : 'en', association, associationOther)}</Name>
      <small>{m.collective_filed_under({ version })}</small>
      {acceptedBy !== null && acceptedAt !== null && (
        <small>
          {m.collective_filed_accepted({
            name: acceptedBy,
            capacity: capacity ?? '',
            on: formatDateTime(acceptedAt, timeZone),
          })}
        </small>
      )}
    </>
  )
}

function Vendor({ view: { notice, names } }: { view: NoticeView }) {
  return (
    <>
      <a href={`/vendors/${notice.vendor.slug}`}>
        <Name>{names.vendor}</Name>
      </a>
      {notice.contact !== null && <small>{notice.contact.address}</small>}
    </>
  )
}

function Letters({ view: { notice } }: { view: NoticeView }) {
  const { signatory, capacity } = notice.filing
  return (
    <>
      <a href={`/notices/${notice.reference}/letter`}>{m.notices_facts_read_letter()}</a>
      {signatory !== null && capacity !== null && (
        <small>{m.notices_facts_signed({ name: signatory, capacity })}</small>
      )}
      {notice.letters.map(({ locale, sha256 }) => (
        <small key={locale}>
          <span lang={locale}>{languageNames[locale]}</span> · <span className="hash">{formatHash(sha256)}</span>
        </small>
      ))}
      <a href={`/notices/${notice.reference}/annex.csv`}>{m.notices_facts_annex()}</a>
    </>
  )
}
