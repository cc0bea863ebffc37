import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { CheckField, ChecksField } from '#app/ui/choices.tsx'
import type { FieldFacts } from '#app/ui/field-facts.ts'
import { InputField, TextField } from '#app/ui/fields.tsx'
import { Note } from '#app/ui/note.tsx'
import type { BasisFields } from './filing-basis-fields.ts'
import { japanGroundWords, japanRightWords, pointWords, signalWords } from './filing-basis-wording.ts'
import {
  commitmentPoints,
  japanGrounds,
  japanRights,
  signals,
  type BasisId,
  type NoticeKind,
} from './legal-bases/basis.ts'

type Part = (props: { fields: BasisFields; kind: NoticeKind }) => ReactNode

const parts: Partial<Readonly<Record<BasisId, Part>>> = {
  EU_CDSM_4_3: SignalFields,
  EU_GPAI_1_5: CodeFields,
  EU_DSA_16: IllegalityFields,
  US_DMCA_512C: HostingFields,
  JP_CA_30_4: JapanFields,
  UK_CDPA_16: UkFields,
}

/** What only this basis wants to know. */
export function PackFields({ basis, ...props }: { basis: BasisId; fields: BasisFields; kind: NoticeKind }) {
  const Fields = parts[basis]
  return Fields === undefined ? null : (
    <div className="fs">
      <Fields {...props} />
    </div>
  )
}

/** The rights under the Copyright Act of Japan, which two bases ask for. */
export function JapanRights({ field }: { field: FieldFacts }) {
  return (
    <div id="japan_rights">
      <ChecksField
        field={field}
        label={m.filing_japan_rights()}
        choices={japanRights.map((right) => ({ value: right, label: japanRightWords[right]() }))}
      />
    </div>
  )
}

function SignalFields({ fields }: { fields: BasisFields }) {
  return (
    <>
      <div id="signal_means">
        <span id="signal_readable" />
        <ChecksField
          field={fields.signal}
          label={m.filing_signal()}
          look="columns"
          choices={signals.map((signal) => ({ value: signal, label: signalWords[signal]() }))}
        />
      </div>
      <div id="signal_urls">
        <TextField
          field={fields.signalUrls}
          label={m.filing_signal_urls()}
          help={m.filing_signal_urls_help()}
          rows={2}
        />
      </div>
      <div id="signal_since">
        <InputField
          field={fields.signalSince}
          label={m.filing_signal_since()}
          help={m.filing_signal_since_help()}
          type="date"
          look="short"
        />
      </div>
    </>
  )
}

function CodeFields({ fields }: { fields: BasisFields }) {
  return (
    <>
      <div id="commitment_points">
        <ChecksField
          field={fields.point}
          label={m.filing_points()}
          choices={commitmentPoints.map((point) => ({ value: point, label: pointWords[point]() }))}
        />
      </div>
      <div id="complaint_facts">
        <TextField
          field={fields.complaintFacts}
          label={m.filing_complaint_facts()}
          help={m.filing_complaint_facts_help()}
        />
      </div>
      <div id="first_complaint">
        <CheckField field={fields.repeated} label={m.filing_repeated()} help={m.filing_repeated_help()} />
      </div>
    </>
  )
}

function IllegalityFields({ fields }: { fields: BasisFields }) {
  return (
    <div id="illegality">
      <TextField field={fields.illegality} label={m.filing_illegality()} help={m.filing_illegality_help()} />
    </div>
  )
}

function HostingFields({ fields, kind }: { fields: BasisFields; kind: NoticeKind }) {
  if (kind !== 'takedown') return null
  return (
    <>
      <Note tone="question">
        <p>{m.filing_512f()}</p>
      </Note>
      <div id="fair_use">
        <CheckField field={fields.fairUse} label={m.filing_fair_use()} help={m.filing_fair_use_help()} />
      </div>
    </>
  )
}

function JapanFields({ fields, kind }: { fields: BasisFields; kind: NoticeKind }) {
  return (
    <>
      {kind === 'exclusion' && <JapanRights field={fields.japanRight} />}
      <div id="japan_grounds">
        <ChecksField
          field={fields.japanGround}
          label={m.filing_japan_grounds()}
          choices={japanGrounds.map((ground) => ({ value: ground, label: japanGroundWords[ground]() }))}
        />
      </div>
      <div id="japan_facts">
        <TextField field={fields.japanFacts} label={m.filing_japan_facts()} help={m.filing_japan_facts_help()} />
      </div>
    </>
  )
}

function UkFields({ fields }: { fields: BasisFields }) {
  return (
    <div id="uk_connection">
      <TextField
        field={fields.ukConnection}
        label={m.filing_uk_connection()}
        help={m.filing_uk_connection_help()}
        optional
      />
    </div>
  )
}
