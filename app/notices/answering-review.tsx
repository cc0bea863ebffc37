import { m } from '#app/generated/messages/messages.js'
import { ErrorSummary } from '#app/ui/error-summary.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Section } from '#app/ui/section.tsx'
import { Carried, CarriedFields } from './answering-carried.tsx'
import { SettingWords } from './answering-settings.tsx'
import { AnsweringSummary } from './answering-summary.tsx'
import type { AnsweringView } from './answering-view.ts'
import type { Setting } from './answers.ts'
import { stageWords } from './wording.ts'

/** What will be recorded, how the notice then stands and who is told: the page before the button. */
export function AnsweringReview({ view, settings }: { view: AnsweringView; settings: readonly Setting[] }) {
  const { draft, notice, preview, holder, said } = view
  const { changed } = preview
  return (
    <form method="post" className="stack close">
      <Carried draft={draft} />
      <CarriedFields draft={draft} measures={notice.measures.map(({ measure }) => measure)} />
      <ErrorSummary faults={said.map((text) => ({ text }))} />
      <Section id="review" title={m.vendors_answer_review_title()}>
        <p>
          {changed === 0
            ? m.vendors_answer_review_nothing()
            : m.vendors_answer_review_changes({ n: changed, count: formatNumber(changed) })}
        </p>
        <ol className="pick gap">
          {settings.map((setting, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- the same answer may be set twice: its place is what it is
            <li key={place}>
              <span aria-hidden="true">{place + 1}</span>
              <span>
                <SettingWords setting={setting} />
              </span>
            </li>
          ))}
        </ol>
        {changed > 0 && <Effect view={view} holder={holder} />}
      </Section>
      <div className="bar">
        <AnsweringSummary view={view} />
        <div className="bs">
          <button type="submit" className="b" name="intent" value="back">
            {m.vendors_answer_back_button()}
          </button>
          {changed > 0 && (
            <button type="submit" className="b go" name="intent" value="record">
              {m.vendors_answer_record_button({ n: changed, count: formatNumber(changed) })}
            </button>
          )}
        </div>
      </div>
    </form>
  )
}

function Effect({ view: { notice, preview }, holder }: { view: AnsweringView; holder: string }) {
  const pending = preview.tally.pending ?? 0
  const unconfirmed = notice.acknowledgedAt === null
  return (
    <div className="gap">
      <p>{m.vendors_answer_review_stage({ stage: stageWords[preview.stage](), holder })}</p>
      {unconfirmed && <p>{m.vendors_answer_review_acknowledges()}</p>}
      {pending > 0 && <p>{m.vendors_answer_review_pending({ n: pending, count: formatNumber(pending) })}</p>}
      <p>{m.vendors_answer_review_correction({ holder })}</p>
    </div>
  )
}
