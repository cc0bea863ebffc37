import { z } from 'zod'

const uuid = z.uuid().nullable().catch(null)

// A value that means nothing filters nothing: an old bookmark still shows the list.
const query = z.object({
  q: z.string().trim().max(200).catch(''),
  kind: z.string().trim().max(60).nullable().catch(null),
  version: z.coerce.number().int().min(0).nullable().catch(null),
  after: uuid,
  before: uuid,
})

/** What a list of works shows. Without `version` it is the current one. */
export type WorksFilter = { search: string; kind: string | null; version: number | null }

/** Where a page begins: after a work, or before one, which ends the page. */
export type WorksCursor = { after: string | null; before: string | null }

/** How many works stand on a page. */
export const worksPerPage = 50

/** How far matches are counted; more are "more than 10,000". */
export const mostWorksCounted = 10_000

/** What the address of a list of works asks for. */
export function readWorksQuery(url: string): { filter: WorksFilter; cursor: WorksCursor } {
  const { searchParams } = new URL(url)
  const given = (name: string): string | null => searchParams.get(name) || null
  const { q, kind, version, after, before } = query.parse({
    q: given('q') ?? '',
    kind: given('kind'),
    version: given('version'),
    after: given('after'),
    before: given('before'),
  })
  return { filter: { search: q, kind, version }, cursor: { after, before: after === null ? before : null } }
}

/** The address of a catalogue's works with this filter, and of one of its pages. */
export function worksAddress(catalogueId: string, filter: WorksFilter, cursor: Partial<WorksCursor> = {}): string {
  const search = new URLSearchParams({
    ...(filter.search === '' ? {} : { q: filter.search }),
    ...(filter.kind === null ? {} : { kind: filter.kind }),
    ...(filter.version === null ? {} : { version: String(filter.version) }),
    ...(cursor.after ? { after: cursor.after } : {}),
    ...(cursor.before ? { before: cursor.before } : {}),
  })
  return `/catalogues/${catalogueId}${search.size === 0 ? '' : `?${search}`}`
}
