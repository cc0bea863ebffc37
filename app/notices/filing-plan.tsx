import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { Button } from '#app/ui/button.tsx'
import { cityOf } from '#app/ui/cities.ts'
import { InputField } from '#app/ui/fields.tsx'
import { formatDateTime } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import type { FilingView } from './filing-view.ts'
import { mostPlannedDays, wallTimeOf } from './send-time.ts'

/** What came back of the form: what was typed, and what is wrong with it. */
export interface PlanAgain {
  readonly value: string
  readonly error: string
}

/** When the letters leave, and the plan for it. Each letter says the time of its vendor. */
export function FilingPlan({ view, again }: { view: FilingView; again: PlanAgain | undefined }) {
  const { preview, timeZone, mayFile } = view
  const { plannedAt } = preview.draft.content
  const city = cityOf(timeZone, getLocale() === 'ja' ? 'ja' : 'en')
  return (
    <Section id="plan" title={m.filing_plan_title()}>
      <p>{planWords(view)}</p>
      {mayFile && (
        <form method="post" className="bs" noValidate>
          <InputField
            field={{
              id: 'plannedAt',
              name: 'plannedAt',
              initialValue: again?.value ?? (plannedAt === null ? '' : wallTimeOf(plannedAt, timeZone)),
              errors: again === undefined ? [] : [again.error],
            }}
            label={m.filing_plan_field()}
            help={m.filing_plan_help({ city, days: String(mostPlannedDays) })}
            type="datetime-local"
            look="short"
          />
          <Button name="intent" value="plan">
            {m.filing_plan_act()}
          </Button>
          {plannedAt !== null && (
            <Button name="intent" value="unplan">
              {m.filing_plan_clear()}
            </Button>
          )}
        </form>
      )}
    </Section>
  )
}

function planWords({ preview, timeZone }: FilingView): string {
  const { plannedAt } = preview.draft.content
  if (plannedAt !== null) return m.filing_plan_set({ at: formatDateTime(plannedAt, timeZone, { weekday: true }) })
  if (preview.facts.holder.fourEyes) return m.filing_plan_soon_approval()
  return m.filing_plan_soon({ at: formatDateTime(preview.sendAt, timeZone, { weekday: true }) })
}
