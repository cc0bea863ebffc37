import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { CheckField, RadioField } from '#app/ui/choices.tsx'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { Section } from '#app/ui/section.tsx'
import { escalationKinds, type EscalationKind } from './escalations.ts'
import type { HoldersNotice } from './find-holders-notice.server.ts'

const kindWords = {
  regulator: () => m.questions_escalate_kind_regulator(),
  litigation: () => m.questions_escalate_kind_litigation(),
} satisfies Record<EscalationKind, () => string>

/** What was typed when the form came back, and what is wrong with it. */
export interface EscalatingAgain {
  readonly typed: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, readonly string[]>>
  readonly said: readonly string[]
}

/** Recording that a notice was taken to a regulator or a court, and that this ended. */
export function EscalatingPage({ found, again }: { found: HoldersNotice; again: EscalatingAgain | null }) {
  return (
    <div className="stack">
      {found.open.includes('notice.escalated') && <Escalate found={found} again={again} />}
      {found.open.includes('escalation.ended') && <End found={found} />}
    </div>
  )
}

function Escalate({ found: { vendor, escalation }, again }: { found: HoldersNotice; again: EscalatingAgain | null }) {
  const field = (name: string, present: string | undefined) => ({
    id: name,
    name,
    initialValue: again?.typed[name] ?? present,
    errors: again?.errors[name],
  })
  const told = again === null ? escalation?.told === true : again.typed['told'] === 'on'
  return (
    <Section id="escalate" title={m.questions_escalate_title()} quiet>
      <form method="post" className="fs" noValidate>
        <Faults again={again} />
        <RadioField
          field={field('kind', escalation?.kind)}
          label={m.questions_escalate_kind()}
          choices={escalationKinds.map((value) => ({ value, label: kindWords[value]() }))}
        />
        <InputField field={field('where', escalation?.where ?? undefined)} label={m.questions_escalate_where()} />
        <InputField
          field={field('reference', escalation?.reference ?? undefined)}
          label={m.questions_escalate_reference()}
          optional
          look="short"
        />
        <InputField
          field={field('since', escalation?.since)}
          label={m.questions_escalate_since()}
          type="date"
          look="short"
        />
        <CheckField
          field={{ id: 'told', name: 'told', initialValue: told ? 'on' : undefined }}
          label={m.questions_escalate_told({ vendor })}
        />
        <div>
          <Button look="go" name="intent" value="escalate">
            {m.questions_escalate_button()}
          </Button>
        </div>
      </form>
    </Section>
  )
}

function End({ found: { vendor, escalation } }: { found: HoldersNotice }) {
  return (
    <Section id="end" title={m.questions_escalate_end_title()}>
      <form method="post" className="fs">
        <p>
          {m.questions_escalate_end_lead()}{' '}
          {escalation?.vendorKnows === true && m.questions_escalate_end_told({ vendor })}
        </p>
        <div>
          <Button name="intent" value="end">
            {m.questions_escalate_end_button()}
          </Button>
        </div>
      </form>
    </Section>
  )
}

function Faults({ again }: { again: EscalatingAgain | null }) {
  if (again === null) return null
  const atFields = Object.entries(again.errors).flatMap(([id, texts]) => texts.map((text) => ({ text, id })))
  return <ErrorSummary faults={[...again.said.map((text) => ({ text })), ...atFields]} />
}
