import { m } from '#app/generated/messages/messages.js'
import { PageHead } from '#app/ui/page-head.tsx'

const steps = ['members', 'words', 'check'] as const
/** A step of the wizard. */
export type CollectiveStep = (typeof steps)[number]

const words = {
  members: () => m.collective_step_members(),
  words: () => m.collective_step_words(),
  check: () => m.collective_step_check(),
} satisfies Record<CollectiveStep, () => string>

/** The head of a page of the wizard: where it is, and the way through. */
export function CollectiveHead({ reference, step }: { reference: string; step: CollectiveStep }) {
  return (
    <>
      <PageHead
        title={m.collective_new_title()}
        crumbs={[
          { label: m.collective_title(), href: '/association/filings' },
          { label: <span className="ref">{reference}</span> },
        ]}
      />
      <ol className="steps" aria-label={m.filing_steps()}>
        {steps.map((each) => (
          <li key={each} aria-current={each === step ? 'step' : undefined}>
            <a href={`/association/filings/${reference}/${each}`}>{words[each]()}</a>
          </li>
        ))}
      </ol>
    </>
  )
}
