import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatDay, formatNumber } from '#app/ui/format.ts'
import type { RecordLine } from './find-record.server.ts'
import { remindedSchema, type ReminderKind } from './reminders.ts'

const reminderLines = {
  acknowledge_soon: ({ date }) => m.clocks_line_soon({ date }),
  acknowledge_overdue: ({ date, number }) => m.clocks_line_acknowledge_overdue({ date, number }),
  unresponsive: () => m.clocks_line_unresponsive(),
  decision_overdue: ({ date }) => m.clocks_line_decision_overdue({ date }),
  decision_very_overdue: ({ date }) => m.clocks_line_decision_very_overdue({ date }),
} satisfies Record<ReminderKind, (said: { date: string; number: string }) => string>

const extensionLine = z.object({
  clocks: z
    .tuple([z.object({ dueOn: z.string(), extensions: z.array(z.object({ days: z.number() })).min(1) })])
    .rest(z.unknown()),
})

/** Says what a line about dates records, which only its clocks can tell; undefined for the other lines. */
export function dateSentence({ type, payload }: RecordLine, who: string): string | undefined {
  if (type === 'reminder.due') {
    const read = remindedSchema.safeParse(payload)
    if (!read.success) return undefined
    const { reminder, dueOn, number } = read.data
    return reminderLines[reminder]({ date: formatDay(dueOn), number: formatNumber(number) })
  }
  const read = type === 'clock.extended' ? extensionLine.safeParse(payload) : undefined
  if (read?.success !== true) return undefined
  const [{ dueOn, extensions }] = read.data.clocks
  const days = extensions.at(-1)?.days ?? 0
  return m.clocks_line_extended({ who, n: days, count: formatNumber(days), date: formatDay(dueOn) })
}
