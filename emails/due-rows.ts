import { m } from '#app/generated/messages/messages.js'
import { formatDayInFull } from '#app/ui/format.ts'
import type { Line } from './blocks.ts'

/** The next dates, as rows; a date that is not known or no longer matters is left out. */
export function dueRows({
  acknowledgeBy,
  decideBy,
}: {
  acknowledgeBy: string | null
  decideBy: string | null
}): { label: string; line: Line }[] {
  return [
    ...(acknowledgeBy === null
      ? []
      : [{ label: m.mails_row_acknowledge_by(), line: [formatDayInFull(acknowledgeBy)] }]),
    ...(decideBy === null ? [] : [{ label: m.mails_row_decide_by(), line: [formatDayInFull(decideBy)] }]),
  ]
}
