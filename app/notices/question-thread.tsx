import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { formatBytes, formatDateTime, formatNumber } from '#app/ui/format.ts'
import { languageOf } from '#app/ui/language-of.ts'
import { Rich } from '#app/ui/rich.tsx'
import { strong } from '#app/ui/rich.ts'
import type { Question, Written } from './find-questions.server.ts'
import { aboutWords, questionKindWords, reasonWords } from './question-words.ts'

/** How a thread names the two sides, and its reader's clock. */
export interface ThreadReader {
  readonly names: { readonly vendor: string; readonly holder: string }
  readonly timeZone: string
  /** The address under which questions and their files stand for this reader. */
  readonly base: string
}

interface ThreadProps {
  readonly questions: readonly Question[]
  readonly reader: ThreadReader
  /** Where the page itself is headed by its one question, the thread is not. */
  readonly headings?: boolean
  /** What the reader can do about a question that is open. */
  readonly renderAct?: (question: Question) => ReactNode
}

/** The questions of a notice with their answers, the newest first: what was asked, by whom, when, and what came of it. */
export function QuestionThread({ questions, reader, headings = true, renderAct }: ThreadProps) {
  return (
    <ol className="thread">
      {questions.map((question) => (
        <li
          key={question.id}
          id={`question-${question.number}`}
          className={question.ended === null ? 'open' : undefined}
        >
          {headings && <h3>{questionHeading(question)}</h3>}
          <Asked question={question} reader={reader} />
          <Ended question={question} reader={reader} />
          {question.ended === null && renderAct?.(question)}
        </li>
      ))}
    </ol>
  )
}

/** The words of one question and what is missing, as they were written. */
export function Asked({ question, reader }: { question: Question; reader: ThreadReader }) {
  const { asked, kind, reasons } = question
  const said = kind === 'incomplete' ? m.questions_sent_back_by : m.questions_asked_by
  return (
    <>
      <p className="cap">
        <Rich text={said({ who: whoOf(asked, reader), date: formatDateTime(asked.at, reader.timeZone) })} />
      </p>
      {reasons.length > 0 && (
        <ul className="plain" aria-label={m.questions_missing()}>
          {reasons.map((reason) => (
            <li key={reason}>{reasonWords[reason]()}</li>
          ))}
        </ul>
      )}
      <Words text={asked.text} />
    </>
  )
}

function Ended({ question, reader }: { question: Question; reader: ThreadReader }) {
  const { ended } = question
  if (ended === null) return null
  const date = formatDateTime(ended.at, reader.timeZone)
  if (ended.how === 'overtaken') return <p className="cap">{m.questions_overtaken({ date })}</p>
  const who = whoOf(ended, reader)
  if (ended.how === 'closed') {
    return (
      <p className="cap">
        <Rich text={m.questions_closed_by({ who, date })} />
      </p>
    )
  }
  return (
    <div className="reply">
      <p className="cap">
        <Rich text={m.questions_answered_by({ who, date })} />
      </p>
      <Words text={ended.text} />
      <Files question={question} reader={reader} />
    </div>
  )
}

function Files({ question: { number, files }, reader: { base } }: { question: Question; reader: ThreadReader }) {
  if (files.length === 0) return null
  return (
    <ul className="plain" aria-label={m.questions_files_label()}>
      {files.map(({ id, name, bytes }) => (
        <li key={id}>
          <a href={`${base}/${number}/files/${id}`} download>
            {m.questions_file_one({ name, size: formatBytes(bytes) })}
          </a>
        </li>
      ))}
    </ul>
  )
}

function Words({ text }: { text: string | null }) {
  if (text === null) return <p className="muted">{m.questions_erased()}</p>
  return (
    <blockquote className="typed" lang={languageOf(text)}>
      {text}
    </blockquote>
  )
}

/** `Question 2: identifiers, about 12 works`. */
export function questionHeading(question: Question): string {
  const number = formatNumber(question.number)
  const kind = questionKindWords[question.kind]()
  if (question.kind === 'incomplete') return m.questions_heading({ number, kind })
  return m.questions_heading_about({ number, kind, about: aboutWords(question) })
}

function whoOf({ actor, name }: Written, { names }: ThreadReader): string {
  const organisation = actor === 'holder' ? names.holder : names.vendor
  return name === null ? strong(organisation) : m.notices_who_of({ name: strong(name), organisation })
}
