import { m } from '#app/generated/messages/messages.js'
import { formatDate, formatDay } from '#app/ui/format.ts'
import { firstAt, type NoticeView } from './notice-view.ts'
import type { Stage } from './stages.ts'
import { stageWords } from './wording.ts'

interface Stop {
  readonly stage: Stage
  readonly at: string | null
  readonly hope?: string
}

/** The way of the notice from the sending to its end: what is behind, where it is, what comes. */
export function NoticeTrack({ view }: { view: NoticeView }) {
  const { notice, timeZone } = view
  const stops = stopsOf(view)
  const here = stops.findIndex(({ stage }) => stage === notice.stage)
  return (
    <ol className="track" aria-label={m.notices_page_track()}>
      {stops.map(({ stage, at, hope }, place) => (
        <li
          key={stage}
          className={place < here ? 'done' : undefined}
          aria-current={place === here ? 'step' : undefined}
        >
          <b>{stageWords[stage]()}</b>
          <span>{place > here || at === null ? hope : formatDate(at, timeZone, { year: false })}</span>
        </li>
      ))}
    </ol>
  )
}

function stopsOf({ notice, record }: NoticeView): Stop[] {
  const decide = notice.clocks.find(({ kind }) => kind === 'decide')
  const way: Stop[] = [
    { stage: 'sent', at: notice.servedAt },
    { stage: 'delivered', at: notice.deliveredAt },
    { stage: 'acknowledged', at: notice.acknowledgedAt },
    { stage: 'in_review', at: firstAt(record.lines, 'in_review') },
    {
      stage: 'decided',
      at: notice.decidedAt,
      ...(decide && { hope: m.notices_page_by({ date: formatDay(decide.dueOn, { year: false }) }) }),
    },
    { stage: 'closed', at: notice.closedAt },
  ]
  if (notice.stage === 'queued' || notice.stage === 'awaiting_approval')
    return [{ stage: notice.stage, at: null }, ...way]
  if (notice.stage === 'withdrawn' || notice.stage === 'superseded') {
    // It ended on its way: what was never reached is not shown as if it were to come.
    return [...way.filter(({ at }) => at !== null), { stage: notice.stage, at: notice.withdrawnAt }]
  }
  if (notice.stage === 'clarification_needed')
    return way.map((stop) => (stop.stage === 'in_review' ? { ...stop, stage: notice.stage } : stop))
  return way
}
