import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { Details } from '#app/ui/details.tsx'
import { TextField } from '#app/ui/fields.tsx'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'

interface CallOffProps {
  /** Notices that have not begun to be sent. */
  readonly unsent: number
  /** Notices that have. */
  readonly begun: number
  readonly typed: string
  readonly errors: readonly string[]
}

/** Calls a whole filing off while something of it has not left: what will happen, to whom, and why. */
export function CallOffForm({ unsent, begun, typed, errors }: CallOffProps) {
  return (
    <Details summary={m.collective_call_off()} open={errors.length > 0}>
      <form method="post" className="fs" noValidate>
        <p>
          {m.collective_call_off_lead({ n: unsent, count: formatNumber(unsent) })}
          {sentenceGap()}
          {begun > 0 && m.collective_call_off_begun({ n: begun, count: formatNumber(begun) })}
        </p>
        <TextField
          field={{ id: 'reason', name: 'reason', initialValue: typed, errors: [...errors] }}
          label={m.collective_call_off_reason()}
          help={m.collective_call_off_reason_help()}
          maxLength={2000}
        />
        <div className="bs">
          <Button look="risk" name="intent" value="call-off">
            {m.collective_call_off_act()}
          </Button>
        </div>
      </form>
    </Details>
  )
}
