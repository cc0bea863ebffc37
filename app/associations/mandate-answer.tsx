import { useForm, type SubmissionResult } from '@conform-to/react'
import { PostForm } from '#app/accounts/post-form.tsx'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import type { MandateView } from './find-mandate.server.ts'
import type { Named } from './mandate-choices.server.ts'
import { Limit, SigningFields } from './mandate-form.tsx'

interface AnswerProps {
  readonly mandate: MandateView
  /** The member's own, to name those for which it accepts. */
  readonly catalogues: readonly Named[]
  readonly name: string
  readonly result: SubmissionResult | undefined
}

/** Accepts or declines the offer of the other side, or takes the own one back. A member signs, and may name catalogues. */
export function MandateAnswer({ mandate: { side, waiting }, catalogues, name, result }: AnswerProps) {
  const [answer, fields] = useForm<{
    signName: string
    capacity: string
    version: string
    cataloguesWhich: string
    catalogues: string[]
  }>({ id: 'answer', lastResult: result, defaultValue: { cataloguesWhich: 'all' } })
  if (waiting === null) return null
  const ours = waiting.offeredBy === side
  return (
    <PostForm form={answer}>
      <input type="hidden" name="version" value={waiting.version} />
      {!ours && side === 'member' && (
        <>
          {waiting.terms.catalogues === null && catalogues.length > 0 && (
            <>
              <p className="cap">{m.mandates_name_catalogues()}</p>
              <Limit
                which={fields.cataloguesWhich}
                chosen={fields.catalogues}
                label={m.mandates_field_catalogues()}
                all={m.mandates_all_catalogues()}
                some={m.mandates_some_catalogues()}
                options={catalogues}
              />
            </>
          )}
          <SigningFields name={name} signName={fields.signName} capacity={fields.capacity} />
        </>
      )}
      <div className="bs">
        {!ours && (
          <Button look="go" name="act" value="accept">
            {m.mandates_accept()}
          </Button>
        )}
        <Button name="act" value="decline">
          {ours ? m.mandates_take_back() : m.mandates_decline()}
        </Button>
      </div>
    </PostForm>
  )
}
