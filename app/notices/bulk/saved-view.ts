import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'

/** The longest name of a saved view. */
export const longestViewName = 80

/** What the form that saves a view sends. */
export const savedViewForm = z.object({
  name: z
    .string({ error: () => m.bulk_view_fault_name() })
    .trim()
    .min(1, { error: () => m.bulk_view_fault_name() })
    .max(longestViewName, { error: () => m.bulk_view_fault_name_long({ max: String(longestViewName) }) }),
  query: z.string().max(4_000),
  shared: z.literal('on').optional(),
})
