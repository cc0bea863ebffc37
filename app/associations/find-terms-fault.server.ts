import { Temporal } from 'temporal-polyfill'
import { now } from '#app/platform/clock.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { judgeTerms, type TermsFault } from './judge-terms.ts'
import { grantOf, type Terms } from './mandate.ts'
import type { LockedMandate } from './on-mandate.server.ts'

/**
 * What is wrong with new terms of a mandate on this day: its days, or a catalogue that is not the member's. The database refuses
 * such a catalogue too; here the refusal becomes a sentence.
 */
export async function findTermsFault(
  tx: Transaction,
  { mandate, terms }: { mandate: LockedMandate; terms: Terms },
): Promise<TermsFault | null> {
  if (terms.catalogues !== null && !(await areOfMember(tx, { mandateId: mandate.id, catalogues: terms.catalogues })))
    return 'foreign-catalogue'
  const at = now()
  const today = Temporal.Instant.from(at.toISOString()).toZonedDateTimeISO(mandate.timeZone).toPlainDate().toString()
  const present = mandate.current === null ? null : grantOf(mandate.current.terms, mandate)
  return judgeTerms(terms, { present, today, at })
}

// Neither side's row security answers this: an association does not see the catalogues that it may name.
async function areOfMember(
  tx: Transaction,
  { mandateId, catalogues }: { mandateId: string; catalogues: readonly string[] },
): Promise<boolean> {
  const [found] = await tx.$queryRaw<{ own: boolean }[]>`
    select catalogues_of_member(${mandateId}::uuid, ${[...catalogues]}::uuid[]) as own`
  return found?.own === true
}
