import { m } from '#app/generated/messages/messages.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { DataTable } from '#app/ui/data-table.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { formatBytes, formatDateTime, formatNumber, sentenceGap } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { Progress } from '#app/ui/progress.tsx'
import { Section } from '#app/ui/section.tsx'
import { actProgress } from './act-progress.ts'
import { becauseSentence, statusWords } from './act-words.ts'
import { isUnderWay } from './bulk-act.ts'
import type { ActPage, UndoneRow } from './find-act.server.ts'

interface ActPageProps {
  readonly page: ActPage
  readonly path: string
  readonly timeZone: string
  /** Whoever asked for it stops it and goes on with it. */
  readonly isOwn: boolean
}

const secondsBetweenLoads = 3

/** One act on many notices: how far it is, then what came of every row. */
export function ActPageView({ page, path, timeZone, isOwn }: ActPageProps) {
  const { act, counts } = page
  return (
    <div className="stack">
      {isUnderWay(act.status) ? <Working {...{ page, path, isOwn }} /> : <Ended {...{ page, isOwn }} />}
      <Section
        id="result"
        title={m.bulk_result_title()}
        aside={<a href={`${path}/result.csv`}>{m.bulk_result_csv()}</a>}
      >
        <ul className="m">
          <li>{m.bulk_count_done({ n: counts.done, count: formatNumber(counts.done) })}</li>
          {counts.refused > 0 && (
            <li>{m.bulk_count_refused({ n: counts.refused, count: formatNumber(counts.refused) })}</li>
          )}
          {counts.missing > 0 && (
            <li>{m.bulk_count_missing({ n: counts.missing, count: formatNumber(counts.missing) })}</li>
          )}
          {counts.waiting > 0 && (
            <li>{m.bulk_count_waiting({ n: counts.waiting, count: formatNumber(counts.waiting) })}</li>
          )}
        </ul>
      </Section>
      {act.resultSha256 !== null && <File {...{ page, path }} />}
      <Undone page={page} />
      <Facts
        facts={[
          [m.bulk_asked_by(), page.requester ?? '—'],
          [m.bulk_asked_at(), act.queuedAt === null ? '—' : formatDateTime(act.queuedAt, timeZone)],
          [m.bulk_ended_at(), act.finishedAt === null ? '—' : formatDateTime(act.finishedAt, timeZone)],
        ]}
      />
    </div>
  )
}

function Working({ page: { act, counts }, path, isOwn }: Pick<ActPageProps, 'page' | 'path' | 'isOwn'>) {
  const { value, max, text } = actProgress(act, counts)
  return (
    <section className="panel pad stack tight">
      <noscript>
        <meta httpEquiv="refresh" content={String(secondsBetweenLoads)} />
      </noscript>
      <Progress value={value} max={max} label={statusWords[act.status]()} href={`${path}/progress`}>
        {text}
      </Progress>
      {isOwn && act.status !== 'stopping' && (
        <form method="post">
          <Button name="intent" value="stop">
            {m.bulk_stop()}
          </Button>
        </form>
      )}
    </section>
  )
}

function Ended({ page: { act, counts, requester }, isOwn }: Pick<ActPageProps, 'page' | 'isOwn'>) {
  const undone = counts.refused + counts.missing
  if (act.status === 'failed')
    return (
      <Note tone="late">
        <p>
          {m.bulk_failed()}
          {sentenceGap()}
          {isOwn ? m.bulk_failed_own() : m.bulk_failed_other({ name: requester ?? '—' })}
        </p>
        {isOwn && (
          <form method="post">
            <Button name="intent" value="again">
              {m.bulk_again()}
            </Button>
          </form>
        )}
      </Note>
    )
  if (act.status === 'stopped')
    return (
      <Note tone="question" status>
        <p>{m.bulk_stopped({ count: formatNumber(counts.waiting) })}</p>
      </Note>
    )
  return (
    <Note tone={undone === 0 ? 'agreed' : 'question'} status>
      <p>
        {undone === 0
          ? m.bulk_done_all({ n: counts.done, count: formatNumber(counts.done) })
          : m.bulk_done_some({ count: formatNumber(counts.done), undone: formatNumber(undone) })}
      </p>
    </Note>
  )
}

function File({ page: { act }, path }: Pick<ActPageProps, 'page' | 'path'>) {
  return (
    <Section id="file" title={m.bulk_file_title()}>
      <p>
        <LinkButton look="go" href={`${path}/file`}>
          {m.bulk_file_download({ size: formatBytes(act.resultBytes ?? 0) })}
        </LinkButton>
      </p>
      <p className="cap">
        {m.bulk_file_hash()} <code>{act.resultSha256}</code>
      </p>
    </Section>
  )
}

function Undone({ page: { undone, counts } }: Pick<ActPageProps, 'page'>) {
  if (undone.length === 0) return null
  const all = counts.refused + counts.missing
  return (
    <Section
      id="undone"
      title={m.bulk_undone_title()}
      aside={m.notices_list_shown({ shown: formatNumber(undone.length), total: formatNumber(all) })}
    >
      <DataTable
        rows={undone}
        rowKey={({ reference }) => reference}
        caption={m.bulk_undone_title()}
        columns={[
          {
            key: 'reference',
            head: m.notices_list_reference(),
            kind: 'row',
            cell: namedRow,
          },
          { key: 'because', head: m.bulk_because(), cell: (row) => becauseSentence(row) },
        ]}
      />
    </Section>
  )
}

// What may not be seen any more leads nowhere.
function namedRow({ reference: text, status }: UndoneRow) {
  if (status === 'missing') return <span className="ref">{text}</span>
  return (
    <a className="ref" href={`/notices/${text}`}>
      {text}
    </a>
  )
}
