import { requireMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { findMailsByHour } from '#app/operator/find-mails-by-hour.server.ts'
import { MailsOfDay, OtherNumbers, ProcessesTable, QueuesTable } from '#app/operator/metrics-page.tsx'
import { metricsOf } from '#app/operator/metrics.ts'
import { findDisk, findHealth } from '#app/platform/portal-health.server.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'

import type { Route } from './+types/metrics.ts'

export const meta: Route.MetaFunction = () => pageTitle(m.operator_metrics_title())

export async function loader({ context }: Route.LoaderArgs) {
  const { personId, timeZone } = requireMember(context, ['operator'])
  const [health, disk, hours] = await Promise.all([findHealth(), findDisk(), findMailsByHour(personId)])
  return { metrics: metricsOf([...health, ...disk]), hours, timeZone }
}

/** How the portal runs: the numbers of /metrics, and the last day of mails. */
export default function Metrics({ loaderData: { metrics, hours, timeZone } }: Route.ComponentProps) {
  return (
    <>
      <PageHead title={m.operator_metrics_title()}>{m.operator_metrics_intro()}</PageHead>
      <div className="stack">
        <Section id="queues" title={m.operator_metrics_queues()}>
          <QueuesTable queues={metrics.queues} />
        </Section>
        <Section id="processes" title={m.operator_metrics_processes()}>
          <ProcessesTable processes={metrics.processes} />
        </Section>
        <Section id="others" title={m.operator_metrics_others()}>
          <OtherNumbers metrics={metrics} />
        </Section>
        <MailsOfDay hours={hours} timeZone={timeZone} />
      </div>
    </>
  )
}
