import { TimeZoneField } from '#app/accounts/organisation-fields.tsx'
import { m } from '#app/generated/messages/messages.js'
import type { FieldFacts } from '#app/ui/field-facts.ts'
import { InputField, TextField } from '#app/ui/fields.tsx'
import type { CaptureForm } from './capture.ts'

/** The fields of a capture. */
export function CaptureFields({ fields }: { fields: Readonly<Record<keyof CaptureForm, FieldFacts>> }) {
  return (
    <>
      <section aria-labelledby="asked" className="fs">
        <h2 id="asked">{m.evidence_form_asked()}</h2>
        <TextField field={fields.prompt} label={m.evidence_prompt()} optional />
        <TextField field={fields.output} label={m.evidence_output()} help={m.evidence_output_help()} optional />
      </section>
      <section aria-labelledby="whose" className="fs">
        <h2 id="whose">{m.evidence_form_whose()}</h2>
        <div className="two">
          <InputField field={fields.product} label={m.evidence_product()} optional />
          <InputField field={fields.model} label={m.evidence_model()} optional />
          <InputField field={fields.version} label={m.evidence_version()} optional />
          <InputField field={fields.url} label={m.evidence_url()} inputMode="url" optional />
        </div>
      </section>
      <section aria-labelledby="when" className="fs">
        <h2 id="when">{m.evidence_form_when()}</h2>
        <div className="two">
          <InputField field={fields.capturedOn} label={m.evidence_captured_at()} type="datetime-local" optional />
          <TimeZoneField field={fields.timeZone} />
          <InputField field={fields.tool} label={m.evidence_tool()} help={m.evidence_tool_help()} optional />
          <InputField field={fields.capturedBy} label={m.evidence_captured_by()} optional />
        </div>
      </section>
      <section aria-labelledby="beside" className="fs">
        <h2 id="beside">{m.evidence_passages()}</h2>
        <p className="cap">{m.evidence_passages_help()}</p>
        <div className="pair wide">
          <TextField field={fields.outputPassage} label={m.evidence_passage_output()} rows={10} optional />
          <TextField field={fields.workPassage} label={m.evidence_passage_work()} rows={10} optional />
        </div>
        <TextField field={fields.works} label={m.evidence_works()} help={m.evidence_works_help()} optional />
      </section>
    </>
  )
}
