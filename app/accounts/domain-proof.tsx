import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { Details } from '#app/ui/details.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { formatDate, formatDateTime } from '#app/ui/format.ts'
import { Note } from '#app/ui/note.tsx'
import { Section } from '#app/ui/section.tsx'
import { provenWords } from './domain-words.ts'

type Proof = {
  id: string
  domain: string
  record: string
  file: string
  text: string
  how: 'dns' | 'file' | null
  provenAt: Date | null
  missingSince: Date | null
  checkedAt: Date | null
  isWanted: boolean
  fault: string | null
}

/** One domain: how its proof stands, what is to be put where, and the two acts. */
export function DomainProof({ proof, timeZone, mayChange }: { proof: Proof; timeZone: string; mayChange: boolean }) {
  const isHealthy = proof.provenAt !== null && proof.missingSince === null
  return (
    <Section id={`domain-${proof.id}`} title={proof.domain}>
      <div className="stack tight">
        <State proof={proof} timeZone={timeZone} />
        {mayChange && !isHealthy && <HowTo proof={proof} />}
        {mayChange && isHealthy && (
          <Details summary={m.security_domain_keep()}>
            <HowTo proof={proof} />
          </Details>
        )}
        {mayChange && (
          <form method="post" className="bs">
            <input type="hidden" name="proofId" value={proof.id} />
            <Button look={isHealthy ? 'plain' : 'go'} name="act" value="look">
              {m.security_domain_look()}
            </Button>
            <Button look="bare" name="act" value="end">
              {m.security_domain_end({ domain: proof.domain })}
            </Button>
          </form>
        )}
      </div>
    </Section>
  )
}

const faults: Readonly<Record<string, () => string>> = {
  absent: () => m.security_domain_fault_absent(),
  unreachable: () => m.security_domain_fault_unreachable(),
  taken: () => m.security_domain_fault_taken(),
}

function State({ proof, timeZone }: { proof: Proof; timeZone: string }) {
  const { domain, how, provenAt, missingSince, checkedAt, isWanted, fault } = proof
  const proven = provenWords({ domain, domainHow: how, domainProvenAt: provenAt }, timeZone)
  if (isWanted) {
    return (
      <Note tone="info">
        <p>
          {m.security_domain_looking()} <a href="/settings/domain">{m.security_domain_reload()}</a>
        </p>
      </Note>
    )
  }
  if (proven !== undefined && missingSince !== null) {
    return (
      <Note tone="late">
        <p>{m.security_domain_missing({ proven, date: formatDate(missingSince, timeZone) })}</p>
      </Note>
    )
  }
  if (proven !== undefined) {
    return (
      <Note tone="agreed">
        <p>{proven}</p>
        {checkedAt !== null && <p>{m.security_domain_checked({ date: formatDateTime(checkedAt, timeZone) })}</p>}
      </Note>
    )
  }
  if (fault === null) return <p>{m.security_domain_not_yet()}</p>
  return (
    <Note tone="question">
      <p>{faults[fault]?.() ?? m.security_domain_not_yet()}</p>
      {checkedAt !== null && <p>{m.security_domain_checked({ date: formatDateTime(checkedAt, timeZone) })}</p>}
    </Note>
  )
}

function HowTo({ proof: { record, file, text } }: { proof: Proof }) {
  return (
    <>
      <p className="prose">{m.security_domain_how()}</p>
      <Facts
        facts={[
          [m.security_domain_record(), <code key="record">{record}</code>],
          [m.security_domain_record_text(), <code key="text">{text}</code>],
        ]}
      />
      <p className="prose">{m.security_domain_or_file()}</p>
      <Facts
        facts={[
          [m.security_domain_file(), <code key="file">{file}</code>],
          [m.security_domain_file_line(), <code key="line">{text}</code>],
        ]}
      />
    </>
  )
}
