import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { ChecksField } from '#app/ui/choices.tsx'
import { cityOf } from '#app/ui/cities.ts'
import { InputField, TextField } from '#app/ui/fields.tsx'
import { formatNumber } from '#app/ui/format.ts'
import { Name } from '#app/ui/title.tsx'
import type { BasisFields } from './filing-basis-fields.ts'
import { actWords } from './filing-basis-wording.ts'
import { JapanRights } from './filing-pack-fields.tsx'
import type { FilingView } from './filing-view.ts'
import { acts } from './legal-bases/basis.ts'

/** What is complained of: said once, whatever the notice stands on. */
export function ComplaintFields({ fields, view }: { fields: BasisFields; view: FilingView }) {
  const { timeZone } = view.preview.facts.holder
  return (
    <section aria-labelledby="complaint" className="fs">
      <h2 id="complaint">{m.filing_complaint()}</h2>
      <p className="cap">{m.filing_complaint_lead()}</p>
      <div id="acts">
        <ChecksField
          field={fields.act}
          label={m.filing_acts()}
          choices={acts.map((act) => ({ value: act, label: actWords[act]() }))}
        />
      </div>
      <div id="models">
        <InputField field={fields.models} label={m.filing_models()} help={m.filing_models_help()} />
      </div>
      <div id="evidence">
        <TextField field={fields.evidence} label={m.filing_evidence()} help={m.filing_evidence_help()} />
      </div>
      <div id="captured">
        <InputField
          field={fields.capturedAt}
          label={m.filing_captured()}
          help={m.filing_captured_help({ zone: cityOf(timeZone, getLocale() === 'ja' ? 'ja' : 'en') })}
          type="datetime-local"
          look="short"
        />
      </div>
      <Locations fields={fields} view={view} />
      <div id="rights_relied_on">
        <InputField field={fields.rights} label={m.filing_rights()} help={m.filing_rights_help()} />
      </div>
      <JapanRights field={fields.japanRight} />
      <div id="deadline">
        <InputField
          field={fields.deadlineOn}
          label={m.filing_deadline()}
          help={m.filing_deadline_help()}
          type="date"
          look="short"
        />
      </div>
    </section>
  )
}

// Three elements are supplied here; the address of each leads to the same field.
function Locations({ fields, view }: { fields: BasisFields; view: FilingView }) {
  const { locations } = view.preview.facts
  const astray = locations.filter(({ words, work }) => words !== '' && work === null)
  const named = locations.filter(({ work }) => work !== null).length
  return (
    <div id="output_locations">
      <span id="material_locations" />
      <span id="location_works" />
      <TextField
        field={fields.locations}
        label={m.filing_locations()}
        help={m.filing_locations_help()}
        rows={6}
        optional
      />
      {named > 0 && (
        <p className="cap">
          {m.filing_locations_found({ count: formatNumber(named), total: formatNumber(locations.length) })}
        </p>
      )}
      {astray.length > 0 && (
        <>
          <p className="cap">{m.filing_locations_astray()}</p>
          <ul className="cap">
            {[...new Set(astray.map(({ words }) => words))].slice(0, 20).map((words) => (
              <li key={words}>
                <Name>{words}</Name>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
