import { completenessOf } from '#app/notices/filing-completeness.ts'
import { elementFactsOf, type FilingVendor, type HolderFacts } from '#app/notices/filing-facts.ts'
import type { ElementId } from '#app/notices/legal-bases/basis.ts'
import type { CollectiveContent } from './collective.ts'

/** What a collective filing still lacks before it can be submitted. */
export type CollectiveGap = ElementId | 'members' | 'cover_letter' | 'duplicates'

// Judged for each member when its notices are made: one that lacks an address holds up no other.
const aMember: HolderFacts = {
  name: 'A member',
  nameOther: '会員',
  addressLines: '1',
  locality: '1',
  postalCode: '1',
  country: 'JP',
  telephone: '1',
  timeZone: 'UTC',
  undoMinutes: 0,
  verified: true,
  fourEyes: true,
}
const works = { catalogueId: '', catalogue: '', version: 1, currentVersion: 1, count: 1, whole: true, examples: [] }

/**
 * What all annexes lack, and what the act itself lacks. Who signs does so when it is submitted.
 *
 * @param today the association's, YYYY-MM-DD
 */
export function gapsOf(
  { filing, coverLetter, duplicates }: CollectiveContent,
  {
    members,
    vendors,
    repeated,
    today,
  }: { members: number; vendors: readonly FilingVendor[]; repeated: boolean; today: string },
): readonly CollectiveGap[] {
  const facts = {
    holder: aMember,
    vendors,
    works: { ...works, unfindable: null },
    locations: [],
    evidence: [],
    left: {},
  }
  const { missing } = completenessOf(elementFactsOf(filing, facts, '', today))
  return [
    ...(members === 0 ? (['members'] as const) : []),
    ...(coverLetter.trim() === '' ? (['cover_letter'] as const) : []),
    ...(repeated && duplicates === null ? (['duplicates'] as const) : []),
    ...missing,
  ]
}
