import { m } from '#app/generated/messages/messages.js'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Moment } from '#app/ui/when.tsx'

import { alarmTexts, alarmTitles } from './alarm-wording.ts'
import type { AlarmRow } from './find-alarms.server.ts'

type AlarmsProps = { alarms: readonly AlarmRow[]; caption: string; timeZone: string }

/** What was wrong with the portal, from when to when. */
export function AlarmsTable({ alarms, caption, timeZone }: AlarmsProps) {
  return <DataTable columns={columnsOf(timeZone)} rows={alarms} rowKey={({ id }) => id} caption={caption} />
}

function columnsOf(timeZone: string): readonly Column<AlarmRow>[] {
  return [
    {
      key: 'what',
      head: m.operator_alarm_column_what(),
      kind: 'row',
      cell: (alarm) => alarmTitles[alarm.condition](alarm),
    },
    { key: 'text', head: m.operator_alarm_column_text(), cell: (alarm) => <Told alarm={alarm} /> },
    {
      key: 'began',
      head: m.operator_alarm_column_began(),
      kind: 'nowrap',
      cell: ({ beganAt }) => <Moment at={beganAt} timeZone={timeZone} />,
    },
    {
      key: 'ended',
      head: m.operator_alarm_column_ended(),
      kind: 'nowrap',
      cell: ({ endedAt }) =>
        endedAt === null ? m.operator_alarm_lasts() : <Moment at={endedAt} timeZone={timeZone} />,
    },
  ]
}

function Told({ alarm }: { alarm: AlarmRow }) {
  const { references } = alarm
  return (
    <span>
      {alarmTexts[alarm.condition](alarm)}
      {references.length > 0 && <span className="ref"> {references.join(' ')}</span>}
    </span>
  )
}
