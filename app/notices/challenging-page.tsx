import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { ChecksField, RadioField } from '#app/ui/choices.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { TextField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import type { ChallengingFacts } from './find-challenging.server.ts'
import { longestWords } from './questions.ts'
import { measureWords } from './wording.ts'
import { WorksPicker, WorksWords } from './works-picker.tsx'

/** What was typed when the form came back, and what is wrong with it. */
export interface ChallengingAgain {
  readonly measure: readonly string[]
  readonly about: string
  readonly work: readonly string[]
  readonly text: string
  readonly errors: Readonly<Record<string, readonly string[]>>
  readonly said: readonly string[]
}

/** Challenging a decision: what it does and to whom, which answers, and why. */
export function ChallengingPage({ facts, again }: { facts: ChallengingFacts; again: ChallengingAgain | null }) {
  const { vendor, onlyWorse } = facts
  return (
    <form method="post" className="fs" noValidate>
      <Faults again={again} />
      {onlyWorse !== null && (
        <Note tone="question">
          <p>{m.questions_challenge_only_worse({ answers: m.notices_answers({ count: formatNumber(onlyWorse) }) })}</p>
        </Note>
      )}
      <Measures facts={facts} again={again} />
      <RadioField
        field={{
          id: 'about',
          name: 'about',
          initialValue: again?.about ?? 'unagreed',
          errors: again?.errors['work'],
        }}
        label={m.questions_challenge_which()}
        choices={[
          {
            value: 'unagreed',
            label: onlyWorse === null ? m.questions_challenge_which_unagreed() : m.questions_challenge_which_worse(),
          },
          { value: 'chosen', label: m.questions_challenge_which_chosen(), more: <WorksWords text={facts.text} /> },
        ]}
      />
      <TextField
        field={{ id: 'text', name: 'text', initialValue: again?.text, errors: again?.errors['text'] }}
        label={m.questions_challenge_text({ vendor })}
        rows={6}
        maxLength={longestWords}
      />
      <div>
        <Button look="risk go" name="intent" value="challenge">
          {m.questions_challenge_button()}
        </Button>
      </div>
      <details className="wide" open={again !== null && again.about === 'chosen'}>
        <summary>{m.questions_challenge_list()}</summary>
        <WorksPicker
          works={facts.works}
          mostCounted={facts.mostCounted}
          caption={m.questions_challenge_list()}
          ticked={again?.work ?? []}
          label={(title) => m.questions_challenge_choose({ title })}
          answers={facts.answers}
        />
      </details>
    </form>
  )
}

function Measures({ facts, again }: { facts: ChallengingFacts; again: ChallengingAgain | null }) {
  return (
    <ChecksField
      field={{
        id: 'measure',
        name: 'measure',
        initialValue: [...(again?.measure ?? facts.answers.map(({ measure }) => measure))],
        errors: again?.errors['measure'],
      }}
      label={m.questions_challenge_measures()}
      choices={facts.answers.map(({ measure }) => ({ value: measure, label: measureWords[measure]() }))}
    />
  )
}

const anchors: Readonly<Record<string, string>> = { work: 'about' }

function Faults({ again }: { again: ChallengingAgain | null }) {
  if (again === null) return null
  const atFields = Object.entries(again.errors).flatMap(([name, texts]) =>
    texts.map((text) => ({ text, id: anchors[name] ?? name })),
  )
  return <ErrorSummary faults={[...again.said.map((text) => ({ text })), ...atFields]} />
}
