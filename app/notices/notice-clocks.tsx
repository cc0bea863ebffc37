import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { Badge } from '#app/ui/badge.tsx'
import { cityOf } from '#app/ui/cities.ts'
import { formatDate, formatDateTime, formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import { Day } from '#app/ui/when.tsx'
import { ClockSum } from './clock-sum.tsx'
import type { ClockKind } from './clocks.ts'
import type { NoticeClock } from './find-notice.server.ts'
import { isBeyondChallenge, type NoticeView } from './notice-view.ts'

const titles = {
  acknowledge: () => m.notices_clock_acknowledge(),
  decide: () => m.notices_clock_decide(),
  challenge: () => m.notices_clock_challenge(),
} satisfies Record<ClockKind, () => string>

/** The dates of the notice, each with the sum that led to it. Once decided, the time to challenge takes the first's place. */
export function NoticeClocks({ view }: { view: NoticeView }) {
  const { notice } = view
  // What a correction opens after the end can be answered by a new notice alone: no time runs for that.
  const shown = notice.stage === 'decided' ? () => true : ({ metAt }: NoticeClock) => metAt !== null
  const kinds: ClockKind[] = notice.clocks.some((clock) => clock.kind === 'challenge' && shown(clock))
    ? ['decide', 'challenge']
    : ['acknowledge', 'decide']
  const clocks = kinds.flatMap((kind) => notice.clocks.filter((clock) => clock.kind === kind))
  const zone = clocks[0]?.computed.timeZone
  return (
    <Section id="clocks" title={m.notices_clocks()} aside={zone && m.notices_clocks_of({ city: city(zone) })}>
      {clocks.length === 0 ? (
        <p className="muted">{m.notices_clocks_not_yet()}</p>
      ) : (
        <div className="clocks">
          {clocks.map((clock) => (
            <Clock key={clock.kind} clock={clock} view={view} />
          ))}
        </div>
      )}
      {view.open.includes('clock.extended') && (
        <p className="foot">
          <a href={`/notices/${notice.reference}/extend`}>{m.clocks_extend_title()}</a>
        </p>
      )}
    </Section>
  )
}

function Clock({ clock, view }: { clock: NoticeClock; view: NoticeView }) {
  const running = clock.metAt === null
  return (
    <div className="panel pad clock">
      <h3>{clock.kind === 'challenge' && isBeyondChallenge(view) ? m.notices_clock_stands() : titles[clock.kind]()}</h3>
      <p className="due">
        <Day day={clock.dueOn} weekday />
      </p>
      {running && <p className="cap">{endsWhere(clock, view.timeZone)}</p>}
      <p>
        <Standing clock={clock} view={view} />
      </p>
      <details open={running && clock.kind === 'decide'}>
        <summary>{m.notices_clock_how()}</summary>
        <ClockSum clock={clock} timeZone={view.timeZone} />
      </details>
    </div>
  )
}

function Standing({ clock, view }: { clock: NoticeClock; view: NoticeView }) {
  const { kind, metAt, dueAt, computed } = clock
  if (metAt !== null) {
    const date = formatDate(metAt, computed.timeZone, { year: false })
    if (kind === 'challenge') return m.notices_clock_ended({ date })
    return Date.parse(metAt) > Date.parse(dueAt) ? (
      m.notices_clock_met_late({ date })
    ) : (
      <Met clock={clock} view={view} />
    )
  }
  if (view.notice.stage === 'clarification_needed' && kind === 'decide') {
    return (
      <Badge icon="w-paused" tone="question">
        {m.notices_paused()}
      </Badge>
    )
  }
  const left = view.daysLeft[kind]
  if (left === undefined) {
    return (
      <Badge icon="w-overdue" tone="late">
        {lateWords(clock, view)}
      </Badge>
    )
  }
  const words = left === 0 ? m.notices_clock_today() : m.notices_clock_left({ count: formatNumber(left) })
  if (left > 2) return words
  return (
    <Badge icon="w-due" tone="question">
      {words}
    </Badge>
  )
}

function lateWords({ kind, computed: { veryOverdueAt } }: NoticeClock, { lateDays, at }: NoticeView): string {
  const days = lateDays[kind] ?? 1
  const said = { n: days, count: formatNumber(days) }
  if (kind === 'acknowledge') return m.clocks_late_acknowledgement(said)
  const very = veryOverdueAt !== undefined && at.getTime() > Date.parse(veryOverdueAt)
  return very ? m.clocks_late_very(said) : m.clocks_late_decision(said)
}

// The end of the day there, and what the reader's clock shows then.
function endsWhere({ dueAt, computed: { timeZone } }: NoticeClock, here: string): string {
  const there = formatDateTime(dueAt, timeZone, { year: false })
  if (timeZone === here) return m.clocks_ends_there({ there, city: city(timeZone) })
  return m.clocks_ends_both({
    there,
    city: city(timeZone),
    here: formatDateTime(dueAt, here, { year: false }),
    hereCity: city(here),
  })
}

function Met({ clock, view }: { clock: NoticeClock; view: NoticeView }) {
  const day = view.metDays[clock.kind] ?? 0
  return (
    <Badge icon="i-check" tone="agreed">
      {m.notices_clock_met({ count: formatNumber(Math.max(day, 1)), days: formatNumber(clock.computed.workingDays) })}
    </Badge>
  )
}

function city(zone: string): string {
  return cityOf(zone, getLocale() === 'ja' ? 'ja' : 'en')
}
