import { z } from 'zod'

/** The views of works by measures. */
export const answersViews = ['all', 'differ', 'pending', 'refused'] as const

/** One of `answersViews`. */
export type AnswersView = (typeof answersViews)[number]

/** How the works are walked: from after one, or back from before one. */
export type Cursor = { readonly after: string } | { readonly before: string } | null

const query = z.object({
  show: z.enum(answersViews).optional().catch(undefined),
  after: z.uuid().optional().catch(undefined),
  before: z.uuid().optional().catch(undefined),
  messages: z.uuid().optional().catch(undefined),
  earlier: z.coerce.number().int().min(2).max(1_000_000_000).optional().catch(undefined),
})

/** Which part of a notice its address asks for. */
export interface NoticeQuery {
  readonly view: AnswersView | undefined
  readonly cursor: Cursor
  /** The timeline before this line of the ledger. */
  readonly earlier: number | undefined
  /** The conversation before this message. */
  readonly messages?: string | undefined
}

/** Reads the address of a notice's page; what it cannot mean is left out. */
export function readNoticeQuery(url: string): NoticeQuery {
  const { show, after, before, earlier, messages } = query.parse(Object.fromEntries(new URL(url).searchParams))
  return { view: show, cursor: cursorOf(after, before), earlier, messages }
}

/** The address of a view of the works, or of one of its pages. */
export function answersAddress(reference: string, view: AnswersView, cursor: Cursor = null): string {
  return `/notices/${reference}?${new URLSearchParams({ show: view, ...cursor })}#works`
}

function cursorOf(after: string | undefined, before: string | undefined): Cursor {
  if (after !== undefined) return { after }
  return before === undefined ? null : { before }
}
