import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { ChecksField } from '#app/ui/choices.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { FileField, TextField } from '#app/ui/fields.tsx'
import { formatBytes, formatNumber, sentenceGap } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { TableFoot } from '#app/ui/pager.tsx'
import { Section } from '#app/ui/section.tsx'
import { Title } from '#app/ui/title.tsx'
import { isPaused } from './clocks.ts'
import type { CarriedFile } from './answer-files.server.ts'
import type { AskedWork, QuestionPage } from './find-question.server.ts'
import { QuestionThread } from './question-thread.tsx'
import { largestAnswerFile, longestWords, mostAnswerFiles } from './questions.ts'

/** What came back of an answer that could not be taken. */
export interface QuestionAgain {
  readonly text: string
  readonly errors: readonly string[]
  /** Files that have arrived, and what is wrong with those that were not taken. */
  readonly files: readonly CarriedFile[]
  readonly fileErrors: readonly string[]
  readonly said: readonly string[]
}

interface PageProps {
  readonly page: QuestionPage
  readonly timeZone: string
  readonly again: QuestionAgain | null
}

/** One question: its words, its works, and what the reader's side can do about it. */
export function QuestionView({ page, timeZone, again }: PageProps) {
  const { notice, question, names, mayAnswer, mayClose } = page
  const base = `/notices/${notice.reference}/questions`
  return (
    <div className="stack">
      {again !== null && !mayAnswer && again.said.length > 0 && (
        <Note tone="question" status>
          <p>{again.said.join(sentenceGap())}</p>
        </Note>
      )}
      <Section id="asked" title={m.questions_mail_words()} quiet>
        <QuestionThread questions={[question]} reader={{ names, timeZone, base }} headings={false} />
        <Standstill page={page} />
      </Section>
      {mayAnswer && <Answer page={page} again={again} />}
      {again !== null && !mayAnswer && again.text !== '' && <blockquote className="typed">{again.text}</blockquote>}
      {mayClose && (
        <form method="post">
          <Button name="intent" value="close">
            {m.questions_close_act()}
          </Button>
        </form>
      )}
      <Works page={page} />
    </div>
  )
}

function Standstill({ page: { notice, question } }: { page: QuestionPage }) {
  const clock = notice.clocks.find(({ kind, metAt }) => kind === 'decide' && metAt === null)
  const pause = clock?.computed.pauses.at(-1)
  if (question.ended !== null || !clock || !pause || !isPaused(clock.computed)) return null
  return (
    <p className="gap">
      {m.questions_paused_left({ left: m.notices_clock_left({ count: formatNumber(pause.daysLeft) }) })}
    </p>
  )
}

function Answer({ page, again }: Omit<PageProps, 'timeZone'>) {
  const { question, othersOpen, names } = page
  const { vendor } = names
  const faults = [
    ...(again?.said ?? []).map((text) => ({ text })),
    ...(again?.errors ?? []).map((text) => ({ text, id: 'text' })),
    ...(again?.fileErrors ?? []).map((text) => ({ text, id: 'file' })),
  ]
  return (
    <Section id="answer" title={m.questions_answer_title({ number: formatNumber(question.number) })}>
      <form method="post" className="fs" encType="multipart/form-data" noValidate>
        <ErrorSummary faults={faults} />
        <TextField
          field={{ id: 'text', name: 'text', initialValue: again?.text, errors: again?.errors }}
          label={m.questions_answer_text()}
          rows={6}
          maxLength={longestWords}
        />
        <Carried files={again?.files ?? []} />
        <FileField
          field={{ id: 'file', name: 'file', errors: again?.fileErrors }}
          label={m.questions_answer_files()}
          help={m.questions_answer_files_help({
            count: formatNumber(mostAnswerFiles),
            most: formatBytes(largestAnswerFile),
          })}
          optional
          multiple
        />
        <p>
          {othersOpen === 0 ? m.questions_answer_effect_last({ vendor }) : m.questions_answer_effect_more({ vendor })}
        </p>
        <div>
          <Button look="go" name="intent" value="answer">
            {m.questions_answer_button()}
          </Button>
        </div>
      </form>
    </Section>
  )
}

function Carried({ files }: { files: readonly CarriedFile[] }) {
  if (files.length === 0) return null
  return (
    <ChecksField
      label={m.questions_answer_files_kept()}
      help={m.questions_answer_files_again()}
      field={{ id: 'kept', name: 'kept', initialValue: files.map(({ token }) => token) }}
      choices={files.map(({ token, name, bytes }) => ({
        value: token,
        label: m.questions_file_one({ name, size: formatBytes(bytes) }),
      }))}
    />
  )
}

function Works({ page: { notice, question, works, previous, next } }: { page: QuestionPage }) {
  if (works.length === 0) return null
  const count = formatNumber(question.works)
  const address = (cursor: QuestionPage['next']) =>
    cursor === null
      ? undefined
      : `/notices/${notice.reference}/questions/${question.number}?${new URLSearchParams({ ...cursor })}#works`
  return (
    <Section id="works" title={m.questions_works_title()}>
      <DataTable
        rows={works}
        rowKey={({ workId }) => workId}
        caption={m.questions_works_title()}
        columns={workColumns()}
      />
      <TableFoot
        shown={m.questions_works_more({ shown: formatNumber(works.length), count })}
        pages={{ previous: address(previous), next: address(next) }}
      />
    </Section>
  )
}

function workColumns(): readonly Column<AskedWork>[] {
  return [
    {
      key: 'work',
      head: m.notices_works_work(),
      kind: 'row',
      cell: ({ title, externalId, year }) => <Title title={title} under={[externalId, year]} />,
    },
  ]
}
