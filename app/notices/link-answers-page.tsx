import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import type { FieldFacts } from '#app/ui/field-facts.ts'
import { InputField } from '#app/ui/fields.tsx'
import { Note } from '#app/ui/note.tsx'
import { Section } from '#app/ui/section.tsx'
import { AnswerFields } from './answering-fields.tsx'
import { wordFaults } from './answering-wording.ts'
import { defaultField, type AnswerDraft, type FieldFault } from './answering.ts'
import type { LinkNotice } from './find-link-notice.server.ts'
import { nameHere, worksWord } from './link-words.ts'
import { answersOf } from './measures.ts'
import { SheetStart } from './sheet-start-page.tsx'
import { measureWords, outcomeWords } from './wording.ts'

/** What came back with the page: what was typed, and what is wrong with it. */
export interface LinkAnswersAgain {
  readonly form: 'code' | 'all' | 'file'
  readonly typed: Readonly<Record<'name' | 'role' | 'code', string>>
  readonly defaults: AnswerDraft['defaults']
  readonly faults: readonly FieldFault[]
  /** By the name of the field; `form` and `file` are those of the form as a whole and of the file. */
  readonly said: Readonly<Record<string, string>>
}

interface LinkAnswersProps {
  readonly notice: LinkNotice
  readonly address: string
  readonly fits: boolean
  readonly path: string
  readonly codeSent: boolean
  readonly again: LinkAnswersAgain | null
}

/** The page from which the bearer of a mail link answers each measure, once with a code in hand. No script. */
export function LinkAnswersView(props: LinkAnswersProps) {
  const { address, codeSent, again } = props
  const said = again?.form === 'code' ? Object.values(again.said) : []
  return (
    <div className="stack close">
      <Section id="code" title={m.sheets_link_code_title()}>
        <form method="post" className="stack tight">
          <ErrorSummary faults={said.map((text) => ({ text }))} />
          {codeSent ? (
            <Note tone="agreed" status>
              <p>{m.sheets_link_code_sent({ address })}</p>
            </Note>
          ) : (
            <p>{m.sheets_link_code_help()}</p>
          )}
          <div>
            <Button name="intent" value="code" look={codeSent ? 'plain' : 'go'}>
              {m.sheets_link_code_act()}
            </Button>
          </div>
        </form>
      </Section>
      <ForAll {...props} />
      <ByFile {...props} />
    </div>
  )
}

function ForAll({ notice, again }: LinkAnswersProps) {
  const mine = again?.form === 'all' ? again : null
  const { listed, byField } = wordFaults(mine?.faults ?? [], () => undefined)
  const nothing = { outcome: '', code: '', text: '', date: '' }
  return (
    <Section id="all" title={m.sheets_link_all_title()} aside={m.sheets_link_all_help()}>
      <form method="post" className="stack tight">
        <ErrorSummary faults={[...faultsSaid(mine, 'all'), ...listed]} />
        <div className="auto">
          {notice.measures.map(({ measure, outcome }) => (
            <div className="asks" key={measure}>
              <AnswerFields
                field={defaultField(measure)}
                label={measureWords[measure]()}
                typed={mine?.defaults[measure] ?? nothing}
                outcomes={answersOf(measure)}
                empty={m.vendors_answer_leave({ outcome: outcomeWords[outcome]() })}
                faults={byField}
              />
            </div>
          ))}
        </div>
        <Who form="all" again={mine} />
        <p className="cap">{m.sheets_link_effect({ holder: nameHere(notice.holder) })}</p>
        <div>
          <Button look="go" name="intent" value="all">
            {m.sheets_link_all_act({ works: worksWord(notice.left) })}
          </Button>
        </div>
      </form>
    </Section>
  )
}

function ByFile({ notice, fits, path, again }: LinkAnswersProps) {
  const mine = again?.form === 'file' ? again : null
  const { file, ...rest } = mine?.said ?? {}
  return (
    <Section id="by-file" title={m.sheets_link_file_title()}>
      <SheetStart
        level={3}
        works={notice.works}
        measures={notice.measures.length}
        fits={fits}
        files={path}
        faults={file === undefined ? [] : [file]}
      >
        <ErrorSummary faults={mine === null ? [] : faultsSaid({ ...mine, said: rest }, 'file')} />
        <Who form="file" again={mine} />
      </SheetStart>
    </Section>
  )
}

type Fielded = 'name' | 'role' | 'code'

function faultsSaid(again: LinkAnswersAgain | null, form: 'all' | 'file'): readonly { text: string; id?: string }[] {
  return Object.entries(again?.said ?? {}).map(([field, text]) =>
    field === 'form' ? { text } : { text, id: `${form}-${field}` },
  )
}

function Who({ form, again }: { form: 'all' | 'file'; again: LinkAnswersAgain | null }) {
  const fact = (field: Fielded): FieldFacts => {
    const fault = again?.said[field]
    return {
      id: `${form}-${field}`,
      name: field,
      initialValue: again?.typed[field] ?? '',
      errors: fault === undefined ? [] : [fault],
    }
  }
  return (
    <>
      <div className="two">
        <InputField field={fact('name')} label={m.mails_answer_name()} autoComplete="name" />
        <InputField field={fact('role')} label={m.mails_answer_role()} autoComplete="organization-title" />
      </div>
      <InputField field={fact('code')} label={m.mails_answer_code()} look="short" autoComplete="one-time-code" />
    </>
  )
}
