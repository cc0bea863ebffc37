import { csvLine } from '#app/catalogues/cell-text.ts'
import { m } from '#app/generated/messages/messages.js'
import { nameIn } from '#app/ui/language-of.ts'
import type { LetterLocale } from '#app/notices/legal-bases/basis.ts'

/** So many notices a mail and its letter name one by one; of more they name a file that lists them. */
export const mostInMail = 50

/** A line of the list of notices that goes with a letter. */
export interface ScheduledNotice {
  readonly reference: string
  readonly member: { readonly name: string; readonly nameOther: string | null }
  readonly works: number
  /** Checks the notice by hand. */
  readonly code: string
  /** Of the member's letter. */
  readonly sha256: string
}

/** The name of the file that lists the notices of a filing to one vendor. */
export function scheduleName(filing: string, locale: LetterLocale): string {
  return `${filing}-schedule-${locale}.csv`
}

/** The file itself: UTF-8 with its mark, since spreadsheets ask for it, and no cell that begins a formula. */
export function scheduleText(notices: readonly ScheduledNotice[], locale: LetterLocale): string {
  const head = [
    m.collective_schedule_number({}, { locale }),
    m.collective_column_notice({}, { locale }),
    m.collective_member({}, { locale }),
    m.collective_works({}, { locale }),
    m.collective_schedule_code({}, { locale }),
    'SHA-256',
  ]
  const lines = notices.map(({ reference, member, works, code, sha256 }, index) =>
    csvLine([index + 1, reference, nameIn(locale, member.name, member.nameOther), works, code, sha256]),
  )
  return `\uFEFF${csvLine(head)}${lines.join('')}`
}
