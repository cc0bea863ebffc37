import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { formatNumber } from '#app/ui/format.ts'
import type { FilingView } from './filing-view.ts'

/** How many files go with the notices, and the way to choose them; what was typed on the page is saved first. */
export function FilingEvidence({ view }: { view: FilingView }) {
  const { draft, facts } = view.preview
  const count = draft.content.evidence.length
  return (
    <section aria-labelledby="evidence-files">
      <h2 id="evidence-files">{m.evidence_title()}</h2>
      <p>
        {count === 0
          ? m.evidence_draft_none()
          : m.evidence_draft_some({
              count: formatNumber(count),
              n: count,
              shared: formatNumber(facts.evidence.length),
            })}
      </p>
      <p className="gap">
        <Button name="intent" value="evidence">
          {m.evidence_draft_choose()}
        </Button>
      </p>
    </section>
  )
}
