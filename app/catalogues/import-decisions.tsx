import { Fragment } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { Details } from '#app/ui/details.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Icon } from '#app/ui/icon.tsx'
import { languageOf } from '#app/ui/language-of.ts'
import { Section } from '#app/ui/section.tsx'
import { repairWords } from './fault-words.ts'
import { isScheme, identifierSchemes } from './identifiers.ts'
import type { ImportPreview } from './import-preview.ts'
import type { Mapping } from './mapping.ts'
import { decodeEntities, splitAtLostMarks } from './titles.ts'

type Sample = NonNullable<ImportPreview['warnings'][string]>['samples'][number]
type Decisions = Mapping['decisions']

const questions = [
  {
    code: 'identifier-repairable',
    name: 'identifiers',
    title: (count: string) => m.catalogues_decide_identifiers({ count }),
    change: 'repair',
    changeWords: () => m.catalogues_decide_repair(),
    show: (sample: Sample) => <Repair sample={sample} />,
  },
  {
    code: 'entities',
    name: 'entities',
    title: (count: string) => m.catalogues_decide_entities({ count }),
    change: 'decode',
    changeWords: () => m.catalogues_decide_decode(),
    show: ({ raw = '' }: Sample) => m.catalogues_decide_offer({ raw, value: decodeEntities(raw) }),
  },
  {
    code: 'lost-character',
    name: 'marks',
    title: (count: string) => m.catalogues_decide_marks({ count }),
    change: 'remove',
    changeWords: () => m.catalogues_decide_remove(),
    show: ({ raw = '' }: Sample) => <Marked title={raw} />,
  },
] as const satisfies readonly {
  code: string
  name: keyof Decisions
  change: string
  show: (sample: Sample) => React.ReactNode
  title: (count: string) => string
  changeWords: () => string
}[]

/** What only a person can decide about the rows: each question with its first rows, and *keep as written* as its answer. */
export function ImportDecisions({
  preview,
  decisions,
  form,
}: {
  preview: ImportPreview
  decisions: Decisions
  form: string
}) {
  const asked = questions.flatMap((question) => {
    const tally = preview.warnings[question.code]
    return tally === undefined ? [] : [{ ...question, ...tally }]
  })
  if (asked.length === 0) return null
  return (
    <Section id="decisions" title={m.catalogues_import_decision()}>
      <div className="note question">
        <Icon name="w-due" />
        <div className="stack tight">
          {asked.map(({ code, name, title, change, changeWords, show, rows, samples }) => (
            <fieldset key={code} className="f">
              <legend>
                <b>{title(formatNumber(rows))}</b>
              </legend>
              <Samples samples={samples} show={show} />
              <span className="bs">
                <Answer {...{ form, name }} value="keep" chosen={decisions[name]} words={m.catalogues_decide_keep()} />
                <Answer {...{ form, name }} value={change} chosen={decisions[name]} words={changeWords()} />
              </span>
            </fieldset>
          ))}
        </div>
      </div>
    </Section>
  )
}

const shownAtOnce = 3

function Samples({ samples, show }: { samples: readonly Sample[]; show: (sample: Sample) => React.ReactNode }) {
  const line = (sample: Sample, index: number) => (
    // oxlint-disable-next-line react/no-array-index-key -- a row can be there twice, for two of its identifiers
    <li key={index}>
      {m.catalogues_decide_line({ line: sample.line })} {show(sample)}
    </li>
  )
  const rest = samples.slice(shownAtOnce)
  return (
    <div className="muted">
      <ul>{samples.slice(0, shownAtOnce).map(line)}</ul>
      {rest.length > 0 && (
        <Details summary={m.catalogues_decide_more()}>
          <ul>{rest.map((sample, index) => line(sample, index + shownAtOnce))}</ul>
        </Details>
      )}
    </div>
  )
}

type AnswerProps = {
  readonly form: string
  readonly name: string
  readonly value: string
  readonly chosen: string
  readonly words: string
}

function Answer({ form, name, value, chosen, words }: AnswerProps) {
  return (
    <label className="choice">
      <input type="radio" form={form} name={name} value={value} defaultChecked={chosen === value} />
      {words}
    </label>
  )
}

function Repair({ sample: { scheme = '', raw = '', repair = '', how = '' } }: { sample: Sample }) {
  const words = Object.entries(repairWords).find(([code]) => code === how)?.[1]
  return (
    <>
      {isScheme(scheme) ? identifierSchemes[scheme].name : scheme} <code>{raw}</code> → <code>{repair}</code>
      {words !== undefined && <span className="t-id">{words()}</span>}
    </>
  )
}

function Marked({ title }: { title: string }) {
  return (
    <span lang={languageOf(title)}>
      {splitAtLostMarks(title).map(({ text, isMark }, index) => {
        const key = `${index} ${text}`
        return isMark ? <mark key={key}>{text}</mark> : <Fragment key={key}>{text}</Fragment>
      })}
    </span>
  )
}
