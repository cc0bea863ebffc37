import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { Details } from '#app/ui/details.tsx'
import { InputField, TextField } from '#app/ui/fields.tsx'
import { Section } from '#app/ui/section.tsx'

interface FormsProps {
  readonly works: string
  readonly paragraph: string
  readonly wordingLocked: boolean
  readonly agreed: boolean
  /** Who may agree at all; everybody who may answer may step out. */
  readonly mayAgree: boolean
  readonly mayChange: boolean
}

/** The three answers of a member: to agree, to name other works, to step out. */
export function AnnexForms({ works, paragraph, wordingLocked, agreed, mayAgree, mayChange }: FormsProps) {
  return (
    <Section id="answer" title={m.collective_answer()}>
      {mayAgree && !agreed && (
        <form method="post" className="below">
          <p>{m.collective_agree_lead()}</p>
          <div className="bs gap">
            <Button look="go" name="answer" value="agree">
              {m.collective_agree()}
            </Button>
          </div>
        </form>
      )}
      {!mayAgree && <p>{m.collective_approver_needed()}</p>}
      {mayChange && (
        <Details summary={m.collective_change()}>
          <form method="post" className="fs">
            <InputField
              field={{ id: 'works', name: 'works', initialValue: works }}
              label={m.collective_change_works()}
              help={m.collective_change_help()}
              optional
            />
            {!wordingLocked && (
              <TextField
                field={{ id: 'paragraph', name: 'paragraph', initialValue: paragraph }}
                label={m.collective_change_words()}
                optional
              />
            )}
            <div className="bs">
              <Button name="answer" value="change">
                {m.collective_change_act()}
              </Button>
            </div>
          </form>
        </Details>
      )}
      <Details summary={m.collective_step_out()}>
        <form method="post" className="fs">
          <p>{m.collective_step_out_lead()}</p>
          <TextField field={{ id: 'reason', name: 'reason' }} label={m.collective_reason()} optional maxLength={2000} />
          <div className="bs">
            <Button look="risk" name="answer" value="step_out">
              {m.collective_step_out_act()}
            </Button>
          </div>
        </form>
      </Details>
    </Section>
  )
}
