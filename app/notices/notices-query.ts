import { z } from 'zod'
import { noticeKinds } from './legal-bases/basis.ts'
import { noticeOutcomes } from './outcomes.ts'
import { stages } from './stages.ts'

/** What may be overdue. */
export const overdues = ['any', 'acknowledgement', 'decision', 'unresponsive', 'very'] as const

const uuid = z.uuid().optional().catch(undefined)

// A value that is none of the set filters nothing: an old bookmark still shows the list.
const query = z.object({
  stage: z.enum(stages).optional().catch(undefined),
  outcome: z.enum(noticeOutcomes).optional().catch(undefined),
  kind: z.enum(noticeKinds).optional().catch(undefined),
  /** The other side: a vendor's id for a holder, a holder organisation's id for a vendor. */
  party: uuid,
  overdue: z.enum(overdues).optional().catch(undefined),
  waiting: z.enum(['holder', 'vendor', 'nobody']).optional().catch(undefined),
  bounced: z.literal('yes').optional().catch(undefined),
  q: z.string().trim().max(200).optional().catch(undefined),
})

/** What a list of notices shows: absent lets everything through. */
export type NoticesFilter = z.infer<typeof query>

/** How a list is walked: from after a notice, or back from before one. */
export type Cursor = { readonly after: string } | { readonly before: string } | null

/** How many rows a page of the list holds. */
export const noticesPerPage = 50

/** Reads the address of a list. */
export function readNoticesQuery(url: string): { readonly filter: NoticesFilter; readonly cursor: Cursor } {
  const search = Object.fromEntries([...new URL(url).searchParams].filter(([, value]) => value !== ''))
  return { filter: query.parse(search), cursor: readCursor(search) }
}

/** The address of a list with this filter, and of one of its pages. */
export function noticesAddress(filter: NoticesFilter, cursor: Cursor = null): string {
  const search = new URLSearchParams([...given(filter), ...Object.entries(cursor ?? {})])
  return search.size === 0 ? '/notices' : `/notices?${search}`
}

/** Whether anything is filtered at all. */
export function isFiltered(filter: NoticesFilter): boolean {
  return given(filter).length > 0
}

const talliedNames = new Set(['stage', 'outcome', 'kind', 'party'])

/** Whether the tallies alone can say how many notices a filter lets through. */
export function isTallied(filter: NoticesFilter): boolean {
  return given(filter).every(([name]) => talliedNames.has(name))
}

function given(filter: NoticesFilter): [string, string][] {
  return Object.entries(filter).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]]))
}

function readCursor(search: Readonly<Record<string, string>>): Cursor {
  const after = uuid.parse(search['after'])
  const before = uuid.parse(search['before'])
  if (after !== undefined) return { after }
  return before === undefined ? null : { before }
}
