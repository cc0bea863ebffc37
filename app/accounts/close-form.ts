import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { namesOrganisation } from './closing.ts'
import { erasureForm } from './erasure-form.ts'

/** Closing an organisation: its name, typed, and what deleting an account asks, too. */
export function closeForm({
  needsCode,
  organisation,
}: {
  needsCode: boolean
  organisation: { name: string; nameOther: string | null }
}) {
  return erasureForm({ needsCode }).extend({
    name: z
      .string({ error: () => m.closing_error_name({ name: organisation.name }) })
      .refine((typed) => namesOrganisation(typed, organisation), {
        error: () => m.closing_error_name({ name: organisation.name }),
      }),
  })
}
