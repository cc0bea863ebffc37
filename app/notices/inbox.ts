import { z } from 'zod'
import type { DueMark } from './due-mark.ts'
import type { NoticeKind } from './legal-bases/basis.ts'
import type { Stage } from './stages.ts'

/** The parts of a vendor's inbox, in the order in which they press. */
export const inboxParts = ['waiting', 'week', 'rest'] as const

/** One of `inboxParts`. */
export type InboxPartName = (typeof inboxParts)[number]

/** A line of the inbox. */
export interface InboxLine {
  readonly id: string
  readonly reference: string
  readonly kind: NoticeKind
  readonly holder: string
  readonly holderOther: string | null
  readonly works: number
  readonly stage: Stage
  readonly undeliverableAt: Date | null
  readonly acknowledgedAt: Date | null
  readonly acknowledgeBy: Date | null
  readonly acknowledgeDueAt: Date | null
  readonly decideBy: Date | null
  readonly decideDueAt: Date | null
  /** What is late, or near. */
  readonly mark: DueMark | null
}

/** One part: its first lines, or a page of it. */
export interface InboxPart {
  readonly lines: readonly InboxLine[]
  /** Up to `mostCounted`; one more means that there are more. */
  readonly count: number
  /** The last line of this page, when there are more. */
  readonly next: string | null
}

/** The inbox of a vendor. */
export interface Inbox {
  readonly at: Date
  readonly vendor: { readonly name: string; readonly nameOther: string | null }
  readonly parts: Readonly<Record<InboxPartName, InboxPart>>
}

/** Which part an address of the inbox asks for; null is all of them. */
export interface InboxQuery {
  readonly part: InboxPartName | null
  readonly after: string | null
}

const query = z.object({
  show: z.enum(inboxParts).nullable().catch(null),
  after: z.uuid().nullable().catch(null),
})

/** Reads an address of the inbox; what it cannot mean is left out. */
export function readInboxQuery(url: string): InboxQuery {
  const { searchParams } = new URL(url)
  const { show, after } = query.parse({ show: searchParams.get('show'), after: searchParams.get('after') })
  return { part: show, after: show === null ? null : after }
}

/** The address of one part of the inbox, and of its next page. */
export function inboxAddress(part: InboxPartName, after: string | null = null): string {
  return `/inbox?${new URLSearchParams({ show: part, ...(after === null ? {} : { after }) })}`
}

/** The notices that were ticked for an acknowledgement. */
export const chosenNoticesForm = z.object({ notice: z.array(z.uuid()).min(1).max(500) })
