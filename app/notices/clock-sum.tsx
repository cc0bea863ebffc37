import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { cityOf } from '#app/ui/cities.ts'
import { formatDateTime, formatDay, formatDays, formatNumber } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import type { Computation, DaysReason } from './clocks.ts'
import type { SkippedDay } from './working-days.ts'
import type { NoticeClock } from './find-notice.server.ts'

const daysReasons = {
  acknowledgement: (count) => m.notices_clock_days_acknowledgement({ count }),
  outputs: (count) => m.notices_clock_days_outputs({ count }),
  training: (count) => m.notices_clock_days_training({ count }),
  mixed: (count) => m.notices_clock_days_mixed({ count }),
  letter: (count) => m.notices_clock_days_letter({ count }),
  correction: (count) => m.notices_clock_days_correction({ count }),
  'challenge-window': (count) => m.notices_clock_days_challenge_window({ count }),
} satisfies Record<DaysReason, (count: string) => string>

/** How a date came about: from the service, day by day skipped and paused, to the end of a day there and here. */
export function ClockSum({ clock: { computed, reasons: said }, timeZone }: { clock: NoticeClock; timeZone: string }) {
  const reasons = new Map(said.map(({ sequence, text }) => [sequence, text]))
  const locale = getLocale() === 'ja' ? 'ja' : 'en'
  const there = cityOf(computed.timeZone, locale)
  const started =
    computed.kind === 'challenge' ? m.notices_clock_decided({ city: there }) : m.notices_clock_served({ city: there })
  return (
    <table className="sum">
      <tbody>
        <Line name={started} value={day(computed.startedOn)} />
        <Line name={daysReasons[computed.because](formatNumber(computed.workingDays))} value="" />
        <Skipped computed={computed} locale={locale} />
        {computed.pauses.map(({ pausedOn, resumedOn, daysLeft }) => (
          <Line
            key={pausedOn}
            name={
              resumedOn === undefined
                ? m.notices_clock_paused_open({ date: formatDay(pausedOn, { year: false }) })
                : m.notices_clock_paused({ days: formatDays(pausedOn, resumedOn) })
            }
            value={m.notices_clock_days_kept({ count: formatNumber(daysLeft) })}
          />
        ))}
        {(computed.extensions ?? []).map(({ on, days, by, sequence }) => (
          <Line
            key={sequence}
            name={
              by === 'holder'
                ? m.clocks_sum_extended_holder({ date: formatDay(on, { year: false }) })
                : m.clocks_sum_extended_vendor({ date: formatDay(on, { year: false }) })
            }
            note={reasons.get(sequence)}
            value={m.clocks_sum_days_added({ n: days, count: formatNumber(days) })}
          />
        ))}
        {computed.country === 'ZZ' && <Line quiet name={m.notices_clock_no_calendar()} value="" />}
      </tbody>
      <tfoot>
        <Line name={m.notices_clock_due()} value={day(computed.dueOn)} />
        {computed.timeZone !== timeZone && (
          <Line
            name={m.notices_clock_here({ city: cityOf(timeZone, locale) })}
            value={formatDateTime(computed.dueAt, timeZone, { weekday: true, year: false })}
          />
        )}
      </tfoot>
    </table>
  )
}

// Weekends are counted in one line, every holiday has its name.
function Skipped({ computed: { skipped }, locale }: { computed: Computation; locale: 'en' | 'ja' }) {
  const weekends = skipped.filter(({ why }) => why === 'weekend').length
  return (
    <>
      {weekends > 0 && (
        <Line
          quiet
          name={m.notices_clock_weekends()}
          value={m.notices_clock_day_count({ count: formatNumber(weekends) })}
        />
      )}
      {skipped
        .filter(({ why }) => why === 'holiday')
        .map((off) => (
          <Line
            quiet
            key={off.day}
            name={m.notices_clock_holiday({ name: holidayIn(locale, off) })}
            value={formatDay(off.day, { year: false })}
          />
        ))}
    </>
  )
}

function Line({
  name,
  value,
  note,
  quiet = false,
}: {
  name: string
  value: string
  note?: string | undefined
  quiet?: boolean
}) {
  return (
    <tr className={quiet ? 'skip-d' : undefined}>
      <th scope="row">
        {name}
        {note !== undefined && <span className="t-id">{note}</span>}
      </th>
      <td>{value}</td>
    </tr>
  )
}

function holidayIn(locale: 'en' | 'ja', { name = '', nameOther, nameJa }: SkippedDay): string {
  return locale === 'ja' && nameJa !== undefined ? nameJa : nameIn(locale, name, nameOther ?? null)
}

function day(date: string): string {
  return formatDay(date, { weekday: true, year: false })
}
