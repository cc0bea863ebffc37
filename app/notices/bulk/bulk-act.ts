import { normalText } from '#app/platform/normal-text.ts'
import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { columnNames, longestTag, tableFilterSchema } from './table-query.ts'

/** What can be done with many notices at once. */
export const bulkActs = ['chase', 'note', 'assign', 'tag', 'untag', 'withdraw', 'export'] as const

/** One of `bulkActs`. */
export type BulkActName = (typeof bulkActs)[number]

/** What an export is. */
export const exportFormats = ['csv', 'xlsx', 'zip'] as const

/** One of `exportFormats`. */
export type ExportFormat = (typeof exportFormats)[number]

/** How many notices one act takes at most, and an archive of letters. */
export const mostSelected = 100_000
/** Letters are drawn one by one. */
export const mostLetters = 2_000
/** How many rows can be ticked, and how many left out of a filter. */
export const mostTicked = 500
/** Of a filter so many may be left out one by one; more is another filter. */
export const mostExcepted = 5_000

/**
 * Which notices an act is about: those ticked, or all that a filter lets through without some, and none that was made
 * after `mark`, the newest when it was chosen.
 */
export const selectionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ticked'), noticeIds: z.array(z.uuid()).min(1).max(mostTicked) }),
  z.object({
    kind: z.literal('all'),
    filter: tableFilterSchema,
    except: z.array(z.uuid()).max(mostExcepted),
    mark: z.uuid(),
  }),
])

/** Which notices an act is about. */
export type Selection = z.infer<typeof selectionSchema>

/** The text of an internal note. */
export const noteText = z
  .string({ error: () => m.bulk_fault_note() })
  .trim()
  .min(1, { error: () => m.bulk_fault_note() })
  .max(4_000, { error: () => m.bulk_fault_note_long({ max: '4,000' }) })

const tag = z
  .string({ error: () => m.bulk_fault_tag() })
  .trim()
  .transform((text) => normalText(text, 'NFKC').replaceAll(/\s+/gu, ' '))
  .pipe(
    z
      .string()
      .min(1, { error: () => m.bulk_fault_tag() })
      .max(longestTag, { error: () => m.bulk_fault_tag_long({ max: String(longestTag) }) }),
  )

const reason = z
  .string({ error: () => m.vendors_withdraw_fault_reason() })
  .trim()
  .min(3, { error: () => m.vendors_withdraw_fault_reason() })
  .max(2_000, { error: () => m.vendors_withdraw_fault_reason_long({ max: '2,000' }) })

/** An act with what it needs to know: what its form sends, and what is kept of it. */
export const actForm = z.discriminatedUnion('act', [
  z.object({ act: z.literal('chase') }),
  z.object({ act: z.literal('note'), text: noteText }),
  z.object({
    act: z.literal('assign'),
    person: z.union([z.literal('nobody'), z.uuid()], { error: () => m.bulk_fault_person() }),
  }),
  z.object({ act: z.literal('tag'), tag }),
  z.object({ act: z.literal('untag'), tag }),
  z.object({ act: z.literal('withdraw'), reason }),
  z.object({
    act: z.literal('export'),
    format: z.enum(exportFormats, { error: () => m.bulk_fault_format() }),
    columns: z.array(z.enum(columnNames)).optional(),
  }),
])

/** An act with what it needs to know. */
export type AskedAct = z.output<typeof actForm>

/** Where an act on many notices stands. */
export const actStatuses = ['choosing', 'queued', 'running', 'stopping', 'stopped', 'done', 'failed'] as const

/** One of `actStatuses`. */
export type ActStatus = (typeof actStatuses)[number]

/** Whether the worker has still to do with it. */
export function isUnderWay(status: ActStatus): boolean {
  return status === 'queued' || status === 'running' || status === 'stopping'
}
