import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { ChecksField, RadioField, type Choice } from '#app/ui/choices.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { TextField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import { Title } from '#app/ui/title.tsx'
import type { AskingFacts } from './find-asking.server.ts'
import type { AnswerRow } from './find-answers.server.ts'
import { askKindWords, reasonWords } from './question-words.ts'
import { longestWords, questionKinds, sendBackReasons } from './questions.ts'

/** What was typed when a form came back, what is wrong at which field, and what a rule said. */
export interface AskingAgain {
  readonly intent: 'ask' | 'send-back'
  readonly question: string
  readonly kind: string
  readonly about: string
  readonly work: readonly string[]
  readonly reason: readonly string[]
  readonly text: string
  readonly errors: Readonly<Record<string, readonly string[]>>
  readonly said: readonly string[]
}

interface PageProps {
  readonly facts: AskingFacts
  readonly again: AskingAgain | null
}

/** Asking a question about some works, and sending the whole notice back. */
export function AskingPage({ facts, again }: PageProps) {
  return (
    <div className="stack">
      {facts.mayAsk && <Ask facts={facts} again={again?.intent === 'ask' ? again : null} />}
      {facts.maySendBack && <SendBack facts={facts} again={again?.intent === 'send-back' ? again : null} />}
    </div>
  )
}

function Ask({ facts, again }: PageProps) {
  const { notice, holder } = facts
  return (
    <Section id="ask" title={m.questions_ask_title()} quiet>
      <p className="lead">{m.questions_ask_lead({ holder })}</p>
      {notice.acknowledgedAt === null && <p>{m.questions_ask_acknowledges()}</p>}
      <form method="post" className="fs" noValidate>
        <input type="hidden" name="question" value={again?.question ?? facts.ids.ask} />
        <Elsewhere works={facts.works.rows} ticked={again?.work ?? []} />
        <Faults again={again} />
        <RadioField
          field={{ id: 'kind', name: 'kind', initialValue: again?.kind, errors: again?.errors['kind'] }}
          label={m.questions_ask_kind()}
          look="columns"
          choices={questionKinds.map((value) => ({ value, label: askKindWords[value]() }))}
        />
        <TextField
          field={{ id: 'text', name: 'text', initialValue: again?.text, errors: again?.errors['text'] }}
          label={m.questions_ask_text()}
          rows={5}
          maxLength={longestWords}
        />
        <RadioField
          field={{ id: 'about', name: 'about', initialValue: again?.about ?? 'all', errors: again?.errors['work'] }}
          label={m.questions_ask_which()}
          choices={whichOf(facts)}
        />
        <div>
          <Button look="go" name="intent" value="ask">
            {m.questions_ask_button()}
          </Button>
        </div>
        <details className="wide" open={again !== null && again.about !== 'all'}>
          <summary>{m.questions_ask_list()}</summary>
          <AskedWorks facts={facts} ticked={new Set(again?.work)} />
        </details>
      </form>
    </Section>
  )
}

// Enter in the field of words looks for them: it is the first button of the form.
function whichOf({ notice, text }: AskingFacts): readonly Choice[] {
  const all = m.notices_works({ count: formatNumber(notice.works) })
  return [
    { value: 'all', label: m.questions_ask_which_all({ works: all }) },
    {
      value: 'found',
      label: m.questions_ask_which_some(),
      more: (
        <span className="bs">
          <input name="q" type="search" defaultValue={text} maxLength={200} aria-label={m.questions_ask_words()} />
          <Button name="intent" value="look">
            {m.ui_show()}
          </Button>
        </span>
      ),
    },
    { value: 'chosen', label: m.questions_ask_which_chosen() },
  ]
}

// What was ticked on another page of the table stays ticked.
function Elsewhere({ works, ticked }: { works: readonly AnswerRow[]; ticked: readonly string[] }) {
  const here = new Set(works.map(({ workId }) => workId))
  return ticked.filter((id) => !here.has(id)).map((id) => <input key={id} type="hidden" name="work" value={id} />)
}

function AskedWorks({ facts, ticked }: { facts: AskingFacts; ticked: ReadonlySet<string> }) {
  const { works, mostCounted } = facts
  const { matching, rows, previous, next } = works
  if (rows.length === 0) return <Empty>{m.vendors_answer_none()}</Empty>
  const many = matching > mostCounted ? `${formatNumber(mostCounted)}+` : formatNumber(matching)
  return (
    <div className="gap">
      <DataTable
        walk
        rows={rows}
        rowKey={({ workId }) => workId}
        columns={columns(ticked)}
        caption={m.questions_ask_works_title()}
      />
      <div className="foot">
        <span>{m.vendors_answer_count({ shown: formatNumber(rows.length), matching: many })}</span>
        <span className="bs">
          {previous && (
            <Button name="intent" value={intentOf(previous)}>
              {m.vendors_answer_previous()}
            </Button>
          )}
          {next && (
            <Button name="intent" value={intentOf(next)}>
              {m.vendors_answer_next()}
            </Button>
          )}
        </span>
      </div>
    </div>
  )
}

function intentOf(cursor: NonNullable<AskingFacts['works']['next']>): string {
  return 'after' in cursor ? `after:${cursor.after}` : `before:${cursor.before}`
}

function columns(ticked: ReadonlySet<string>): readonly Column<AnswerRow>[] {
  return [
    {
      key: 'choose',
      head: <span className="sr">{m.vendors_answer_choose_column()}</span>,
      kind: 'check',
      cell: (row) => (
        <input
          type="checkbox"
          name="work"
          value={row.workId}
          defaultChecked={ticked.has(row.workId)}
          disabled={isGone(row)}
          aria-label={m.questions_ask_choose({ title: row.title })}
        />
      ),
    },
    {
      key: 'work',
      head: m.notices_works_work(),
      kind: 'row',
      cell: (row) => (
        <Title title={row.title} under={[row.externalId, row.year, isGone(row) ? m.vendors_withdraw_gone() : null]} />
      ),
    },
  ]
}

function isGone({ cells }: AnswerRow): boolean {
  return cells.some(({ outcome }) => outcome === 'withdrawn')
}

function SendBack({ facts, again }: PageProps) {
  const { holder } = facts
  return (
    <Section id="send-back" title={m.questions_back_title()}>
      <p className="lead">{m.questions_back_lead({ holder })}</p>
      <form method="post" className="fs" noValidate>
        <input type="hidden" name="intent" value="send-back" />
        <input type="hidden" name="question" value={again?.question ?? facts.ids.back} />
        <Faults again={again} prefix="back-" />
        <ChecksField
          field={{
            id: 'back-reason',
            name: 'reason',
            initialValue: [...(again?.reason ?? [])],
            errors: again?.errors['reason'],
          }}
          label={m.questions_missing()}
          look="columns"
          choices={sendBackReasons.map((value) => ({ value, label: reasonWords[value]() }))}
        />
        <TextField
          field={{ id: 'back-text', name: 'text', initialValue: again?.text, errors: again?.errors['text'] }}
          label={m.questions_back_text({ holder })}
          rows={4}
          maxLength={longestWords}
        />
        <div>
          <Button look="risk">{m.questions_back_button()}</Button>
        </div>
      </form>
    </Section>
  )
}

const anchors: Readonly<Record<string, string>> = { work: 'about' }

function Faults({ again, prefix = '' }: { again: AskingAgain | null; prefix?: string }) {
  if (again === null) return null
  const atFields = Object.entries(again.errors).flatMap(([name, texts]) =>
    texts.map((text) => ({ text, id: `${prefix}${anchors[name] ?? name}` })),
  )
  return <ErrorSummary faults={[...again.said.map((text) => ({ text })), ...atFields]} />
}
