import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { RadioField } from '#app/ui/choices.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { formatDateTime, formatNumber, sentenceGap } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { Section } from '#app/ui/section.tsx'
import { Title } from '#app/ui/title.tsx'
import type { ReactNode } from 'react'
import type { AnswerSheet, JudgedRow, SheetCounts } from './find-sheet.server.ts'
import type { SheetPage } from './find-sheet-page.server.ts'
import { failureSentence } from './sheet-failure.ts'
import { sheetProgress } from './sheet-progress.ts'
import { faultSentence, measureNamed, outcomeNamed } from './sheet-wording.ts'

/** A file of answers with all that its page shows. */
export interface SheetView extends SheetPage {
  /** The holder's name in the reader's script. */
  readonly holder: string
  readonly timeZone: string
  /** The notice is decided: what is recorded now corrects. */
  readonly decided: boolean
  /** Where the page lies; the file of results and the progress lie below it. */
  readonly path: string
  /** Where another file can be sent. */
  readonly again: string
  /** The page lies where no script runs: it loads again by itself. */
  readonly scriptless?: boolean
  /** What must be typed to record, beside the button. */
  readonly confirm?: ReactNode
}

const secondsBetweenLoads = 3

/** One file of answers: its progress, then what it would record, then what it did. */
export function SheetPageView({ view }: { view: SheetView }) {
  const { status, failure } = view.sheet
  switch (status) {
    case 'reading':
    case 'recording':
      return <Working view={view} />
    case 'read':
      return <Review view={view} />
    case 'recorded':
      return <Recorded view={view} />
    case 'dropped':
      return <Ended view={view} words={m.sheets_dropped()} />
    case 'failed':
    default:
      return <Ended view={view} words={failureSentence(failure)} />
  }
}

function Reload() {
  return <meta httpEquiv="refresh" content={String(secondsBetweenLoads)} />
}

function Working({ view: { sheet, path, scriptless = false } }: { view: SheetView }) {
  const { value, max, text } = sheetProgress(sheet)
  const file = sheet.fileName
  return (
    <section className="panel pad stack tight">
      {scriptless ? (
        <Reload />
      ) : (
        <noscript>
          <Reload />
        </noscript>
      )}
      <Progress
        value={value}
        max={max}
        label={sheet.status === 'recording' ? m.sheets_recording_title({ file }) : m.sheets_reading_title({ file })}
        {...(scriptless ? {} : { href: `${path}/progress` })}
      >
        {text}
      </Progress>
    </section>
  )
}

function Review({ view }: { view: SheetView }) {
  const { sheet, failed, changes } = view
  const rows = countsOf(sheet)
  return (
    <div className="stack close">
      {sheet.failure === 'moved' && <Plain tone="question">{m.sheets_moved()}</Plain>}
      {sheet.failure === 'refused' && <Plain tone="late">{m.sheets_refused()}</Plain>}
      <Section id="review" title={m.sheets_review_title()} aside={<ResultFile view={view} />}>
        <Counts
          counts={[
            [m.sheets_count_changed, rows.changed],
            ...(rows.newer > 0 ? [[m.sheets_count_newer, rows.newer] as const] : []),
            [m.sheets_count_failed, rows.failed],
            [m.sheets_count_same, rows.same],
          ]}
        />
        {sheet.basedOn === null && <p className="cap gap">{m.sheets_no_stamp()}</p>}
      </Section>
      <Rows
        id="failed"
        title={m.sheets_failed_title()}
        rows={failed}
        count={rows.failed}
        last={{ key: 'why', head: m.sheets_row_reason(), cell: (row) => why(row) }}
      />
      <Rows
        id="changes"
        title={m.sheets_changes_title()}
        rows={changes}
        count={rows.changed}
        last={{ key: 'answer', head: m.sheets_row_answer(), cell: ({ outcome }) => outcomeNamed(outcome) }}
      />
      <Record view={view} rows={rows} />
    </div>
  )
}

function Record({ view, rows }: { view: SheetView; rows: SheetCounts }) {
  const { holder, decided, again, confirm } = view
  const anything = rows.changed + rows.newer > 0
  return (
    <form method="post" className="stack tight">
      {rows.newer > 0 && <Newer view={view} />}
      {anything ? (
        <>
          <p>{m.sheets_record_effect({ holder })}</p>
          {decided && <p>{m.sheets_record_correction()}</p>}
          {confirm}
        </>
      ) : (
        <p>{m.sheets_nothing()}</p>
      )}
      <div className="bs">
        {anything && (
          <Button look="go" name="intent" value="record">
            {rows.newer > 0
              ? m.sheets_record_some_button()
              : m.sheets_record_button({ n: rows.changed, count: formatNumber(rows.changed) })}
          </Button>
        )}
        <LinkButton href={again}>{m.sheets_again()}</LinkButton>
      </div>
    </form>
  )
}

function Newer({ view: { newer, timeZone } }: { view: SheetView }) {
  const at = newer === null ? '' : formatDateTime(newer.at, timeZone)
  return (
    <>
      <Note tone="question">
        <p>
          <b>{m.sheets_newer_title()}</b>
          {sentenceGap()}
          {newer !== null &&
            (newer.name === null ? m.sheets_newer_at({ at }) : m.sheets_newer_by({ at, name: newer.name }))}
        </p>
      </Note>
      <RadioField
        field={{ id: 'newer', name: 'newer', initialValue: 'keep' }}
        label={m.sheets_newer_legend()}
        look="list"
        choices={[
          { value: 'keep', label: m.sheets_newer_keep(), help: m.sheets_newer_keep_help() },
          { value: 'overwrite', label: m.sheets_newer_overwrite(), help: m.sheets_newer_overwrite_help() },
        ]}
      />
    </>
  )
}

function Recorded({ view }: { view: SheetView }) {
  const { sheet, holder, again } = view
  const rows = countsOf(sheet)
  const cells = sheet.cells ?? 0
  const kept = sheet.overwrite ? 0 : rows.newer
  return (
    <div className="stack close">
      <Plain tone="agreed" status>
        {cells === 0 ? m.sheets_recorded_none() : m.sheets_recorded({ n: cells, count: formatNumber(cells), holder })}
      </Plain>
      <Section id="result" title={m.sheets_result_title()} aside={<ResultFile view={view} />}>
        <Counts
          counts={[
            [m.sheets_count_recorded, cells],
            ...(kept > 0 ? [[m.sheets_count_kept, kept] as const] : []),
            [m.sheets_count_not_recorded, rows.failed],
            [m.sheets_count_same, rows.same],
          ]}
        />
      </Section>
      <div className="bs">
        <LinkButton href={again}>{m.sheets_again()}</LinkButton>
      </div>
    </div>
  )
}

function Ended({ view: { again }, words }: { view: SheetView; words: string }) {
  return (
    <div className="stack close">
      <Plain tone="late">{words}</Plain>
      <div className="bs">
        <LinkButton href={again}>{m.sheets_again()}</LinkButton>
      </div>
    </div>
  )
}

function Plain({
  tone,
  status = false,
  children,
}: {
  tone: 'agreed' | 'late' | 'question'
  status?: boolean
  children: string
}) {
  return (
    <Note tone={tone} status={status}>
      <p>{children}</p>
    </Note>
  )
}

function ResultFile({ view: { path } }: { view: SheetView }) {
  return <a href={`${path}/result.csv`}>{m.sheets_result_csv()}</a>
}

type CountWords = (words: { n: number; count: string }) => string

function Counts({ counts }: { counts: readonly (readonly [CountWords, number])[] }) {
  return (
    <ul className="m">
      {counts.map(([words, n]) => (
        <li key={words({ n: 0, count: '' })}>{words({ n, count: formatNumber(n) })}</li>
      ))}
    </ul>
  )
}

interface RowsProps {
  readonly id: string
  readonly title: string
  readonly rows: readonly JudgedRow[]
  readonly count: number
  readonly last: Column<JudgedRow>
}

function Rows({ id, title, rows, count, last }: RowsProps) {
  if (rows.length === 0) return null
  const counts = { shown: formatNumber(rows.length), count: formatNumber(count) }
  return (
    <Section id={id} title={title} aside={rows.length < count ? m.sheets_failed_shown(counts) : formatNumber(count)}>
      <DataTable rows={rows} rowKey={({ line }) => String(line)} caption={title} columns={[...rowColumns(), last]} />
    </Section>
  )
}

function rowColumns(): readonly Column<JudgedRow>[] {
  return [
    { key: 'line', head: m.sheets_row(), kind: 'number', cell: ({ line }) => formatNumber(line) },
    {
      key: 'work',
      head: m.notices_works_work(),
      kind: 'row',
      cell: ({ title, externalId }) => <Title title={title ?? externalId ?? '—'} under={[externalId]} />,
    },
    { key: 'measure', head: m.sheets_column_measure(), cell: ({ measure }) => measureNamed(measure) },
  ]
}

function why({ because, detail, measure }: JudgedRow): string {
  return because === null ? '' : faultSentence({ because, detail, measure })
}

function countsOf({ rows }: AnswerSheet): SheetCounts {
  return rows ?? { changed: 0, newer: 0, same: 0, failed: 0 }
}
