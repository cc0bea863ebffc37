import { provenWords } from '#app/accounts/domain-words.ts'
import { m } from '#app/generated/messages/messages.js'
import { formatDate } from '#app/ui/format.ts'
import { nameIn } from '#app/ui/language-of.ts'
import { Name } from '#app/ui/title.tsx'

import { readersLocale } from './vendor-name.tsx'
import type { VendorEntry } from './vendor.ts'

/** An entry's name in the other script, and who stands behind it: the organisation that claimed it and how that was checked, or nobody. */
export function VendorClaimLine({
  vendor: { nameOther, claim, isInvented },
  timeZone,
}: {
  vendor: VendorEntry
  timeZone: string
}) {
  return (
    <>
      {nameOther !== null && (
        <>
          <Name>{nameOther}</Name>
          {' · '}
        </>
      )}
      {isInvented && `${m.vendors_entry_invented()} `}
      {claim === null ? (isInvented ? null : m.vendors_entry_unclaimed()) : claimSentence(claim, timeZone)}
    </>
  )
}

function claimSentence(claim: NonNullable<VendorEntry['claim']>, timeZone: string): string {
  const organisation = nameIn(readersLocale(), claim.organisation, claim.organisationOther)
  if (claim.verifiedAt === null) return m.vendors_entry_claimed_unverified({ organisation })
  const proven = provenWords(claim, timeZone)
  if (proven !== undefined) return m.security_claimed_proven({ organisation, proven })
  return m.vendors_entry_claimed({
    organisation,
    how: claim.verifiedHow ?? '',
    date: formatDate(claim.verifiedAt, timeZone),
  })
}
