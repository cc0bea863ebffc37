import { maskOf, type EarlierNotice } from './duplicates.ts'
import type { Measure } from './measures.ts'

/** Works that earlier notices name: the list of one of them, or the whole of a version less what was withdrawn from one. */
export type EarlierWorks =
  | { readonly kind: 'listed'; readonly noticeId: string; readonly version: number }
  | { readonly kind: 'whole'; readonly version: number; readonly trimmedBy: string | null }

/** Works that some notices share, and the place of the bit that stands for them, counted from the left. */
export interface Source {
  readonly works: EarlierWorks
  readonly notices: readonly EarlierNotice[]
  readonly place: number
}

/** How many works bear the same bits, zeros and ones as PostgreSQL writes them: those that the same sources name. */
export interface MarkedCount {
  readonly bits: string
  readonly works: number
}

/** The places of sources: how many there are, and which are a notice's. */
export interface Places {
  readonly length: number
  readonly of: ReadonlyMap<string, number>
}

/** What a vendor is asked again: how many works at all, how many by every measure, and by which measures as bits. */
export interface Again {
  readonly works: number
  readonly covered: number
  readonly mask: number
}

interface Asked {
  readonly measures: readonly Measure[]
  readonly version: number
}

/**
 * Where the works of earlier notices are found, once however many notices share them. Notices about the whole of the version that is
 * asked about have no source: they name every work.
 */
export function sourcesOf(notices: readonly EarlierNotice[], version: number): readonly Source[] {
  const apart = Map.groupBy(
    notices.filter((notice) => !namesAll(notice, version)),
    keyOf,
  )
  const places = new Map<string, number>()
  return [...apart].flatMap(([key, sharing]): Source[] => {
    const [first] = sharing
    if (first === undefined) return []
    // Lists by which the same vendors are asked the same count as one, be they thousands.
    const sort = first.kind === 'listed' ? signatureOf(sharing) : key
    const place = places.get(sort) ?? places.size
    places.set(sort, place)
    return [{ works: worksOf(first), notices: sharing, place }]
  })
}

/** The places of sources by the notices that share them. */
export function placesOf(sources: readonly Source[]): Places {
  return {
    length: lengthOf(sources),
    of: new Map(sources.flatMap(({ notices, place }) => notices.map(({ id }) => [id, place] as const))),
  }
}

/** How many bits these sources need. */
export function lengthOf(sources: readonly Source[]): number {
  return sources.reduce((length, { place }) => Math.max(length, place + 1), 0)
}

/** A string of bits with ones at some places. */
export function bitsAt(places: readonly number[], length: number): string {
  const ones = new Set(places)
  return Array.from({ length }, (_, place) => (ones.has(place) ? '1' : '0')).join('')
}

/** Whether a notice is about the whole of this very version. */
export function namesAll({ kind, trimmed, version: own }: EarlierNotice, version: number): boolean {
  return kind === 'all' && !trimmed && own === version
}

/**
 * What one vendor is asked again by its earlier notices.
 *
 * @param counted.marks how many works bear which bits; works that bear none may be left out
 * @param counted.works of how many works the filing is
 */
export function againOf(
  notices: readonly EarlierNotice[],
  { measures, version }: Asked,
  counted: { readonly marks: readonly MarkedCount[]; readonly places: Places; readonly works: number },
): Again {
  const full = maskOf(measures, measures)
  const base = notices
    .filter((notice) => namesAll(notice, version))
    .reduce((mask, notice) => mask | maskOf(notice.measures, measures), 0)
  if (base === full) return { works: counted.works, covered: counted.works, mask: full }
  const maskAt = new Map<number, number>()
  for (const { id, measures: own } of notices) {
    const place = counted.places.of.get(id)
    if (place !== undefined) maskAt.set(place, (maskAt.get(place) ?? 0) | maskOf(own, measures))
  }
  const masked = counted.marks.map(({ bits, works }) => ({
    works,
    mask: [...maskAt].reduce((mask, [place, own]) => (bits[place] === '1' ? mask | own : mask), base),
  }))
  const unmarked = counted.works - counted.marks.reduce((sum, { works }) => sum + works, 0)
  const again = [...masked, { works: unmarked, mask: base }].filter(({ works, mask }) => works > 0 && mask !== 0)
  return {
    works: again.reduce((sum, { works }) => sum + works, 0),
    covered: again.filter(({ mask }) => mask === full).reduce((sum, { works }) => sum + works, 0),
    mask: again.reduce((all, { mask }) => all | mask, 0),
  }
}

/**
 * For each measure that earlier notices do not ask of every work, the bits of the sources that ask it: a work that bears a bit of each
 * is asked about by every measure already.
 */
export function askedByOf(
  notices: readonly EarlierNotice[],
  { measures, version }: Asked,
  places: Places,
): readonly string[] {
  return measures.flatMap((measure) => {
    const asking = notices.filter((notice) => notice.measures.includes(measure))
    if (asking.some((notice) => namesAll(notice, version))) return []
    const own = asking.flatMap(({ id }) => places.of.get(id) ?? [])
    return [bitsAt(own, places.length)]
  })
}

function worksOf({ id, kind, version, trimmed }: EarlierNotice): EarlierWorks {
  return kind === 'listed'
    ? { kind, noticeId: id, version }
    : { kind: 'whole', version, trimmedBy: trimmed ? id : null }
}

// A trimmed scope is the notice's own; the others are shared by the notices of a filing.
function keyOf({ id, kind, version, scopeId, trimmed }: EarlierNotice): string {
  if (trimmed) return id
  return kind === 'listed' ? scopeId : `version ${version}`
}

function signatureOf(notices: readonly EarlierNotice[]): string {
  return notices
    .map(({ vendorId, measures }) => `${vendorId} ${measures.join(',')}`)
    .toSorted()
    .join('\n')
}
