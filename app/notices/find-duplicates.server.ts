import type { Member } from '#app/accounts/viewer.server.ts'
import { sha256 } from '#app/ledger/hash.server.ts'
import type { Transaction } from '#app/platform/db.server.ts'
import { countSources, type ChosenWorks, type CoveredChoice } from './covered-works.server.ts'
import { measuresIn, type EarlierNotice, type VendorDuplicates } from './duplicates.ts'
import { againOf, askedByOf, namesAll, placesOf, sourcesOf, type Again, type Source } from './earlier-works.ts'
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
export interface AskedOfVendors extends ChosenWorks {
  readonly measures: readonly Measure[]
  /** How many works it is about. */
  readonly works: number
}

/** Of earlier notices of the same holder those that name some of the same works, by vendor. */
export async function findRepeated(
  tx: Transaction,
  { measures, works, ...chosen }: AskedOfVendors,
  candidates: readonly EarlierNotice[],
): Promise<readonly Repetition[]> {
  const asked = { measures, version: chosen.bound.version }
  const sources = sourcesOf(candidates, asked.version)
  const counted =
    sources.length === 0 ? { listed: new Set<string>(), marks: [] } : await countSources(tx, chosen, sources)
  const named = new Set(
    sources.filter((source) => namesSome(source, counted)).flatMap(({ notices }) => notices.map(({ id }) => id)),
  )
  const byVendor = Map.groupBy(
    candidates.filter((notice) => namesAll(notice, asked.version) || named.has(notice.id)),
    ({ vendorId }) => vendorId,
  )
  // Vendors that were written to together have the same earlier scopes: counted once.
  const counts = new Map<string, Again>()
  const places = placesOf(sources)
  const found: Repetition[] = []
  for (const [vendorId, notices] of byVendor) {
    const key = scopesKey(notices)
    const again = counts.get(key) ?? againOf(notices, asked, { ...counted, places, works })
    counts.set(key, again)
    if (again.works === 0) continue
    const choice = { ...chosen, sources, askedBy: askedByOf(notices, asked, places) }
    found.push({ key, duplicates: duplicatesOf(vendorId, notices, again, measures), notices, choice })
  }
  return found
}

function namesSome(
  { works, place }: Source,
  { listed, marks }: { listed: ReadonlySet<string>; marks: readonly { bits: string }[] },
): boolean {
  return works.kind === 'listed' ? listed.has(works.noticeId) : marks.some(({ bits }) => bits[place] === '1')
}

interface Wanted {
  readonly measures: readonly Measure[]
  readonly bound: ChosenWorks['bound']
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
  { works, covered, mask }: Again,
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
