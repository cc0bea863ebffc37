import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import type { Home, StageCount } from './find-home.server.ts'
import { noticesAddress } from './notices-query.ts'
import { StageBadge } from './stage-badge.tsx'
import type { Stage } from './stages.ts'

// In the order of a notice's life; those that are not always there stand only where a notice does.
const order = [
  { stage: 'awaiting_approval', always: false },
  { stage: 'queued', always: true },
  { stage: 'sent', always: true },
  { stage: 'delivered', always: true },
  { stage: 'acknowledged', always: true },
  { stage: 'in_review', always: true },
  { stage: 'clarification_needed', always: false },
  { stage: 'decided', always: true },
  { stage: 'verifying', always: false },
  { stage: 'closed', always: true },
  { stage: 'withdrawn', always: false },
  { stage: 'superseded', always: false },
] as const satisfies readonly { stage: Stage; always: boolean }[]

/** How many notices stand at each stage; each number opens its rows. */
export function HomeStages({ home: { stages, total, vendors } }: { home: Home }) {
  const counts = new Map(stages.map((each) => [each.stage, each]))
  const shown = order.filter(({ stage, always }) => always || counts.has(stage))
  const aside = m.notices_home_stages_count({
    notices: m.notices_notices({ count: formatNumber(total) }),
    vendors: m.notices_vendors({ count: formatNumber(vendors) }),
  })
  return (
    <Section id="stages" title={m.notices_home_stages()} aside={aside}>
      <ol className="flow">
        {shown.map(({ stage }) => (
          <li key={stage}>
            <a href={noticesAddress({ stage })}>
              <span className="fig">{formatNumber(counts.get(stage)?.count ?? 0)}</span>
              <StageBadge stage={stage} />
              <Late count={counts.get(stage)} />
            </a>
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Late({ count }: { count: StageCount | undefined }) {
  if (count === undefined) return <span className="sub" />
  const late = [
    ...(count.bounced > 0 ? [m.notices_home_sub_bounced({ count: formatNumber(count.bounced) })] : []),
    ...(count.overdue > 0 ? [m.notices_home_sub_overdue({ count: formatNumber(count.overdue) })] : []),
  ]
  if (late.length > 0) return <span className="sub late">{late.join(m.notices_line_and())}</span>
  return (
    <span className="sub">
      {count.stage === 'decided' ? m.notices_home_sub_decided({ count: formatNumber(count.count) }) : ''}
    </span>
  )
}
