import { m } from '#app/generated/messages/messages.js'
import { workbookFaults, type WorkbookFault } from '#app/catalogues/formats/workbook-fault.ts'
import { wordsForFileFault } from '#app/catalogues/file-fault-words.ts'

/** Why a long file of answers was not read or not recorded. */
export type SheetFailure = WorkbookFault | 'not-allowed' | 'outage'

/** Says why work on a file ended, and what to do. */
export function failureSentence(failure: string | null): string {
  const fault = workbookFaults.find((each) => each === failure)
  if (fault !== undefined) return wordsForFileFault(fault)
  return failure === 'not-allowed' ? m.sheets_failed_not_allowed() : m.sheets_failed_outage()
}
