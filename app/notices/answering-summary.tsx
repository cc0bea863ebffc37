import { m } from '#app/generated/messages/messages.js'
import { Badge } from '#app/ui/badge.tsx'
import { formatNumber } from '#app/ui/format.ts'
import type { AnsweringView } from './answering-view.ts'
import { outcomes } from './outcomes.ts'
import type { AnswersPreview } from './preview-answers.server.ts'
import { outcomeSigns, outcomeWords } from './wording.ts'

interface SummaryView extends Pick<AnsweringView, 'notice'> {
  readonly preview: Pick<AnswersPreview, 'tally' | 'recorded'>
}

/** How the notice would stand: answers given, pending, and how many of each. */
export function AnsweringSummary({ view: { notice, preview } }: { view: SummaryView }) {
  const { tally, recorded } = preview
  const all = notice.works * notice.measures.length
  const pending = tally.pending ?? 0
  const counts = { answered: formatNumber(all - pending), all: formatNumber(all), pending: formatNumber(pending) }
  return (
    <div>
      <p>
        <b>{recorded === null ? m.vendors_answer_as_it_stands(counts) : m.vendors_answer_if_recorded(counts)}</b>
      </p>
      <ul className="m">
        {outcomes.map((outcome) => {
          const count = tally[outcome] ?? 0
          if (outcome === 'pending' || count === 0) return null
          const [icon, tone] = outcomeSigns[outcome]
          return (
            <li key={outcome}>
              <Badge icon={icon} tone={tone}>
                {m.vendors_answer_outcome_count({ count: formatNumber(count), outcome: outcomeWords[outcome]() })}
              </Badge>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
