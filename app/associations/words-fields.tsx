import { m } from '#app/generated/messages/messages.js'
import { getLocale } from '#app/generated/messages/runtime.js'
import { cityOf } from '#app/ui/cities.ts'
import { ChecksField, RadioField } from '#app/ui/choices.tsx'
import { Details } from '#app/ui/details.tsx'
import { InputField, TextField } from '#app/ui/fields.tsx'
import { actWords } from '#app/notices/filing-basis-wording.ts'
import { measuresOf } from '#app/notices/filing-draft.ts'
import { letterLanguages, measureHelp, stanceChoices, stanceHelp } from '#app/notices/filing-wording.ts'
import { acts, letterLocales, stances } from '#app/notices/legal-bases/basis.ts'
import { numberOf } from '#app/notices/measures.ts'
import { kindWords, measureWords } from '#app/notices/wording.ts'
import type { CollectiveContent } from './collective.ts'

const kinds = ['exclusion', 'cease_and_desist'] as const

/** What is asked, and how it is put: the same in every annex. */
export function WordsFields({ content, timeZone }: { content: CollectiveContent; timeZone: string }) {
  const { filing } = content
  return (
    <>
      <section id="kind">
        <RadioField
          field={text('kind', filing.kind ?? 'exclusion')}
          label={m.collective_kind()}
          heading
          look="row"
          choices={kinds.map((kind) => ({ value: kind, label: kindWords[kind]() }))}
        />
        <p className="cap">{m.collective_no_takedown()}</p>
      </section>
      <section id="measures">
        <ChecksField
          field={{ id: 'measure', name: 'measure', initialValue: filing.measures.map(({ measure }) => measure) }}
          label={m.filing_what_you_ask()}
          heading
          look="columns"
          choices={measuresOf('exclusion').map((measure) => ({
            value: measure,
            label: `${numberOf(measure)}. ${measureWords[measure]()}`,
            help: measureHelp[measure](),
          }))}
        />
      </section>
      <section id="stance">
        <RadioField
          field={{ id: 'stance-field', name: 'stance', initialValue: filing.stance ?? undefined }}
          label={m.filing_how_you_put_it()}
          heading
          choices={stances.map((stance) => ({
            value: stance,
            label: stanceChoices[stance](),
            help: stanceHelp[stance](),
          }))}
        />
        <Box name="priorPermission" on={filing.priorPermission} label={m.filing_prior_permission()} />
        <p className="cap">{m.filing_prior_permission_help()}</p>
      </section>
      <Wording content={content} />
      <Cease content={content} timeZone={timeZone} />
    </>
  )
}

function Box({ name, on, label }: { name: string; on: boolean; label: string }) {
  return (
    <label className="choice">
      <input type="checkbox" name={name} value="on" defaultChecked={on} /> {label}
    </label>
  )
}

function text(name: string, value: string) {
  return { id: name, name, initialValue: value }
}

function Wording({ content: { filing, coverLetter, wordingLocked } }: { content: CollectiveContent }) {
  return (
    <>
      <section id="wording" className="fs" aria-labelledby="own-words">
        <h2 id="own-words">{m.collective_wording()}</h2>
        <TextField
          field={text('paragraph', filing.paragraph)}
          label={m.collective_wording_label()}
          help={m.collective_wording_help()}
          optional
        />
        <Box name="wordingLocked" on={wordingLocked} label={m.collective_lock()} />
        <p className="cap">{m.collective_lock_help()}</p>
        <RadioField
          field={text('locale', filing.locale)}
          label={m.filing_letter_language()}
          look="row"
          choices={letterLocales.map((locale) => ({
            value: locale,
            label: <span lang={locale}>{letterLanguages[locale]}</span>,
          }))}
        />
        <InputField field={text('matterNumber', filing.matterNumber)} label={m.filing_matter()} look="short" optional />
      </section>
      <section id="cover" className="fs" aria-labelledby="cover-letter">
        <h2 id="cover-letter">{m.collective_cover()}</h2>
        <TextField
          field={text('coverLetter', coverLetter)}
          label={m.collective_cover_label()}
          help={m.collective_cover_help()}
          rows={8}
        />
      </section>
    </>
  )
}

function Cease({ content: { filing }, timeZone }: { content: CollectiveContent; timeZone: string }) {
  const { particulars } = filing
  return (
    <Details summary={m.collective_cease()} open={filing.kind === 'cease_and_desist'}>
      <div className="fs">
        <ChecksField
          field={{ id: 'acts', name: 'acts', initialValue: [...particulars.acts] }}
          label={m.filing_acts()}
          choices={acts.map((act) => ({ value: act, label: actWords[act]() }))}
        />
        <InputField field={text('models', particulars.models)} label={m.filing_models()} />
        <InputField field={text('rights', particulars.rights)} label={m.filing_rights()} />
        <TextField field={text('evidence', particulars.evidence)} label={m.filing_evidence()} optional />
        <InputField
          field={text('capturedAt', particulars.capturedAt)}
          label={m.filing_captured()}
          help={m.filing_captured_help({ zone: cityOf(timeZone, getLocale() === 'ja' ? 'ja' : 'en') })}
          type="datetime-local"
          look="short"
          optional
        />
        <InputField
          field={text('deadlineOn', filing.deadlineOn ?? '')}
          label={m.filing_deadline()}
          type="date"
          look="short"
        />
      </div>
    </Details>
  )
}
