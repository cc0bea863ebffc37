import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { AlarmsTable } from '#app/operator/alarms-table.tsx'
import { findAlarms } from '#app/operator/find-alarms.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { Empty } from '#app/ui/empty.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'

import type { Route } from './+types/alarms.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.operator_alarm_title())

export async function loader({ context }: Route.LoaderArgs) {
  const { personId, timeZone } = requireMember(context, ['operator'])
  return { ...(await withPerson(personId, (tx) => findAlarms(tx))), timeZone }
}

/** What is wrong with the portal itself, and what was. */
export default function Alarms({ loaderData: { open, past, timeZone } }: Route.ComponentProps) {
  return (
    <>
      <PageHead title={m.operator_alarm_title()}>{m.operator_alarm_intro()}</PageHead>
      <div className="stack">
        <Section id="open" title={m.operator_alarm_open()}>
          {open.length === 0 ? (
            <Empty>{m.operator_alarm_none()}</Empty>
          ) : (
            <AlarmsTable alarms={open} caption={m.operator_alarm_open()} timeZone={timeZone} />
          )}
        </Section>
        <Section id="past" title={m.operator_alarm_past()}>
          {past.length === 0 ? (
            <p className="faint">{m.operator_alarm_past_none()}</p>
          ) : (
            <AlarmsTable alarms={past} caption={m.operator_alarm_past()} timeZone={timeZone} />
          )}
        </Section>
      </div>
    </>
  )
}
