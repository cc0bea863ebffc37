import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { Facts } from '#app/ui/facts.tsx'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'
import { LetterBlock } from '#app/ui/letter-block.tsx'
import { Moment } from '#app/ui/when.tsx'
import type { WizardStep } from './filing-draft.ts'
import { answersDue, placeOf, reachable, type FilingView } from './filing-view.ts'
import { elementWords, letterLanguages } from './filing-wording.ts'
import { letterLocales } from './legal-bases/basis.ts'
import { LetterBlocks } from './letter-paper.tsx'

/** The filing so far and its letter, beside every step. */
export function FilingAside({ view, step }: { view: FilingView; step: WizardStep }) {
  return (
    <aside className="sticky" aria-label={m.filing_aside()}>
      <Summary view={view} />
      {step !== 'check' && <LetterSoFar view={view} step={step} />}
    </aside>
  )
}

function Summary({ view }: { view: FilingView }) {
  const { preview, timeZone } = view
  const { completeness, facts, draft } = preview
  const notices = reachable(facts).length
  const left = facts.vendors.length - notices
  const elements = m.filing_elements({
    have: formatNumber(completeness.have),
    of: formatNumber(completeness.of),
  })
  return (
    <section className="panel pad" aria-labelledby="summary">
      <h2 id="summary">{m.filing_so_far()}</h2>
      <Facts
        facts={[
          [
            m.filing_makes(),
            <>
              <b>{m.filing_notices({ count: formatNumber(notices), n: notices })}</b>
              {left > 0 && ` ${m.filing_left_behind({ count: formatNumber(left) })}`}
            </>,
          ],
          [
            m.filing_works(),
            facts.works === null
              ? m.filing_not_chosen()
              : m.filing_works_by_measures({
                  works: formatNumber(facts.works.count),
                  measures: formatNumber(draft.content.measures.length),
                }),
          ],
          [m.filing_answers_due(), formatNumber(answersDue(preview))],
          [
            m.filing_sent(),
            facts.holder.fourEyes ? (
              m.approvals_after_approval()
            ) : (
              <>
                <Moment at={preview.sendAt} timeZone={timeZone} weekday year={false} /> {m.filing_if_filed_now()}
              </>
            ),
          ],
          ...(draft.content.supersedes.length === 0 ? [] : [supersedesRow(draft.content.supersedes)]),
          [m.filing_complete(), elements],
        ]}
      />
      <div className="gap below-sm">
        <progress value={completeness.have} max={completeness.of} aria-label={elements} />
      </div>
      <Missing view={view} />
    </section>
  )
}

function supersedesRow(references: readonly string[]): [string, ReactNode] {
  return [
    m.questions_supersedes_row(),
    references.map((reference) => (
      <span key={reference}>
        <a className="ref" href={`/notices/${reference}`}>
          {reference}
        </a>{' '}
      </span>
    )),
  ]
}

function Missing({ view }: { view: FilingView }) {
  const { completeness, draft } = view.preview
  if (completeness.missing.length === 0) return <p className="cap">{m.filing_nothing_missing()}</p>
  return (
    <p className="cap">
      {m.filing_still_missing()}
      {sentenceGap()}
      {completeness.missing.map((element, index) => (
        <span key={element}>
          {index > 0 && m.filing_list_comma()}
          <a href={placeOf(element, draft.id)}>{elementWords[element]()}</a>
        </span>
      ))}
    </p>
  )
}

function LetterSoFar({ view, step }: { view: FilingView; step: WizardStep }) {
  const { preview, letterLocale } = view
  const [first] = preview.letters
  const [vendor] = preview.facts.vendors
  if (!first) return null
  const label = vendor ? m.filing_letter_to({ vendor: vendor.name }) : m.filing_letter_text()
  return (
    <section aria-labelledby="letter">
      <header>
        <h2 id="letter">{m.filing_letter()}</h2>
        <LetterLanguages view={view} step={step} />
      </header>
      {vendor && (
        <p className="cap">
          {m.filing_letter_one_of({ vendor: vendor.name, count: formatNumber(preview.facts.vendors.length) })}
        </p>
      )}
      <LetterBlock label={label} lang={letterLocale}>
        <LetterBlocks letter={first.letter} marked />
      </LetterBlock>
      <p className="cap gap">
        {m.filing_letter_marked()} {m.filing_not_reviewed()}
      </p>
    </section>
  )
}

/** The languages a letter can be read in; which one is sent is chosen with the basis. */
export function LetterLanguages({ view, step }: { view: FilingView; step: WizardStep }) {
  return (
    <nav className="seg" aria-label={m.filing_letter_language()}>
      {letterLocales.map((locale) => (
        <a
          key={locale}
          href={`/filings/${view.preview.draft.id}/${step}?letter=${locale}#letter`}
          lang={locale}
          aria-current={locale === view.letterLocale ? 'true' : undefined}
        >
          {letterLanguages[locale]}
        </a>
      ))}
    </nav>
  )
}
