import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { cityOf } from '#app/ui/cities.ts'
import { dayOf, formatDateTime, formatNumber } from '#app/ui/format.ts'
import { Rich } from '#app/ui/rich.tsx'
import { Section } from '#app/ui/section.tsx'
import type { RecordLine } from './find-record.server.ts'
import { channelWord, freeText, sentenceOf } from './line-sentence.ts'
import type { NoticeView } from './notice-view.ts'

/** What happened, the newest first: who, did what, when, by which channel, and its number in the ledger. */
export function NoticeRecord({ view }: { view: NoticeView }) {
  const { record, notice, timeZone } = view
  const city = cityOf(timeZone, getLocale() === 'ja' ? 'ja' : 'en')
  const whole = record.earlier === null && record.newest && view.side === 'holder'
  const newest = record.lines[0]?.sequence ?? 0
  const aside = whole
    ? m.notices_record_times({ count: formatNumber(newest), city })
    : m.notices_record_times_part({ city })
  return (
    <Section id="record" title={m.notices_record_title()} aside={aside}>
      <ol className="line">
        {record.lines.map((line, place) => (
          <Line key={line.sequence} line={line} view={view} newDay={isNewDay(record.lines, place, timeZone)} />
        ))}
      </ol>
      <p className="foot">
        {record.earlier !== null && (
          <a href={`/notices/${notice.reference}?earlier=${record.earlier}#record`}>{m.notices_record_earlier()}</a>
        )}
        {!record.newest && <a href={`/notices/${notice.reference}#record`}>{m.notices_record_latest()}</a>}
      </p>
    </Section>
  )
}

function Line({ line, view, newDay }: { line: RecordLine; view: NoticeView; newDay: boolean }) {
  const text = freeText(line)
  const thisYear = dayOf(line.at, view.timeZone).slice(0, 4) === dayOf(view.at, view.timeZone).slice(0, 4)
  return (
    <li className={newDay ? 'day' : undefined}>
      <time dateTime={line.at}>{formatDateTime(line.at, view.timeZone, { year: !thisYear })}</time>
      <div>
        <Rich text={sentenceOf(line, view)} /> <span className="via">{channelWord(line)}</span>
        {text !== null && <blockquote className="typed">{text}</blockquote>}
        {line.erased && <p className="cap">{m.notices_record_erased()}</p>}
      </div>
      <span className="seq ref">#{line.sequence}</span>
    </li>
  )
}

function isNewDay(lines: readonly RecordLine[], place: number, timeZone: string): boolean {
  const [line, above] = [lines[place], lines[place - 1]]
  return line !== undefined && (above === undefined || dayOf(line.at, timeZone) !== dayOf(above.at, timeZone))
}
