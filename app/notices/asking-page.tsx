import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { ChecksField, RadioField, type Choice } from '#app/ui/choices.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { TextField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import type { AskingFacts } from './find-asking.server.ts'
import { askKindWords, reasonWords } from './question-words.ts'
import { longestWords, questionKinds, sendBackReasons } from './questions.ts'
import { WorksPicker, WorksWords } from './works-picker.tsx'

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
          <WorksPicker
            works={facts.works}
            mostCounted={facts.mostCounted}
            caption={m.questions_ask_works_title()}
            ticked={again?.work ?? []}
            label={(title) => m.questions_ask_choose({ title })}
          />
        </details>
      </form>
    </Section>
  )
}

function whichOf({ notice, text }: AskingFacts): readonly Choice[] {
  const all = m.notices_works({ count: formatNumber(notice.works) })
  return [
    { value: 'all', label: m.questions_ask_which_all({ works: all }) },
    { value: 'found', label: m.questions_ask_which_some(), more: <WorksWords text={text} /> },
    { value: 'chosen', label: m.questions_ask_which_chosen() },
  ]
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
