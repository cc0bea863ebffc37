import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { Button, LinkButton } from '#app/ui/button.tsx'
import { RadioField } from '#app/ui/choices.tsx'
import { cityOf } from '#app/ui/cities.ts'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { InputField, TextField } from '#app/ui/fields.tsx'
import { formatDateTime, formatDay, formatNumber } from '#app/ui/format.ts'
import type { Extendable, ExtendingFacts } from './find-extending.server.ts'

/** What was typed when the form came back, and what is wrong with it. */
export interface ExtendingAgain {
  readonly values: Readonly<Partial<Record<'clock' | 'days' | 'reason', string>>>
  readonly errors: Readonly<Partial<Record<'clock' | 'days' | 'reason', readonly string[]>>>
  readonly said: readonly string[]
}

interface PageProps {
  readonly facts: ExtendingFacts
  readonly timeZone: string
  readonly again: ExtendingAgain | null
}

const labels = {
  acknowledge: () => m.notices_clock_acknowledge(),
  decide: () => m.notices_clock_decide(),
} satisfies Record<Extendable['kind'], () => string>

/** The form that adds working days to a clock: which, how many and why. */
export function ExtendingPage({ facts, timeZone, again }: PageProps) {
  const { clocks, other, reference } = facts
  const [only] = clocks.length === 1 ? clocks : []
  const field = (name: 'clock' | 'days' | 'reason') => ({
    id: name,
    name,
    initialValue: again?.values[name],
    errors: again?.errors[name] ? [...again.errors[name]] : undefined,
    required: true,
  })
  return (
    <form method="post" className="fs" noValidate>
      <ErrorSummary faults={faultsOf(again)} />
      {clocks.map(({ kind, dueOn }) => (
        <input type="hidden" key={kind} name={kind} value={dueOn} />
      ))}
      <RadioField
        field={{ ...field('clock'), initialValue: again?.values.clock ?? only?.kind }}
        label={m.clocks_extend_which()}
        choices={clocks.map((clock) => ({
          value: clock.kind,
          label: labels[clock.kind](),
          help: standing(clock, timeZone),
        }))}
      />
      <InputField
        field={field('days')}
        label={m.clocks_extend_days()}
        help={m.clocks_extend_days_help()}
        inputMode="numeric"
        look="short"
      />
      <TextField
        field={field('reason')}
        label={m.clocks_extend_reason()}
        help={m.clocks_extend_reason_help({ other })}
        maxLength={2_000}
      />
      <div className="bs">
        <Button look="go">{m.clocks_extend_button()}</Button>
        <LinkButton href={`/notices/${reference}`}>{m.clocks_extend_back()}</LinkButton>
      </div>
    </form>
  )
}

// Now due when, here and there, and how far it may go.
function standing({ dueOn, dueAt, timeZone: zone, paused, most }: Extendable, timeZone: string): string {
  const day = formatDay(dueOn, { weekday: true })
  const here = { here: formatDateTime(dueAt, timeZone, { year: false }), hereCity: city(timeZone) }
  const running =
    zone === timeZone
      ? m.clocks_extend_now_there({ day, city: city(zone) })
      : m.clocks_extend_now({ day, city: city(zone), ...here })
  const mostWords = m.clocks_extend_most({ n: most, count: formatNumber(most) })
  return `${paused ? m.clocks_extend_paused() : running} ${mostWords}`
}

function city(zone: string): string {
  return cityOf(zone, getLocale() === 'ja' ? 'ja' : 'en')
}

function faultsOf(again: ExtendingAgain | null): { text: string; id?: string }[] {
  if (again === null) return []
  const atFields = Object.entries(again.errors).flatMap(([id, texts]) => (texts ?? []).map((text) => ({ text, id })))
  return [...again.said.map((text) => ({ text })), ...atFields]
}
