import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'

/** Making a catalogue. */
export const catalogueForm = z.object({
  name: z
    .string({ error: () => m.catalogues_name_empty() })
    .trim()
    .min(1, { error: () => m.catalogues_name_empty() })
    .max(120, { error: () => m.catalogues_name_long() }),
})
