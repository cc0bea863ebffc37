import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { formatDateTime, formatNumber, formatTimeAndCity } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { Section } from '#app/ui/section.tsx'
import { Name } from '#app/ui/title.tsx'
import { Moment } from '#app/ui/when.tsx'
import { isRecallable, type FiledNotice, type FilingRecord } from './filing-record.ts'
import { measures, numberOf } from './measures.ts'
import { StageBadge } from './stage-badge.tsx'
import { measureWords } from './wording.ts'

interface FilingPageProps {
  readonly filing: FilingRecord
  readonly timeZone: string
  readonly mayRecall: boolean
  /** Why the recall that was just tried did not happen. */
  readonly refused: string | undefined
  /** The draft with the vendors that could not be reached, just after filing. */
  readonly left: string | null
}

/** What was filed, when it leaves, and the way back until then. */
export function FilingPage({ filing, timeZone, mayRecall, refused, left }: FilingPageProps) {
  return (
    <div className="stack">
      {left !== null && filing.recalledAt === null && <RemainingDraft draftId={left} />}
      <div>
        {refused !== undefined && (
          <Note tone="late" status>
            <p>{refused}</p>
          </Note>
        )}
        <State filing={filing} timeZone={timeZone} mayRecall={mayRecall} />
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

function State({ filing, timeZone, mayRecall }: Omit<FilingPageProps, 'refused' | 'left'>) {
  if (filing.recalledAt !== null) {
    return (
      <Note tone="info" status>
        <p>
          {m.filing_recalled({ at: formatDateTime(filing.recalledAt, timeZone) })}{' '}
          {filing.draftId !== null && <a href={`/filings/${filing.draftId}/check`}>{m.filing_open_draft()}</a>}
        </p>
      </Note>
    )
  }
  if (!isRecallable(filing)) return <p>{m.filing_on_its_way()}</p>
  const at = formatDateTime(filing.sendAt, timeZone, { weekday: true })
  return (
    <div className="now">
      <p>
        <b>{m.filing_sent_unless({ at })}</b>
        <br />
        {m.filing_recall_effect()}
      </p>
      {mayRecall && (
        <form method="post">
          <Button look="risk">{m.filing_recall()}</Button>
        </form>
      )}
    </div>
  )
}

function columnsOf({ sendAt }: FilingRecord): readonly Column<FiledNotice>[] {
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
      cell: ({ timeZone }) => (timeZone === null ? '' : formatTimeAndCity(sendAt, timeZone)),
    },
  ]
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
        [m.filing_signed_as(), m.filing_signatory({ name: filing.signatoryName, capacity: filing.signatoryCapacity })],
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
        [
          m.filing_statements(),
          <ul key="stated" className="m">
            {filing.statements.map(({ text }) => (
              <li key={text}>
                <Name>{text}</Name>
              </li>
            ))}
          </ul>,
        ],
      ]}
    />
  )
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
