import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { parseReference } from './reference.ts'

const typed = (missing: () => string, odd: () => string) =>
  z
    .string({ error: missing })
    .trim()
    .max(60, { error: odd })
    .refine((text) => parseReference(text) !== undefined, { error: odd })

/** What is typed by hand from a mail: the reference of the notice and its code. */
export const verifyForm = z.object({
  reference: typed(
    () => m.public_verify_reference_missing(),
    () => m.public_verify_reference_odd(),
  ),
  code: typed(
    () => m.public_verify_code_missing(),
    () => m.public_verify_code_odd(),
  ),
})
