import { m } from '#app/generated/messages/messages.js'
import { formatDate } from '#app/ui/format.ts'

import { readersLocale } from './vendor-name.tsx'
import type { VendorFact } from './vendor.ts'
import { countryName, kindWords } from './wording.ts'

type Line = { id: string; at: Date; text: string }

/** What was added to an entry by hand or taken out of it, latest first. */
export function VendorCorrections({
  facts,
  formerFacts,
  timeZone,
}: {
  facts: readonly VendorFact[]
  formerFacts: readonly VendorFact[]
  timeZone: string
}) {
  const added = [...facts, ...formerFacts]
    .filter(({ byOperator }) => byOperator)
    .map((fact): Line => ({
      id: `${fact.id} added`,
      at: fact.createdAt,
      text: m.vendors_entry_history_added({ date: formatDate(fact.createdAt, timeZone), ...said(fact) }),
    }))
  const retired = formerFacts.flatMap((fact): Line[] =>
    fact.retiredAt === null
      ? []
      : [
          {
            id: `${fact.id} retired`,
            at: fact.retiredAt,
            text: m.vendors_entry_history_retired({ date: formatDate(fact.retiredAt, timeZone), ...said(fact) }),
          },
        ],
  )
  const lines = [...added, ...retired].toSorted((a, b) => b.at.getTime() - a.at.getTime())
  if (lines.length === 0) return <p className="faint">{m.vendors_entry_history_none()}</p>
  return (
    <ul className="m stack tight">
      {lines.map(({ id, text }) => (
        <li key={id}>{text}</li>
      ))}
    </ul>
  )
}

function said({ kind, value }: VendorFact): { kind: string; value: string } {
  return { kind: kindWords[kind](), value: kind === 'country' ? countryName(value, readersLocale()) : value }
}
