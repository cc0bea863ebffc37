import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { ChecksField } from '#app/ui/choices.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { Section } from '#app/ui/section.tsx'
import { packsOf, statementsWanted } from '#app/notices/filing-facts.ts'
import { statementText } from '#app/notices/letter-composition.ts'
import { swornStatements, type CollectiveContent } from './collective.ts'

/** What was typed, and what is wrong with it. */
export interface SigningAgain {
  readonly signName: string
  readonly capacity: string
  readonly errors: Readonly<Record<string, readonly string[]>>
}

interface SignProps {
  readonly content: CollectiveContent
  readonly revision: number
  readonly personName: string
  /** The association under four eyes: its submitter signs nothing. */
  readonly signsLater: boolean
  readonly hours: number
  readonly again: SigningAgain | undefined
  readonly intent: 'submit' | 'approve'
}

/** The statements in the words of the letters, the signatory's own name, and the act itself. */
export function SignCollective({ content, revision, personName, signsLater, hours, again, intent }: SignProps) {
  const { filing } = content
  const statements = statementsWanted(filing)
  const sworn = new Set(swornStatements(filing))
  const holder = { name: m.collective_each_member(), nameOther: null, address: '', telephone: null }
  const facts = (name: string, value?: string) => ({
    id: name,
    name,
    initialValue: value,
    errors: [...(again?.errors[name] ?? [])],
  })
  return (
    <Section id="sign" title={signsLater ? m.collective_submit() : m.filing_sign()}>
      <form method="post" className="fs" noValidate>
        <input type="hidden" name="revision" value={revision} />
        <p>{m.collective_submit_lead({ hours })}</p>
        {signsLater ? (
          <p>{m.approvals_signs_later()}</p>
        ) : (
          <>
            {statements.map((id) => (
              <input key={id} type="hidden" name="shown" value={id} />
            ))}
            <ChecksField
              field={facts('statement')}
              label={m.filing_statements()}
              help={m.filing_statements_help()}
              choices={statements.map((id) => ({
                value: id,
                label: (
                  <span lang={filing.locale}>
                    {statementText(packsOf(filing), id, { locale: filing.locale, holder })}
                  </span>
                ),
                ...(sworn.has(id) && { help: m.collective_sworn() }),
              }))}
            />
            <div className="two">
              <InputField
                field={facts('signName', again?.signName)}
                label={m.filing_sign_name()}
                help={m.filing_sign_name_help({ name: personName })}
              />
              <InputField
                field={facts('capacity', again?.capacity)}
                label={m.filing_capacity()}
                help={m.filing_capacity_help()}
              />
            </div>
          </>
        )}
        <div className="bs">
          <Button look="go" name="intent" value={intent}>
            {signsLater ? m.collective_submit_act_later() : m.collective_submit_act()}
          </Button>
        </div>
      </form>
    </Section>
  )
}
