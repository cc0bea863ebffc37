import { m } from '#app/generated/messages/messages.js'
import { LinkButton } from '#app/ui/button.tsx'
import { ChecksField, RadioField } from '#app/ui/choices.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { WorksFields, type ScopeFields } from './filing-works-fields.tsx'
import { measuresOf, type FilingContent } from './filing-draft.ts'
import type { FilingCatalogue, FilingWorks } from './filing-facts.ts'
import type { FilingView } from './filing-view.ts'
import { measureHelp, measuresWanted, stanceChoices, stanceHelp } from './filing-wording.ts'
import { stances } from './legal-bases/basis.ts'
import { numberOf, type Measure } from './measures.ts'
import { measureWords } from './wording.ts'
import { StepButtons } from './step-buttons.tsx'

interface ScopeProps {
  readonly fields: ScopeFields
  readonly view: FilingView
  readonly catalogues: readonly FilingCatalogue[]
}

/** Which works, what is asked, and how it is put. */
export function ScopeFieldsets({ fields, view, catalogues }: ScopeProps) {
  const { draft, facts } = view.preview
  return (
    <>
      <section id="works" aria-labelledby="which-works" className="fs">
        <h2 id="which-works">{m.filing_which_works()}</h2>
        {catalogues.length === 0 ? (
          <Note tone="question">
            <p>
              {m.filing_no_catalogue()} <a href="/catalogues">{m.filing_no_catalogue_act()}</a>
            </p>
          </Note>
        ) : (
          <WorksFields
            fields={fields}
            works={facts.works}
            content={draft.content}
            catalogues={catalogues}
            draftId={draft.id}
          />
        )}
        <Findable works={facts.works} />
      </section>
      <Measures fields={fields} content={draft.content} />
      <section id="stance">
        <RadioField
          field={fields.stance}
          label={m.filing_how_you_put_it()}
          heading
          choices={stances.map((stance) => ({
            value: stance,
            label: stanceChoices[stance](),
            help: stanceHelp[stance](),
          }))}
        />
        <label className="choice">
          <input
            type="checkbox"
            name={fields.priorPermission.name}
            value="on"
            defaultChecked={fields.priorPermission.initialValue === 'on'}
          />{' '}
          {m.filing_prior_permission()}
        </label>
        <p className="cap">{m.filing_prior_permission_help()}</p>
      </section>
      <StepButtons
        back={<LinkButton href={`/filings/${draft.id}/vendors`}>{m.filing_back_vendors()}</LinkButton>}
        next={m.filing_continue_basis()}
      />
    </>
  )
}

function Findable({ works }: { works: FilingWorks | null }) {
  if (works === null || !works.unfindable) return null
  return (
    <div id="works_findable">
      <Note tone="question">
        <p>
          {m.filing_unfindable({
            unfindable: formatNumber(works.unfindable),
            count: formatNumber(works.count),
            n: works.count,
          })}
        </p>
      </Note>
    </div>
  )
}

function Measures({ fields, content }: { fields: ScopeFields; content: FilingContent }) {
  const kind = content.kind ?? 'exclusion'
  const more: Partial<Record<Measure, React.ReactNode>> = {
    REMOVE_FROM_DATASETS: <InputField field={fields.source} label={m.filing_detail_source()} optional />,
    FILTER_OUTPUTS: <InputField field={fields.example} label={m.filing_detail_example()} />,
  }
  return (
    <section id="measures">
      <ChecksField
        field={fields.measure}
        label={m.filing_what_you_ask()}
        help={measuresWanted[kind]()}
        heading
        look="columns"
        choices={measuresOf(kind).map((measure) => ({
          value: measure,
          label: `${numberOf(measure)}. ${measureWords[measure]()}`,
          help: measureHelp[measure](),
          more: more[measure],
        }))}
      />
    </section>
  )
}
