import { useForm, type SubmissionResult } from '@conform-to/react'

import { m } from '#app/generated/messages/messages.js'
import { ErrorSummary, faultsOf } from '#app/ui/error-summary.tsx'
import { Section } from '#app/ui/section.tsx'

type ClaimPanelProps = {
  vendors: readonly { slug: string; name: string; website: string }[]
  mayClaim: boolean
  result: SubmissionResult | undefined
}

/** Claiming an entry: those whose website lies under a domain that was proven, or what is to be done first. */
export function ClaimPanel({ vendors, mayClaim, result }: ClaimPanelProps) {
  const [form] = useForm({ id: 'claim', lastResult: result })
  return (
    <Section id="claim" title={m.security_claim_title()}>
      <ErrorSummary faults={faultsOf(form)} />
      {vendors.length === 0 ? (
        <p className="prose">
          {m.security_claim_none()} <a href="/settings/domain">{m.security_claim_prove()}</a>
        </p>
      ) : (
        <ul className="m stack tight">
          {vendors.map(({ slug, name, website }) => (
            <li key={slug}>
              <p>
                <a href={`/vendors/${slug}`}>{name}</a> · <code>{website}</code>
              </p>
              {mayClaim && (
                <form method="post" className="gap">
                  <input type="hidden" name="act" value="claim" />
                  <button type="submit" className="b go" name="slug" value={slug}>
                    {m.security_claim_act({ vendor: name })}
                  </button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      {vendors.length > 0 && <p className="cap gap">{m.security_claim_effect()}</p>}
      {!mayClaim && <p>{m.security_claim_only_owner()}</p>}
    </Section>
  )
}
