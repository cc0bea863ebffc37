import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { Details } from '#app/ui/details.tsx'
import { Facts } from '#app/ui/facts.tsx'
import { formatNumber, sentenceGap } from '#app/ui/format.ts'
import { LetterBlock } from '#app/ui/letter-block.tsx'
import { Section } from '#app/ui/section.tsx'
import { Name } from '#app/ui/title.tsx'
import { Moment } from '#app/ui/when.tsx'
import type { ApprovalView, LetterToApprove } from './approval.ts'
import { LetterBlocks } from './letter-paper.tsx'
import { measureWords } from './wording.ts'

/** What waits, as it was frozen; then every letter as it will leave; then the decision. */
export function ApprovalPage({
  view,
  timeZone,
  children,
}: {
  view: ApprovalView
  timeZone: string
  children: ReactNode
}) {
  const count = view.letters.length
  return (
    <div className="stack">
      <WhatWaits view={view} timeZone={timeZone} />
      <Section id="letters" title={m.approvals_letters({ count: formatNumber(count), n: count })}>
        <p className="cap">{m.approvals_letters_lead()}</p>
        {view.letters.map((letter, index) => (
          <OneLetter key={letter.reference} letter={letter} open={index === 0} />
        ))}
      </Section>
      {children}
    </div>
  )
}

function WhatWaits({ view, timeZone }: { view: ApprovalView; timeZone: string }) {
  const { submittedAt, submittedBy, works, catalogue, version, measures, sendAt, letters } = view
  const [first] = letters
  return (
    <Facts
      facts={[
        [
          m.approvals_submitted(),
          <>
            <Moment at={submittedAt} timeZone={timeZone} />
            {submittedBy !== null && `${m.filing_list_comma()}${submittedBy}`}
          </>,
        ],
        [
          m.approvals_works(),
          <>
            {m.approvals_frozen({ count: formatNumber(works), n: works, catalogue, version: String(version) })}
            {sentenceGap()}
            {first && <a href={`/notices/${first.reference}/annex.csv`}>{m.approvals_works_list()}</a>}
          </>,
        ],
        [
          m.approvals_measures(),
          <ol key="measures" className="m">
            {measures.map((measure) => (
              <li key={measure}>{measureWords[measure]()}</li>
            ))}
          </ol>,
        ],
        [m.approvals_leaves(), <Moment key="leaves" at={sendAt} timeZone={timeZone} weekday />],
      ]}
    />
  )
}

function OneLetter({ letter, open }: { letter: LetterToApprove; open: boolean }) {
  const { reference, vendor, address } = letter
  return (
    <Details
      open={open}
      summary={
        <>
          <Name>{vendor}</Name> <span className="ref">{reference}</span>
        </>
      }
    >
      <p className="cap">
        {address === null ? m.filing_contact_gone() : m.approvals_letter_to({ address })}
        {' · '}
        <a href={`/notices/${reference}`}>{m.approvals_works_list()}</a>
      </p>
      <div className="gap">
        <LetterBlock label={m.filing_letter_to({ vendor })} lang={letter.letter.locale} full>
          <LetterBlocks letter={letter.letter} />
        </LetterBlock>
      </div>
    </Details>
  )
}
