import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { Empty } from '#app/ui/empty.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { Section } from '#app/ui/section.tsx'
import { inboxAddress, inboxParts, type Inbox, type InboxPartName } from './inbox.ts'
import { InboxTable } from './inbox-table.tsx'

/** What came of acknowledging the chosen notices: how many, and of the others each with the reason. */
export interface Acknowledged {
  readonly done: number
  readonly failed: readonly { readonly id: string; readonly line: string }[]
}

interface InboxDocumentProps {
  readonly inbox: Inbox
  readonly part: InboxPartName | null
  readonly mayAcknowledge: boolean
  readonly acknowledged: Acknowledged | null
  readonly said: readonly string[]
  readonly mostCounted: number
}

const titles = {
  waiting: () => m.vendors_inbox_waiting(),
  week: () => m.vendors_inbox_week(),
  rest: () => m.vendors_inbox_rest(),
} satisfies Record<InboxPartName, () => string>

const noneWords = {
  waiting: () => m.vendors_inbox_none_waiting(),
  week: () => m.vendors_inbox_none_week(),
  rest: () => m.vendors_inbox_none_rest(),
} satisfies Record<InboxPartName, () => string>

/** The inbox: its parts in the order in which they press, or one of them alone. */
export function InboxDocument(props: InboxDocumentProps) {
  const { part, acknowledged, said } = props
  const shown = part === null ? inboxParts : [part]
  return (
    <>
      <ErrorSummary faults={said.map((text) => ({ text }))} />
      {acknowledged !== null && <Result acknowledged={acknowledged} />}
      <div className="stack">
        {shown.map((name) => (
          <Part key={name} name={name} {...props} />
        ))}
      </div>
      <p className="gap">
        {part === null ? <a href="/notices">{m.vendors_inbox_all()}</a> : <a href="/inbox">{m.vendors_inbox_back()}</a>}
      </p>
    </>
  )
}

function Result({ acknowledged: { done, failed } }: { acknowledged: Acknowledged }) {
  return (
    <div className="below">
      <Note tone={failed.length === 0 ? 'agreed' : 'question'} status>
        <p>
          {m.vendors_inbox_acknowledged({ n: done, count: formatNumber(done) })}
          {sentenceGap()}
          {failed.length > 0 &&
            m.vendors_inbox_not_acknowledged({ n: failed.length, count: formatNumber(failed.length) })}
        </p>
        {failed.length > 0 && (
          <ul>
            {failed.map(({ id, line }) => (
              <li key={id}>{line}</li>
            ))}
          </ul>
        )}
      </Note>
    </div>
  )
}

function Part({
  name,
  inbox,
  part,
  mayAcknowledge,
  acknowledged,
  mostCounted,
}: InboxDocumentProps & { name: InboxPartName }) {
  const { lines, count, next } = inbox.parts[name]
  const many = count > mostCounted ? `${formatNumber(mostCounted)}+` : formatNumber(count)
  const choose = name === 'waiting' && mayAcknowledge
  const chosen = new Set(acknowledged?.failed.map(({ id }) => id))
  if (lines.length === 0) {
    return (
      <Section id={name} title={titles[name]()}>
        <Empty>{noneWords[name]()}</Empty>
      </Section>
    )
  }
  const table = <InboxTable name={name} lines={lines} caption={titles[name]()} choose={choose} chosen={chosen} />
  const nextPage = next === null ? undefined : inboxAddress(name, next)
  return (
    <Section id={name} title={titles[name]()} aside={m.vendors_inbox_count({ n: count, count: many })}>
      {choose ? <AcknowledgeForm>{table}</AcknowledgeForm> : table}
      <div className="foot">
        {part === null && nextPage !== undefined && (
          <a href={inboxAddress(name)}>{m.vendors_inbox_show_all({ count: many })}</a>
        )}
        {part !== null && nextPage !== undefined && (
          <a href={nextPage} rel="next">
            {m.ui_page_next()}
          </a>
        )}
      </div>
    </Section>
  )
}

function AcknowledgeForm({ children }: { children: ReactNode }) {
  return (
    <form method="post">
      {children}
      <div className="bs gap">
        <button type="submit" className="b">
          {m.vendors_inbox_acknowledge_button()}
        </button>
        <span className="cap">{m.vendors_inbox_acknowledge_help()}</span>
      </div>
    </form>
  )
}
