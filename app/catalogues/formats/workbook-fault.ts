/** Why a workbook is not read. */
export const workbookFaults = [
  'encrypted',
  'xlsb',
  'ods',
  'no-sheets',
  'damaged-workbook',
  'too-large-inside',
  'unsafe-workbook',
  'too-many-rows',
] as const
/** One of `workbookFaults`. */
export type WorkbookFault = (typeof workbookFaults)[number]

/** Thrown while a workbook is read, with what is told to whoever sent it. */
export class WorkbookFaultError extends Error {
  override name = 'WorkbookFaultError'
  readonly because: WorkbookFault

  constructor(because: WorkbookFault, detail: string) {
    super(`A workbook cannot be read: ${detail}`)
    this.because = because
  }
}
