import type { LetterLocale } from './legal-bases/basis.ts'
import { oneLine, scriptLanguage } from './letter-words.ts'
import type { Run } from './letter.ts'
import { Temporal } from 'temporal-polyfill'

/** What stands for a word in braces. */
export type Words = Readonly<Record<string, Run | readonly Run[]>>

/**
 * A sentence with its words in braces filled in, once: what is filled in is never read as a template again.
 *
 * @throws if the sentence names a word that is not there
 */
export function fill(sentence: string, words: Words): Run[] {
  const runs: Run[] = []
  for (const [index, part] of sentence.split(/\{(\w+)\}/u).entries()) {
    if (index % 2 === 0) {
      if (part !== '') runs.push({ text: part })
      continue
    }
    const word = words[part]
    if (word === undefined) throw new Error(`the letter has no word for {${part}}`)
    if ('text' in word) runs.push(word)
    else runs.push(...word)
  }
  return runs
}

/** A name, title or number as one safe line, marked Japanese where its script is. */
export function named(text: string, choice?: 'chosen'): Run {
  const line = oneLine(text)
  const lang = scriptLanguage(line)
  return { text: line === '' ? '—' : line, ...(choice && { chosen: true as const }), ...(lang && { lang }) }
}

/** Words that follow the filer's choices. */
export function chosen(text: string): Run {
  return { text, chosen: true }
}

interface Names {
  readonly name: string
  readonly nameOther: string | null
}

function inOrder({ name, nameOther }: Names, locale: LetterLocale): readonly string[] {
  const both = [name, nameOther ?? ''].map((each) => oneLine(each)).filter((each) => each !== '')
  return both.toSorted((one, other) => rank(one, locale) - rank(other, locale))
}

function rank(name: string, locale: LetterLocale): number {
  return Number((scriptLanguage(name) === 'ja') !== (locale === 'ja'))
}

/** A name in the script of the letter's language, if it has one. */
export function oneScript(names: Names, locale: LetterLocale): string {
  return inOrder(names, locale)[0] ?? '—'
}

/** A name in both scripts: the one of the letter's language first. */
export function bothScripts(names: Names, locale: LetterLocale): string {
  const [first = '—', second = first] = inOrder(names, locale)
  if (second === first) return first
  return locale === 'ja' ? `${first}（${second}）` : `${first} (${second})`
}

/** A count as both languages write it: 12,000,000. */
export function counted(count: number): string {
  return count.toLocaleString('en-GB')
}

/** A number of working days in words. */
export function workingDays(days: number, locale: LetterLocale): string {
  if (locale === 'ja') return `${days}営業日`
  return days === 1 ? '1 working day' : `${days} working days`
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** A calendar day, given as YYYY-MM-DD, in words: independent of any locale library, since it is hashed. */
export function dayInWords(day: string, locale: LetterLocale): string {
  const { year, month, day: date } = Temporal.PlainDate.from(day)
  return locale === 'ja' ? `${year}年${month}月${date}日` : `${date} ${months[month - 1] ?? ''} ${year}`
}

/** The day on which an instant (ISO 8601, UTC) falls in a time zone, as YYYY-MM-DD. */
export function dayThere(instant: string, timeZone: string): string {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/** An instant with its offset, so that no reader needs to know the zone. */
export function instantInWords(instant: string, timeZone: string, locale: LetterLocale): string {
  const there = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone)
  const time = there.toPlainTime().toString({ smallestUnit: 'minute' })
  const day = dayInWords(there.toPlainDate().toString(), locale)
  return locale === 'ja' ? `${day}${time}（UTC${there.offset}）` : `${day}, ${time} (UTC${there.offset})`
}
