import { z } from 'zod'
import { oneLine } from './letter-words.ts'

/** The number under which a vendor keeps a notice, as it was typed: one line, 1 to 100 characters. */
export const vendorReferenceSchema = z
  .string()
  .max(200)
  .transform((typed) => oneLine(typed))
  .pipe(z.string().min(1).max(100))
