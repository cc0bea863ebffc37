import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { Details } from '#app/ui/details.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { formatTime } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import type { SavedPart } from './filing-draft.ts'
import type { FilingView } from './filing-view.ts'
import { wizardStepWords } from './filing-wording.ts'
import { otherWords, type KeptVersion, type WordsField } from './kept-choices.ts'

const fieldWords = {
  paragraph: () => m.filing_paragraph(),
  matterNumber: () => m.filing_matter(),
  capacity: () => m.filing_capacity(),
  contactEmail: () => m.filing_contact_email(),
  models: () => m.filing_models(),
  rights: () => m.filing_rights(),
  evidence: () => m.filing_evidence(),
  locations: () => m.filing_locations(),
  japanFacts: () => m.filing_japan_facts(),
  signalUrls: () => m.filing_signal_urls(),
  complaintFacts: () => m.filing_complaint_facts(),
  illegality: () => m.filing_illegality(),
  ukConnection: () => m.filing_uk_connection(),
  pasted: () => m.filing_pasted(),
  source: () => m.filing_detail_source(),
  example: () => m.filing_detail_example(),
} satisfies Record<WordsField, () => string>

/** Other versions of steps that two devices changed at once: each is used or thrown away, and until then kept. */
export function KeptNotes({ view }: { view: FilingView }) {
  const { kept } = view.preview.draft
  return kept.map((version) => <KeptNote key={version.step} view={view} version={version} />)
}

function KeptNote({ view, version }: { view: FilingView; version: KeptVersion }) {
  const { draft } = view.preview
  const words = otherWords(version.choices, draft.content)
  return (
    <div className="below">
      <Note tone="question">
        <p>{m.filing_kept({ step: stepName(version.step), time: formatTime(version.at, view.timeZone) })}</p>
        {words.length > 0 && (
          <Details summary={m.filing_kept_words()}>
            <Facts
              wide
              facts={words.map(({ field, text }) => [
                fieldWords[field](),
                <span key={field} className="typed">
                  {text}
                </span>,
              ])}
            />
          </Details>
        )}
        {view.mayFile && (
          <form method="post" action={`/filings/${draft.id}/kept`} className="bs">
            <input type="hidden" name="step" value={version.step} />
            <Button name="intent" value="use">
              {m.filing_kept_use()}
            </Button>
            <Button name="intent" value="discard">
              {m.filing_kept_discard()}
            </Button>
          </form>
        )}
      </Note>
    </div>
  )
}

function stepName(step: SavedPart): string {
  return step === 'evidence' ? m.filing_evidence() : wizardStepWords[step]()
}
