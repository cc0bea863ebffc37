import { replyLanguages, type ReplyLanguage } from './reply-languages.ts'

/** Lines `from` up to, not including, `to`. */
export type Lines = { from: number; to: number }

const maxLineLength = 1000
const maxOpeningLength = 500
const maxOpeningLines = 6

const time = /\d{1,2}[:.時시]\d{2}|\d{1,2}(?:時|시|h|點|点)/
const mailAddress = /[^\s<>@]{1,80}@[^\s<>@]{1,200}/
const day =
  /\d{4}[-/.年년]\s?\d{1,2}[-/.月월]\s?\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\b\d{1,2}\.?,?\s(?:de\s)?\p{L}{3,12}\.?,?\s(?:de\s)?\d{4}|\p{L}{3,10}\.?\s\d{1,2},?\s\d{4}/u
const datedBeginning = /^\(?(?:\d{4}[-/.年년]|\d{1,2}[-/. ]\s?(?:\d{1,2}[-/.]|\p{L}{3,12}\.?,?\s\d{4}))/u
const namedBeginning = /^(?!mailto:|https?:)["'“「]?[^<>\n]{0,80}[<＜(][^<>\s]{1,80}@[^<>\s]{1,200}[>＞)]/
const endsOpen = /[:：]\s*$/
const sentenceEnd = /\p{L}{5,}[.!?]$|[。！？]$/u

/**
 * The lines that say who wrote what follows ("On 3 May at 10:12 Kei wrote:"), ending at the line `at`; null if it is none.
 *
 * A time of day or an address must be in it, so that "On 5 May your counsel wrote:" in a letter stays text.
 */
export function openingEndingAt(lines: readonly string[], at: number): Lines | null {
  if (!endsOpen.test((lines[at] ?? '').slice(-maxOpeningLength))) return null
  let joined = ''
  let found: Lines | null = null
  for (let start = at; start >= Math.max(0, at - maxOpeningLines); start -= 1) {
    const line = (lines[start] ?? '').trim()
    // An opening is folded within its paragraph: what stands above an empty line was written now.
    if (start < at && (line === '' || sentenceEnd.test(line) || endsOpen.test(line))) break
    joined = `${line} ${joined}`.trim()
    if (joined.length > maxOpeningLength) break
    if (isOpening(joined, line)) {
      found = { from: start, to: at + 1 }
      // A name alone may be the second line of a longer opening; one that begins with the day is whole.
      if (!namedBeginning.test(joined)) break
    }
  }
  return found
}

function isOpening(joined: string, firstLine: string): boolean {
  if (!time.test(joined) && !mailAddress.test(joined)) return false
  const named = namedBeginning.test(joined)
  const dated = datedBeginning.test(firstLine)
  if (dated && (mailAddress.test(joined) || time.test(joined)) && /[>＞][:：]$/.test(joined)) return true
  return replyLanguages.some(({ begins, wrote }) => {
    if (!wrote.test(joined)) return false
    return named || dated || (begins.test(firstLine) && (/\d/.test(firstLine) || day.test(joined)))
  })
}

/** The header block or dashed line that begins at the line `at`; null if there is none. */
export function headerBlockAt(lines: readonly string[], at: number): Lines | null {
  const separator = separatorAt(lines[at] ?? '')
  const after = separator || isRule(lines[at] ?? '') ? nextWritten(lines, at + 1) : at
  const end = replyLanguages
    .map((language) => labelledUntil(lines, after, language, separator ? 2 : 3))
    .reduce((furthest, to) => Math.max(furthest, to), -1)
  if (end !== -1) return { from: at, to: end }
  return separator ? { from: at, to: at + 1 } : null
}

/** Where the labelled lines end that begin at `at`, or -1 if there are too few or the sender is not among them. */
function labelledUntil(lines: readonly string[], at: number, { labels }: ReplyLanguage, least: number): number {
  const roles = new Set<string>()
  let end = -1
  let odd = 0
  for (let line = at; line < Math.min(lines.length, at + 30); line += 1) {
    const label = labelOf(lines[line] ?? '')
    const role = label === '' ? undefined : Object.entries(labels).find(([, names]) => names.includes(label))?.[0]
    if (role !== undefined) {
      roles.add(role)
      end = line + 1
      odd = 0
    } else if (roles.size === 0 || ++odd > 2) {
      break
    }
  }
  return roles.size >= least && roles.has('from') ? end : -1
}

function labelOf(line: string): string {
  return /^[ \t>*_＞]{0,6}([\p{L}][\p{L} -]{0,20}?)[ \t\u00A0*_]{0,3}[:：]/u.exec(line.slice(0, 60))?.[1] ?? ''
}

const words = replyLanguages.flatMap(({ separators }) => separators.map((one) => one.toLowerCase()))

function separatorAt(line: string): boolean {
  if (line.length > 120) return false
  const inner = /^[ >*]*(?:[-_=~—]{2,})\s*([^-_=~—].*?)\s*[-_=~—]{2,}[ *]*$/.exec(line)?.[1]?.toLowerCase()
  if (inner !== undefined)
    return words.some((one) => inner === one || inner.startsWith(`${one} `) || inner === `${one}:`)
  return /^(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message (?:réexpédié|transféré)|inizio messaggio inoltrato|inicio del mensaje reenviado|begin doorgestuurd bericht|início da mensagem (?:encaminhada|reenviada)|vidarebefordrat brev|以下、転送されたメッセージ|下面是被转发的邮件|전달된 메시지 시작)\s*[:：]?\s*$/i.test(
    line,
  )
}

function isRule(line: string): boolean {
  return /^[ ]*[-_]{5,}\s*$/.test(line.slice(0, maxLineLength))
}

function nextWritten(lines: readonly string[], from: number): number {
  let at = from
  while (at < Math.min(lines.length, from + 3) && (lines[at] ?? '').trim() === '') at += 1
  return at
}
