import { wordsForFileFault } from '#app/catalogues/file-fault-words.ts'
import { m } from '#app/generated/messages/messages.js'
import type { SheetTaken } from './take-sheet.server.ts'

const lackWords = {
  work: () => m.sheets_lacks_work(),
  measure: () => m.sheets_lacks_measure(),
  outcome: () => m.sheets_lacks_outcome(),
} as const

/** Says why a file of answers is not taken, and what to do instead. */
export function uploadFault(refused: Extract<SheetTaken, { taken: false }>): string {
  switch (refused.because) {
    case 'no-columns':
      return m.sheets_upload_no_columns({
        columns: refused.lacks.map((each) => lackWords[each]()).join(m.sheets_lacks_and()),
      })
    case 'other-notice':
      return m.sheets_upload_other_notice({ reference: refused.reference })
    case 'too-large':
      return m.sheets_upload_too_large()
    default:
      return wordsForFileFault(refused.because)
  }
}
