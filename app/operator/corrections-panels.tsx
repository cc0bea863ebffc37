import { useForm, type SubmissionResult } from '@conform-to/react'

import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { Details } from '#app/ui/details.tsx'
import { Empty } from '#app/ui/empty.tsx'
import { ErrorSummary, faultsOf } from '#app/ui/error-summary.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { Pager, type Pages } from '#app/ui/pager.tsx'
import { Section } from '#app/ui/section.tsx'
import { Moment } from '#app/ui/when.tsx'
import type { OpenClaim, OpenCorrection } from '#app/vendors/find-corrections.server.ts'
import { correctionWord } from '#app/vendors/wording.ts'

type Posted = { intent: string; result: SubmissionResult }

type CorrectionsPanelProps = {
  corrections: readonly OpenCorrection[]
  timeZone: string
  posted: Posted | undefined
  pages: Pages
}

/** The suggestions that wait, oldest first. */
export function CorrectionsPanel({ corrections, timeZone, posted, pages }: CorrectionsPanelProps) {
  const asked = posted?.result.initialValue?.['correctionId']
  const isHere = corrections.some(({ id }) => id === asked)
  return (
    <Section id="corrections" title={m.security_corrections_open()}>
      {!isHere && <Faults result={posted?.result} />}
      {corrections.length === 0 ? (
        <Empty>{m.security_corrections_none()}</Empty>
      ) : (
        <ul className="m stack">
          {corrections.map((correction) => (
            <li key={correction.id}>
              <Correction
                correction={correction}
                timeZone={timeZone}
                result={correction.id === asked ? posted?.result : undefined}
              />
            </li>
          ))}
        </ul>
      )}
      <Pager {...pages} />
    </Section>
  )
}

function Faults({ result }: { result: SubmissionResult | undefined }) {
  const [form] = useForm({ id: 'returned', lastResult: result })
  return <ErrorSummary faults={faultsOf(form)} />
}

type CorrectionProps = { correction: OpenCorrection; timeZone: string; result: SubmissionResult | undefined }

function Correction({ correction, timeZone, result }: CorrectionProps) {
  const { id, vendor, organisation, kind, value, sourceUrl, note, createdAt } = correction
  const [form, fields] = useForm<{ reason: string }>({ id: `decline-${id}`, lastResult: result })
  return (
    <article className="panel pad" aria-label={`${vendor.name}: ${value}`}>
      <Facts
        facts={[
          [
            m.security_corrections_vendor(),
            <a key="vendor" href={`/operator/directory/${vendor.slug}`}>
              {vendor.name}
            </a>,
          ],
          [correctionWord(kind), value],
          [
            m.security_correction_source(),
            <a key="source" href={sourceUrl} rel="noreferrer nofollow">
              {sourceUrl}
            </a>,
          ],
          note === null ? null : [m.security_correction_note(), note],
          [m.security_corrections_by(), organisation],
          [m.security_corrections_when(), <Moment key="when" at={createdAt} timeZone={timeZone} />],
        ]}
      />
      <form method="post" className="gap">
        <input type="hidden" name="correctionId" value={id} />
        <p className="cap">
          {kind === 'other' ? m.security_corrections_accept_other() : m.security_corrections_accept_help()}
        </p>
        <Button look="go" name="intent" value="accept">
          {m.security_corrections_accept()}
        </Button>
      </form>
      <Details summary={m.security_corrections_decline_with()} open={result !== undefined}>
        <form method="post" id={form.id} className="fs gap" noValidate>
          <ErrorSummary faults={faultsOf(form)} />
          <input type="hidden" name="intent" value="decline" />
          <input type="hidden" name="correctionId" value={id} />
          <InputField
            field={fields.reason}
            label={m.security_corrections_reason()}
            help={m.security_corrections_reason_help()}
            maxLength={500}
          />
          <div>
            <Button>{m.security_corrections_decline()}</Button>
          </div>
        </form>
      </Details>
    </article>
  )
}

/** Claims to entries that another organisation has. */
export function ClaimsPanel({ claims, timeZone }: { claims: readonly OpenClaim[]; timeZone: string }) {
  return (
    <Section id="claims" title={m.security_claims_title()}>
      {claims.length === 0 ? (
        <Empty>{m.security_claims_none()}</Empty>
      ) : (
        <ul className="m stack">
          {claims.map(({ id, vendor, organisation, domain, createdAt }) => (
            <li key={id} className="panel pad">
              <p>
                {m.security_claims_line({ organisation: organisation.name, vendor: vendor.name, domain })}{' '}
                <Moment at={createdAt} timeZone={timeZone} />
              </p>
              <p>
                <a href={`/operator/organisations/${organisation.slug}`}>{organisation.name}</a> ·{' '}
                <a href={`/operator/directory/${vendor.slug}`}>{vendor.name}</a>
              </p>
              <form method="post" className="gap">
                <input type="hidden" name="claimId" value={id} />
                <Button name="intent" value="settle">
                  {m.security_claims_settle()}
                </Button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
