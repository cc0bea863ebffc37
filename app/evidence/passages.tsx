import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import { languageOf } from '#app/ui/language-of.ts'
import { compareTexts, mostTokens, type Part } from './verbatim-runs.ts'

/** A passage of the output beside the work's own, with what both say word for word marked in each. */
export function Passages({ output, work }: { output: string; work: string }) {
  const { first, second, runs, cut } = compareTexts(output, work)
  return (
    <>
      <div className="pair">
        <Passage title={m.evidence_passage_output()} parts={first} text={output} />
        <Passage title={m.evidence_passage_work()} parts={second} text={work} />
      </div>
      <p className="cap gap">
        {runs === 0 ? m.evidence_runs_none() : m.evidence_runs({ count: formatNumber(runs), n: runs })}
        {cut && ` ${m.evidence_runs_cut({ most: formatNumber(mostTokens) })}`}
      </p>
    </>
  )
}

function Passage({ title, parts, text }: { title: string; parts: readonly Part[]; text: string }) {
  return (
    <figure>
      <figcaption className="lab">{title}</figcaption>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keys */}
      <section className="passage" tabIndex={0} aria-label={title} lang={languageOf(text)}>
        {parts.map(({ text: words, run }, place) =>
          run === null ? (
            // oxlint-disable-next-line react/no-array-index-key -- the order is what they are
            <span key={place}>{words}</span>
          ) : (
            // oxlint-disable-next-line react/no-array-index-key -- the order is what they are
            <mark key={place}>{words}</mark>
          ),
        )}
      </section>
    </figure>
  )
}
