/** Whether a mail serves notices: letters that a person signed, whose arrival is worth a report. All others are automatic. */
export function servesNotices(kind: string): boolean {
  return kind === 'notice-served' || kind === 'collective-served'
}
