import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { formatDateTime, formatTime } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { PageHead } from '#app/ui/page-head.tsx'
import { FilingAside } from './filing-aside.tsx'
import { wizardSteps, type WizardStep } from './filing-draft.ts'
import type { FilingView } from './filing-view.ts'
import { KeptNotes } from './kept-note.tsx'
import { filingTitles, wizardStepWords } from './filing-wording.ts'

/** One step of the wizard: where one is, the step itself, and beside it the summary and the letter. */
export function FilingWizard({ view, step, children }: { view: FilingView; step: WizardStep; children: ReactNode }) {
  const { draft } = view.preview
  return (
    <>
      <PageHead
        tight
        title={filingTitles[draft.content.kind ?? 'exclusion']()}
        crumbs={[
          { label: m.ui_nav_notices(), href: '/notices' },
          { label: m.filing_drafts_title(), href: '/filings' },
          {
            label: (
              <>
                <span className="ref">{draft.references.filing}</span> ·{' '}
                <output
                  id="draft-saved"
                  data-lost={m.filing_autosave_lost()}
                  data-signed-out={m.filing_autosave_signed_out()}
                >
                  {m.filing_draft_saved({ time: formatTime(draft.updatedAt, view.timeZone) })}
                </output>
              </>
            ),
          },
        ]}
      />
      <Steps view={view} step={step} />
      <div className="split wide">
        <div>
          <ReturnedNote view={view} />
          <KeptNotes view={view} />
          {children}
        </div>
        <FilingAside view={view} step={step} />
      </div>
    </>
  )
}

// What an approver wrote stays on every step until the filing is submitted again.
function ReturnedNote({ view: { preview, timeZone } }: { view: FilingView }) {
  const { returned } = preview.draft
  if (returned === null) return null
  const at = formatDateTime(returned.at, timeZone)
  return (
    <div className="below">
      <Note tone="question">
        <p>
          {returned.by === null
            ? m.approvals_draft_returned_someone({ at })
            : m.approvals_draft_returned({ name: returned.by, at })}
        </p>
        <p className="typed">{returned.note}</p>
      </Note>
    </div>
  )
}

function Steps({ view, step }: { view: FilingView; step: WizardStep }) {
  const { draft } = view.preview
  const vendors = draft.content.vendorIds.length
  return (
    <ol className="steps" aria-label={m.filing_steps()}>
      {wizardSteps.map((each, index) => {
        const name = `${index + 1} ${wizardStepWords[each]()}${each === 'vendors' && vendors > 0 ? ` (${vendors})` : ''}`
        return (
          <li key={each} aria-current={each === step ? 'step' : undefined}>
            {each === step ? name : <a href={`/filings/${draft.id}/${each}`}>{name}</a>}
          </li>
        )
      })}
    </ol>
  )
}
