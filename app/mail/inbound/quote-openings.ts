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
const weekday = /^\p{L}{2,12}[.,]{1,2}\s\d/u
const datedBeginning = /^\(?(?:\d{4}[-/.年년]|\d{1,2}[-/. ]\s?(?:\d{1,2}[-/.]|\p{L}{3,12}\.?,?\s\d{4}))/u
const namedBeginning = /^(?!mailto:|https?:)["'“「]?[^<>\n]{0,80}[<＜(][^<>\s]{1,80}@[^<>\s]{1,200}[>＞)]/
const endsOpen = /[:：]\s*$/
const sentenceEnd = /\p{L}{5}[.!?]$|[。！？]$/u

/**
 * The lines that say who wrote what follows ("On 3 May at 10:12 Kei wrote:"), ending at the line `at`; null if it is none.
 *
 * A time of day or an address must be in it, so that "On 5 May your counsel wrote:" in a letter stays text.
 */
export function openingEndingAt(lines: readonly string[], at: number): Lines | null {
  if (!endsOpen.test((lines[at] ?? '').slice(-maxOpeningLength))) return null
  let joined = ''
  let named: Lines | null = null
  for (let start = at; start >= Math.max(0, at - maxOpeningLines); start -= 1) {
    const line = (lines[start] ?? '').trim()
    const end = line.slice(-maxOpeningLength)
    if (start < at && (sentenceEnd.test(end) || endsOpen.test(end))) break
    if (line === '' && named !== null) break
    joined = `${line} ${joined}`.trim()
    if (joined.length > maxOpeningLength) break
    const kind = line === '' ? null : openingKind(joined, line)
    if (kind === 'dated') return { from: start, to: at + 1 }
    // The name may be the second line of an opening that begins with the day.
    if (kind === 'named') named ??= { from: start, to: at + 1 }
  }
  return named
}

/** Whether joined lines are an opening that begins with the day, or with the writer's name. */
function openingKind(joined: string, firstLine: string): 'dated' | 'named' | null {
  if (!time.test(joined) && !mailAddress.test(joined)) return null
  const dated = datedBeginning.test(firstLine)
  // Gmail in Japanese and Russian, and its older form: the day, the name, the address, and no verb.
  if (/[>＞][:：]$/.test(joined) && (dated || weekday.test(firstLine)) && mailAddress.test(joined)) return 'dated'
  const languages = replyLanguages.filter(({ wrote }) => wrote.test(joined))
  if (languages.length === 0) return null
  const begins = languages.some((one) => one.begins.test(firstLine) && (/\d/.test(firstLine) || day.test(joined)))
  if (dated || begins) return 'dated'
  return namedBeginning.test(joined) ? 'named' : null
}

/** The header block or dashed line that begins at the line `at`; null if there is none. */
export function headerBlockAt(lines: readonly string[], at: number): Lines | null {
  const line = lines[at] ?? ''
  const separator = separatorAt(line)
  const after = separator || isRule(line) ? nextWritten(lines, at + 1) : at
  const end = labelledUntil(lines, after, separator ? 2 : 3)
  if (end !== -1) return { from: at, to: end }
  return separator ? { from: at, to: at + 1 } : null
}

type Role = keyof ReplyLanguage['labels']

/** What each label means, by language. */
const roles = new Map<string, Map<string, Role>>()
for (const { language, labels } of replyLanguages) {
  for (const role of ['from', 'date', 'to', 'copy', 'subject'] as const) {
    for (const label of labels[role]) {
      roles.set(label, (roles.get(label) ?? new Map<string, Role>()).set(language, role))
    }
  }
}

/** Where the labelled lines end that begin at `at`, or -1 if they are too few in any one language or name no sender. */
function labelledUntil(lines: readonly string[], at: number, least: number): number {
  const first = roles.get(labelOf(lines[at] ?? ''))
  if (first === undefined) return -1
  const ends = [...first.keys()].map((language) => {
    const found = new Set<Role>()
    let end = -1
    let odd = 0
    for (let line = at; line < Math.min(lines.length, at + 20) && odd <= 2; line += 1) {
      const role = roles.get(labelOf(lines[line] ?? ''))?.get(language)
      if (role === undefined) {
        odd += 1
      } else {
        found.add(role)
        end = line + 1
        odd = 0
      }
    }
    return found.size >= least && found.has('from') ? end : -1
  })
  return Math.max(...ends)
}

function labelOf(line: string): string {
  return /^[ \t>*_＞]{0,6}([\p{L}][\p{L} -]{0,20}?)[ \t\u00A0*_]{0,3}[:：]/u.exec(line.slice(0, 60))?.[1] ?? ''
}

const words = replyLanguages.flatMap(({ separators }) => separators.map((one) => one.toLowerCase()))

function separatorAt(line: string): boolean {
  if (line.length > 120) return false
  const bare = line.replace(/^[ >*]+/, '').replace(/(?<![ *])[ *]+$/, '')
  const inner = /^[-_=~—]{2,}([^-_=~—].*?)[-_=~—]{2,}$/.exec(bare)?.[1]?.trim().toLowerCase()
  if (inner !== undefined)
    return words.some((one) => inner === one || inner.startsWith(`${one} `) || inner === `${one}:`)
  return /^(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message (?:réexpédié|transféré)|inizio messaggio inoltrato|inicio del mensaje reenviado|begin doorgestuurd bericht|início da mensagem (?:encaminhada|reenviada)|vidarebefordrat brev|以下、転送されたメッセージ|下面是被转发的邮件|전달된 메시지 시작)\s*[:：]?\s*$/i.test(
    line,
  )
}

function isRule(line: string): boolean {
  return /^[-_]{5,}$/.test(line.slice(0, maxLineLength).trim())
}

function nextWritten(lines: readonly string[], from: number): number {
  let at = from
  while (at < Math.min(lines.length, from + 3) && (lines[at] ?? '').trim() === '') at += 1
  return at
}
