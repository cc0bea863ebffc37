import { getLocale } from '#app/generated/messages/runtime.js'
import { formatDay } from '#app/ui/format.ts'
import { dateTextOf, type WorkRow } from './work-row.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** When a work came out, as precisely as it is known: a day, a month, a year, or what was written instead. */
export function ReleasedOn({ work }: { work: Pick<WorkRow, 'releasedOn' | 'releasedPrecision' | 'year' | 'rights'> }) {
  const text = dateTextOf(work)
  if (text === undefined) return work.rights.dateAsWritten ?? null
  return (
    <time className="nowrap" dateTime={/^\d{4}/u.test(text) ? text : undefined}>
      {words(text)}
    </time>
  )
}

function words(text: string): string {
  const isJapanese = getLocale() === 'ja'
  const [year = '', month, day] = text.startsWith('-') ? [text] : text.split('-')
  if (day !== undefined) return formatDay(text)
  if (month === undefined) return isJapanese ? `${year}年` : year
  return isJapanese ? `${year}年${Number(month)}月` : `${months[Number(month) - 1] ?? month} ${year}`
}
