import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import type { GapId } from './filing-score.ts'
import { placeOfGap, type FilingView } from './filing-view.ts'
import { elementWords } from './filing-wording.ts'

/** How complete the filing is, with what would make it better and where. */
export function FilingScore({ view }: { view: FilingView }) {
  const { score, draft, facts } = view.preview
  const helpful = score.gaps.filter(({ blocks }) => !blocks)
  const words = m.filing_score({ score: formatNumber(score.score) })
  return (
    <Section id="completeness" title={m.filing_complete()} aside={words}>
      <progress value={score.score} max={100} aria-label={words} />
      {score.gaps.length === 0 && <p className="cap">{m.filing_nothing_missing()}</p>}
      {helpful.length > 0 && (
        <>
          <p>{m.filing_warnings()}</p>
          <ul>
            {helpful.map(({ id }) => (
              <li key={id}>
                <a href={placeOfGap(id, draft.id)}>{gapWords(id)}</a>
                {id === 'works_findable' && facts.works?.unfindable
                  ? ` ${m.filing_unfindable_short({ unfindable: formatNumber(facts.works.unfindable), count: formatNumber(facts.works.count) })}`
                  : ''}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  )
}

function gapWords(gap: GapId): string {
  if (gap === 'matter_number') return m.filing_gap_matter_number()
  return gap === 'contacts' ? m.filing_gap_contacts() : elementWords[gap]()
}
