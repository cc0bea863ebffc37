import type { Member } from '#app/accounts/viewer.server.ts'
import { sha256 } from '#app/ledger/hash.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { countCovered, findOverlapping, type CoveredChoice } from './covered-works.server.ts'
import { coverageOf, measuresIn, type EarlierNotice, type VendorDuplicates } from './duplicates.ts'
import { scopeChoiceOf, type FilingContent } from './filing-draft.ts'
import type { Measure } from './measures.ts'

/** What is asked about a filing that is being prepared. */
interface Asked {
  readonly member: Member
  readonly content: FilingContent
  /** How many works it is about. */
  readonly works: number
  /** Itself, where it was submitted before. */
  readonly filingId?: string | null
}

/** The earlier notices that ask a vendor for some of the same, with the works of the filing that they cover. */
export interface Repetition {
  /** The same for vendors with the same earlier scopes. */
  readonly key: string
  readonly duplicates: VendorDuplicates
  readonly notices: readonly EarlierNotice[]
  readonly choice: CoveredChoice
}

const shown = 5

/** For each vendor of a filing, what it is already asked by an open notice: at work, vendor and measure. */
export async function findDuplicates(tx: Transaction, asked: Asked): Promise<readonly Repetition[]> {
  const wanted = wantedOf(asked)
  if (wanted === null) return []
  // What the filing supersedes anyway is not asked twice.
  const superseded = new Set(asked.content.supersedes)
  const candidates = (await findOpen(tx, asked, wanted)).filter(({ reference }) => !superseded.has(reference))
  const organisationId = asked.member.organisation.id
  return findRepeated(tx, { organisationId, ...wanted, works: asked.works }, candidates)
}

/** What is asked of vendors on behalf of one holder. */
export interface AskedOfVendors extends Omit<CoveredChoice, 'coverage'> {
  readonly measures: readonly Measure[]
  /** How many works it is about. */
  readonly works: number
}

/** Of earlier notices of the same holder those that name some of the same works, by vendor. */
export async function findRepeated(
  tx: Transaction,
  { measures, works, ...asked }: AskedOfVendors,
  candidates: readonly EarlierNotice[],
): Promise<readonly Repetition[]> {
  if (candidates.length === 0) return []
  const overlapping = await findOverlapping(tx, asked, candidates)
  const byVendor = Map.groupBy(
    candidates.filter(({ id }) => overlapping.has(id)),
    ({ vendorId }) => vendorId,
  )
  // Vendors that were written to together have the same earlier scopes: counted once.
  const counted = new Map<string, Awaited<ReturnType<typeof countCovered>>>()
  const found: Repetition[] = []
  for (const [vendorId, notices] of byVendor) {
    const coverage = coverageOf(notices, { asked: measures, version: asked.bound.version })
    const choice = { ...asked, coverage }
    const key = scopesKey(notices)
    const count = counted.get(key) ?? (await countCovered(tx, choice, works))
    counted.set(key, count)
    if (count.works > 0)
      found.push({ key, duplicates: duplicatesOf(vendorId, notices, count, measures), notices, choice })
  }
  return found
}

interface Wanted {
  readonly measures: readonly Measure[]
  readonly bound: CoveredChoice['bound']
}

function wantedOf({ content }: Asked): Wanted | null {
  const choice = scopeChoiceOf(content)
  const { version } = content.scope
  if (choice === null || version === null || content.vendorIds.length === 0) return null
  return { measures: content.measures.map(({ measure }) => measure), bound: { choice, version } }
}

function findOpen(tx: Transaction, { member, content, filingId }: Asked, { measures, bound }: Wanted) {
  return tx.$queryRaw<EarlierNotice[]>`
    select id, reference, stage, vendor_id as "vendorId", scope_id as "scopeId", kind, version, works_count as works, measures, trimmed
    from open_notices_about(${member.organisation.id}::uuid, ${content.vendorIds}::uuid[], ${bound.choice.catalogueId}::uuid,
      ${[...measures]}::text[], ${filingId ?? null}::uuid)`
}

// A trimmed scope is the notice's own; the others are shared by the notices of a filing.
function scopesKey(notices: readonly EarlierNotice[]): string {
  return notices
    .map(({ id, scopeId, measures, trimmed }) => `${trimmed ? id : scopeId} ${measures.join(',')}`)
    .toSorted()
    .join('\n')
}

function duplicatesOf(
  vendorId: string,
  notices: readonly EarlierNotice[],
  { works, covered, mask }: { works: number; covered: number; mask: number },
  asked: readonly Measure[],
): VendorDuplicates {
  const lines = notices.map(({ id, scopeId, measures }) => `${id} ${scopeId} ${measures.join(',')}`).toSorted()
  return {
    vendorId,
    works,
    covered,
    measures: measuresIn(mask, asked),
    notices: notices.slice(-shown).map(({ reference, stage }) => ({ reference, stage })),
    noticesCount: notices.length,
    seen: sha256([`${works} ${covered}`, ...lines].join('\n')),
  }
}
