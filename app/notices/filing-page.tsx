import { m } from '#app/generated/messages/messages.js'
import { LinkButton } from '#app/ui/button.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Facts, type Fact } from '#app/ui/facts.tsx'
import { formatNumber, formatTimeAndCity } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { Section } from '#app/ui/section.tsx'
import { Name } from '#app/ui/title.tsx'
import { Moment } from '#app/ui/when.tsx'
import { isWaiting, type FiledNotice, type FilingRecord } from './filing-record.ts'
import { FilingState, type FilingRights } from './filing-state.tsx'
import { measures, numberOf } from './measures.ts'
import { StageBadge } from './stage-badge.tsx'
import { measureWords } from './wording.ts'

interface FilingPageProps extends FilingRights {
  readonly filing: FilingRecord
  readonly timeZone: string
  /** Why the recall that was just tried did not happen. */
  readonly refused: string | undefined
  /** The draft with the vendors that could not be reached, just after filing. */
  readonly left: string | null
}

/** What was filed, when it leaves, and the way back until then. */
export function FilingPage({ filing, timeZone, refused, left, ...rights }: FilingPageProps) {
  return (
    <div className="stack">
      {left !== null && filing.recalledAt === null && <RemainingDraft draftId={left} />}
      <div>
        {refused !== undefined && (
          <Note tone="late" status>
            <p>{refused}</p>
          </Note>
        )}
        <FilingState filing={filing} timeZone={timeZone} {...rights} />
      </div>
      <Section
        id="notices"
        title={m.filing_notices({ count: formatNumber(filing.notices.length), n: filing.notices.length })}
      >
        <DataTable columns={columnsOf(filing)} rows={filing.notices} rowKey={({ reference }) => reference} walk />
      </Section>
      <Section id="record" title={m.filing_record()}>
        <Record filing={filing} timeZone={timeZone} />
      </Section>
    </div>
  )
}

function signedBy({ signatoryName: name, signatoryCapacity: capacity }: FilingRecord): string {
  return name === null || capacity === null ? m.approvals_not_signed_yet() : m.filing_signatory({ name, capacity })
}

function columnsOf(filing: FilingRecord): readonly Column<FiledNotice>[] {
  return [
    {
      key: 'reference',
      head: m.filing_reference(),
      kind: 'row',
      cell: ({ reference }) => (
        <a className="ref" href={`/notices/${reference}`}>
          {reference}
        </a>
      ),
    },
    {
      key: 'vendor',
      head: m.filing_vendors_name(),
      cell: ({ vendor, slug }) => (
        <a href={`/vendors/${slug}`}>
          <Name>{vendor}</Name>
        </a>
      ),
    },
    { key: 'address', head: m.filing_vendors_contact(), cell: ({ address }) => address ?? m.filing_contact_gone() },
    { key: 'stage', head: m.filing_stage(), cell: ({ stage }) => <StageBadge stage={stage} /> },
    {
      key: 'there',
      head: m.filing_their_time(),
      cell: ({ timeZone, leavesAt }) =>
        timeZone === null || isWaiting(filing) ? '' : leaves(filing, leavesAt, timeZone),
    },
  ]
}

// A letter that waits for its turn leaves about then: those before it may be late.
function leaves({ sendAt }: FilingRecord, leavesAt: Date | null, timeZone: string): string {
  return leavesAt === null
    ? formatTimeAndCity(sendAt, timeZone)
    : m.filing_leaves_about({ time: formatTimeAndCity(leavesAt, timeZone) })
}

function Record({ filing, timeZone }: { filing: FilingRecord; timeZone: string }) {
  const asked = measures.filter((measure) => filing.measures.includes(measure))
  return (
    <Facts
      facts={[
        [
          m.filing_filed(),
          <>
            <Moment at={filing.submittedAt} timeZone={timeZone} />
            {filing.submittedBy !== null && `${m.filing_list_comma()}${filing.submittedBy}`}
          </>,
        ],
        [m.filing_signed_as(), signedBy(filing)],
        filing.approvedAt === null || filing.approvedBy === null
          ? null
          : [
              m.approvals_approved_row(),
              <>
                <Moment at={filing.approvedAt} timeZone={timeZone} />
                {`${m.filing_list_comma()}${filing.approvedBy}`}
              </>,
            ],
        filing.works === null || filing.catalogue === null || filing.version === null
          ? null
          : [
              m.filing_works(),
              m.filing_works_frozen({
                count: formatNumber(filing.works),
                n: filing.works,
                catalogue: filing.catalogue,
                version: String(filing.version),
              }),
            ],
        asked.length === 0
          ? null
          : [
              m.filing_what_you_ask(),
              <ol key="asked" className="m">
                {asked.map((measure) => (
                  <li key={measure}>
                    {numberOf(measure)}. {measureWords[measure]()}
                  </li>
                ))}
              </ol>,
            ],
        stated(filing),
      ]}
    />
  )
}

// A basis may ask for no statement.
function stated({ statements }: FilingRecord): Fact | null {
  if (statements.length === 0) return null
  return [
    m.filing_statements(),
    <ul key="stated" className="m">
      {statements.map(({ text }) => (
        <li key={text}>
          <Name>{text}</Name>
        </li>
      ))}
    </ul>,
  ]
}

function RemainingDraft({ draftId }: { draftId: string }) {
  return (
    <Note tone="question">
      <p>
        {m.filing_remaining()} <LinkButton href={`/filings/${draftId}/vendors`}>{m.filing_open_draft()}</LinkButton>
      </p>
    </Note>
  )
}
