import { m } from '#app/generated/messages/messages.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { strong } from '#app/ui/rich.ts'
import { Rich } from '#app/ui/rich.tsx'
import { Section } from '#app/ui/section.tsx'
import { Moment } from '#app/ui/when.tsx'
import { AnswerCell } from './answer-cell.tsx'
import type { RecordedBy, WorkAnswer } from './find-work-answers.server.ts'
import type { Measure } from './measures.ts'
import { measureWords } from './wording.ts'

interface AnswersProps {
  readonly measures: readonly Measure[]
  readonly answers: readonly WorkAnswer[]
  readonly timeZone: string
  /** The two sides by name. */
  readonly names: { readonly holder: string; readonly vendor: string }
}

/** For each measure every answer that a work had, the newest first. */
export function WorkAnswersView({ measures, answers, timeZone, names }: AnswersProps) {
  return (
    <div className="stack">
      {measures.map((measure) => (
        <Section key={measure} id={`of-${measure}`} title={measureWords[measure]()}>
          <DataTable
            rows={answers.filter((each) => each.measure === measure)}
            rowKey={({ recorded, replaced }) => `${recorded?.at ?? ''} ${replaced?.at ?? ''}`}
            caption={m.records_work_caption({ measure: measureWords[measure]() })}
            columns={columns({ timeZone, names })}
          />
        </Section>
      ))}
    </div>
  )
}

type Reader = Pick<AnswersProps, 'timeZone' | 'names'>

function columns(reader: Reader): readonly Column<WorkAnswer>[] {
  return [
    {
      key: 'answer',
      head: m.records_work_answer(),
      kind: 'row',
      width: 'c-wide',
      cell: ({ answer }) => <AnswerCell answer={answer} />,
    },
    {
      key: 'about',
      head: m.records_work_about(),
      cell: ({ own }) => (own ? m.records_work_own() : m.records_work_all()),
    },
    {
      key: 'recorded',
      head: m.records_work_recorded(),
      cell: ({ recorded }) =>
        recorded === null ? m.records_work_not_answered() : <By by={recorded} reader={reader} />,
    },
    {
      key: 'replaced',
      head: m.records_work_replaced(),
      cell: ({ replaced }) => (replaced === null ? m.records_work_now() : <By by={replaced} reader={reader} />),
    },
  ]
}

function By({ by: { at, actor, name }, reader: { timeZone, names } }: { by: RecordedBy; reader: Reader }) {
  const side = actor === 'holder' || actor === 'vendor' ? names[actor] : null
  const who = name ?? side
  return (
    <>
      <Moment at={at} timeZone={timeZone} />
      {who !== null && (
        <span className="t-id">
          <Rich
            text={
              name === null || side === null
                ? strong(who)
                : m.notices_who_of({ name: strong(name), organisation: side })
            }
          />
        </span>
      )}
    </>
  )
}
